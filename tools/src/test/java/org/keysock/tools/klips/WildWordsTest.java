package org.keysock.tools.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.pfkey.socket.StreamConnection;

/**
 * Command lines without sense, made of the tools' own words and of noise, and sockets full of
 * noise: each command ends with one of the recorded exit codes, never with an exception, and no key
 * is ever said.
 */
@Timeout(300)
final class WildWordsTest {

    private static final int LINES = 16_000;
    private static final int RECORDS = 3000;
    private static final int FLUSH = 9;
    private static final String PATIENCE = "pfkey.klips.patience";
    private static final String HOSTS = "pfkey.hosts";
    private static final String SECRET = "99410123456789abcdef0123456771df";

    /** What the originals end with; 50 is that of builds without NAT-T. */
    private static final Set<Integer> EXITS = Set.of(0, 1, 2, 255);

    private static final Map<String, List<String>> OPTIONS =
            Map.of(
                    "spi",
                    List.of(
                            "--af --edst --spi --proto --said --src --dst --ah --esp --comp --ip4 --ip6 --del --clear --authkey --enckey --replay_window --life --natt --sport --dport --iv --saref --optionsfrom --label --debug --help --version --s --auth --enc= --"
                                    .split(" ")),
                    "spigrp",
                    List.of("--said --label --debug --help --version".split(" ")),
                    "eroute",
                    List.of(
                            "--add --replace --addin --replacein --del --clear --eraf --src --dst --said --af --edst --spi --proto --transport-proto --src-port --dst-port --label --debug --optionsfrom --help --version"
                                    .split(" ")),
                    "klipsdebug",
                    List.of("--set --clear --all --none --label --debug --help".split(" ")),
                    "tncfg",
                    List.of("--attach --detach --virtual --physical --clear --help".split(" ")));

    /** Values that fit some option, and values that fit none. */
    private static final List<String> VALUES =
            List.of(
                    ("inet inet6 inet7 192.168.43.1 192.168.43.2 1.2.3 3049:1::1 :: ::1 0.0.0.0"
                         + " fe80::1%eth0 1::2::3 nowhere gw1 0x100 0x125 0xff 256 -1 0x1ffffffff"
                         + " 18446744073709551616 010 09 1x ah esp tun comp int ip"
                         + " esp.125@192.168.43.1 tun:101@3049:1::1 ah0x150@192.168.43.1"
                         + " comp.3d0@192.168.43.1 tun.101@gw1 %trap %pass %passthrough6 %bogus"
                         + " esp.@ @ esp.12345678901234567@1.2.3.4 %drop hmac-md5-96 hmac-sha1-96"
                         + " 3des 3des-md5-96 aes128-sha1 aes aes-aes-aes null-md5"
                         + " aes999999999999-md5 deflate lzs 1 64 65 0 4294967297 soft-bytes=1"
                         + " hard-packets=99,soft-addtime=0x10 soft- hard-bytes=,,="
                         + " soft-usetime=99999999999999999999 nonesp none nonike 0s0= 0x 0t 0x1"
                         + " 0szzzz wonder pfkey xform all tunnel-xmit udp tcp 17 300 smtp 65536"
                         + " 10.0.0.0/8 10.1.2.3/24 ::/0 3049::/129 10.0.0.0/255.0.255.0 / /8"
                         + " %default x/y")
                            .split(" "));

    @TempDir private Path home;

    private final long seed = Long.getLong("pfkey.seed", 5);
    private final SplittableRandom random = new SplittableRandom(seed);

    @BeforeEach
    void begin() throws IOException {
        System.out.println("seed " + seed);
        Path hosts = home.resolve("hosts");
        Files.writeString(hosts, "192.168.43.2 gw1\n3049:1::1 gw1\n");
        System.setProperty(HOSTS, hosts.toString());
        System.setProperty(PATIENCE, "20000");
    }

    @AfterEach
    void end() {
        System.clearProperty(HOSTS);
        System.clearProperty(PATIENCE);
    }

    private PfKeyServer start() throws IOException {
        return PfKeyServer.start(
                ServerOptions.in(home.resolve("emulator"))
                        .withVirtualClock(1230000000)
                        .withSeed(seed));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String noise() {
        StringBuilder noise = new StringBuilder();
        for (int left = random.nextInt(30); left > 0; left--) {
            noise.append((char) (1 + random.nextInt(255)));
        }
        return noise.toString();
    }

    /** An option with a key, whole, cut or misspelt. */
    private List<String> key() {
        String value = one(List.of("0x", "0s", "0t", "", "0X")) + SECRET + noise();
        return switch (random.nextInt(4)) {
            case 0 -> List.of("--enckey", value);
            case 1 -> List.of("--authkey=" + value);
            case 2 -> List.of("--authkeys=0x" + SECRET);
            default -> List.of("--iv", value);
        };
    }

    private List<String> line(String command) {
        List<String> words = new ArrayList<>(List.of(command));
        List<String> options = OPTIONS.getOrDefault(command, List.of());
        // whole enough to be sent now and then
        if (command.equals("spi") && random.nextBoolean()) {
            words.addAll(
                    List.of(
                            "--said",
                            "esp." + (100 + random.nextInt(9)) + "@192.168.43.1",
                            "--esp"));
            words.addAll(List.of("3des-md5-96", "--enckey", "0x" + SECRET + "0123456789abcdef"));
            words.addAll(List.of("--authkey", "0x" + SECRET));
        }
        for (int left = random.nextInt(9); left > 0; left--) {
            int kind = random.nextInt(20);
            if (kind == 0) {
                words.add(noise());
            } else if (kind == 1 && command.equals("spi")) {
                words.addAll(key());
            } else {
                words.add(one(options));
                words.add(one(VALUES));
            }
        }
        return words;
    }

    @Test
    void wordsWithoutSenseAreSurvived() throws IOException {
        int sent = 0;
        int refused = 0;
        List<String> commands = OPTIONS.keySet().stream().sorted().toList();
        try (PfKeyServer server = start()) {
            KlipsShell shell = new KlipsShell(server.folder(), home);
            for (int count = 0; count < LINES; count++) {
                List<String> words = line(count % 2 == 0 ? "spi" : one(commands));
                String what = "seed " + seed + ", line " + count + ": " + words;
                KlipsShell.Printed printed = shell.run(words);
                String said = printed.out() + printed.err();
                assertTrue(EXITS.contains(printed.exit()), what);
                assertFalse(said.contains("Exception") || said.contains("\tat "), what);
                assertFalse(said.contains(SECRET), what);
                // an empty table of eroutes is a failure without words
                boolean listing = words.get(0).equals("eroute") || printed.exit() == 0;
                assertTrue(listing || !said.isEmpty(), what);
                sent += printed.sent().isEmpty() ? 0 : 1;
                refused += printed.exit() == 0 ? 0 : 1;
            }
            assertFalse(shell.run(List.of("spi")).out().contains(SECRET));
        }
        System.out.println(LINES + " lines, " + sent + " sent something, " + refused + " refused");
        assertTrue(sent > LINES / 50 && refused > LINES / 2, sent + " sent, " + refused);
    }

    private byte[] record() {
        byte[] bytes = new byte[16 + 8 * random.nextInt(20)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            bytes[0] = 2;
            bytes[1] = (byte) (1 + random.nextInt(17));
            bytes[1] = bytes[1] == FLUSH ? 1 : bytes[1]; // would rightly take the tool's SA away
            bytes[2] = 0;
            bytes[3] = (byte) random.nextInt(12);
            bytes[4] = (byte) (bytes.length / 8);
            bytes[5] = 0;
            Arrays.fill(bytes, 6, 8, (byte) 0);
        }
        return bytes;
    }

    /** Noise on sockets beside it does not keep a tool from its work. */
    @Test
    void noiseOnOtherSocketsDisturbsNoTool() throws IOException {
        try (PfKeyServer server = start()) {
            KlipsShell shell = new KlipsShell(server.folder(), home);
            Path socket = server.folder().resolve("klips.stream");
            for (int count = 0; count < RECORDS; count++) {
                try (StreamConnection noisy = StreamConnection.open(socket, Numbers.KLIPS)) {
                    noisy.sendRecord(record());
                    noisy.sendRecord(record());
                } catch (IOException ended) {
                    // the frames were lost, and the connection with them
                }
                if (count % 100 == 0) {
                    String said = "tun." + (0x100 + count) + "@192.168.43.1";
                    String what = "seed " + seed + ", record " + count;
                    assertEquals(
                            new KlipsShell.Printed("", "", 0, List.of()),
                            silent(shell.run(List.of("spi", "--said", said, "--ip4"))),
                            what);
                    assertTrue(shell.run(List.of("spigrp")).out().contains("192.168.43.1"), what);
                    assertEquals(0, shell.run(List.of("spi", "--said", said, "--del")).exit());
                }
            }
        }
    }

    private static KlipsShell.Printed silent(KlipsShell.Printed printed) {
        return new KlipsShell.Printed(printed.out(), printed.err(), printed.exit(), List.of());
    }
}
