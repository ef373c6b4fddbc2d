package org.keysock.tools.ipseckey;

import java.util.List;
import java.util.SplittableRandom;

/** Commands that add varied SAs: every algorithm, limit, address form and identity in turn. */
final class RandomSas {

    /** Names of ciphers with the digits their keys have, salt included. */
    private static final List<Key> CIPHERS =
            List.of(
                    new Key("des", 16),
                    new Key("3des", 48),
                    new Key("blowfish", 32),
                    new Key("aes", 32),
                    new Key("aes", 48),
                    new Key("aes", 64),
                    new Key("aes-ccm8", 38),
                    new Key("aes-ccm12", 54),
                    new Key("aes-ccm", 70),
                    new Key("aes-gcm8", 40),
                    new Key("aes-gcm12", 56),
                    new Key("aes-gcm", 72),
                    new Key("null", 0));

    private static final List<Key> HASHES =
            List.of(
                    new Key("md5", 32),
                    new Key("sha1", 40),
                    new Key("sha256", 64),
                    new Key("sha384", 96),
                    new Key("sha512", 128));

    private static final List<String> IDENTITIES =
            List.of(
                    "fqdn host.example",
                    "domain other.example",
                    "mailbox someone@example.org",
                    "user_fqdn \"some one@example.org\"",
                    "prefix 10.0.0.0/8",
                    "fqdn #odd",
                    "fqdn a\"b\"",
                    "fqdn a\"b c\"",
                    "fqdn \"a b  \"",
                    "fqdn back\\slash",
                    "der_dn \"CN=me, O=ours\"",
                    "7 keyid",
                    "300 unnamed");

    private record Key(String algorithm, int digits) {}

    private final SplittableRandom random;

    RandomSas(SplittableRandom random) {
        this.random = random;
    }

    /** The commands of an SA with that SPI, or of the two of a pair, which has the next one too. */
    String commands(int spi, boolean pair) {
        if (!pair) {
            return add(spi, random.nextInt(8) == 0 ? random.nextInt(4) : 4);
        }
        boolean esp = random.nextBoolean();
        boolean six = random.nextBoolean();
        String mine = six ? "2001:db8::1" : "192.0.2.1";
        String other = six ? "2001:db8::" + hex(spi) : host(198, 51, spi);
        return line(esp, spi, " src " + mine + " dst " + other + rest(esp, six))
                + line(
                        esp,
                        spi + 1,
                        " src " + other + " dst " + mine + " pair-spi " + spi + rest(esp, six));
    }

    private String add(int spi, int special) {
        boolean esp = random.nextInt(3) > 0;
        boolean six = random.nextInt(3) == 0;
        String mine = six ? "2001:db8::1" : "192.0.2.1";
        String other = six ? "2001:db8:5::" + hex(spi) : host(203, 0, spi);
        String ends =
                switch (special) {
                    case 0 -> " dst " + other;
                    case 1 -> " src " + other + " dst " + (six ? "ff02::5" : "224.0.0.5");
                    case 2 -> " src " + other + " dst " + mine + " outbound";
                    case 3 -> " src " + mine + " dst " + other + " inbound";
                    default ->
                            random.nextInt(3) == 0
                                    ? " src " + other + " dst " + mine
                                    : " src " + mine + " dst " + other;
                };
        return line(esp, spi, ends + rest(esp, six));
    }

    private static String line(boolean esp, int spi, String rest) {
        return "add " + (esp ? "esp" : "ah") + " spi " + spi + rest + "\n";
    }

    private String rest(boolean esp, boolean six) {
        return algorithms(esp) + limits() + inside(six) + nat(esp, six) + identities() + replay();
    }

    private String algorithms(boolean esp) {
        Key hash = HASHES.get(random.nextInt(HASHES.size()));
        String auth = " authalg " + hash.algorithm() + " authkey " + digits(hash.digits());
        if (!esp) {
            return auth;
        }
        Key cipher = CIPHERS.get(random.nextInt(CIPHERS.size()));
        if (cipher.digits() == 0) {
            return auth + " encralg null";
        }
        String encrypt = " encralg " + cipher.algorithm() + " encrkey " + digits(cipher.digits());
        return random.nextBoolean() ? encrypt : encrypt + auth;
    }

    private String limits() {
        StringBuilder text = new StringBuilder();
        for (String field : new String[] {"bytes", "addtime", "usetime", "alloc"}) {
            // each limit lies below the next: idle, soft, hard
            long top = 1L << (16 + random.nextInt(field.equals("alloc") ? 16 : 40));
            for (String kind : new String[] {"hard_", "soft_", "idle_"}) {
                boolean fits = !kind.equals("idle_") || field.endsWith("time");
                if (fits && random.nextInt(3) == 0) {
                    top = top / 2 + random.nextLong(top / 2);
                    top = kind.equals("idle_") ? Math.min(top, 0xffff_ffffL) : top;
                    text.append(' ').append(kind).append(field).append(' ').append(top);
                }
            }
        }
        return text.toString();
    }

    private String inside(boolean six) {
        return switch (random.nextInt(8)) {
            case 0 ->
                    " isrc 10.1.0.0/"
                            + random.nextInt(33)
                            + " idst 10.2.0.0/"
                            + random.nextInt(33)
                            + innerPorts();
            case 1 ->
                    " isrc 2001:db8:1::/"
                            + random.nextInt(129)
                            + " idst 2001:db8:2::/"
                            + random.nextInt(129)
                            + innerPorts();
            case 2 -> " isrc 10.1.2.3 idst 10.9.8.7" + innerPorts();
            case 3 -> " proto 6 dport " + port() + (six ? " sport " + port() : "");
            case 4 -> " proto " + (1 + random.nextInt(255));
            default -> "";
        };
    }

    private String innerPorts() {
        return switch (random.nextInt(3)) {
            case 0 -> " iproto 17 isport " + port() + " idport " + port();
            case 1 -> " iproto " + (1 + random.nextInt(255));
            default -> "";
        };
    }

    private String nat(boolean esp, boolean six) {
        if (!esp || six || random.nextInt(4) > 0) {
            return "";
        }
        return " encap udp"
                + (random.nextBoolean() ? " nat_loc 203.0.113.9 nat_lport " + port() : "")
                + " nat_rem 10.8.8.8"
                + (random.nextBoolean() ? " nat_rport " + port() : "");
    }

    private String identities() {
        String text = "";
        if (random.nextInt(3) == 0) {
            text += " srcidtype " + IDENTITIES.get(random.nextInt(IDENTITIES.size()));
        }
        if (random.nextInt(3) == 0) {
            text += " dstidtype " + IDENTITIES.get(random.nextInt(IDENTITIES.size()));
        }
        return text;
    }

    private String replay() {
        return random.nextInt(4) > 0
                ? ""
                : " replay "
                        + (1 + random.nextInt(255))
                        + " replay_value "
                        + Integer.toUnsignedString(random.nextInt());
    }

    private int port() {
        return 1 + random.nextInt(65535);
    }

    private static String hex(int number) {
        return Integer.toHexString(number);
    }

    private static String host(int first, int second, int spi) {
        return first + "." + second + "." + ((spi >> 8) & 0xff) + "." + (spi & 0xff);
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int at = 0; at < count; at++) {
            digits.append(Character.forDigit(random.nextInt(16), 16));
        }
        return digits.toString();
    }
}
