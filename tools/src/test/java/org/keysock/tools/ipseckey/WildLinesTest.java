package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.tools.ipseckey.Typist.Printed;

/**
 * Lines without sense, made of the language's own words and of noise: each ends with a message or
 * not, never with an exception, and the loop goes on to the next.
 */
@Timeout(120)
final class WildLinesTest {

    private static final int LINES = 8000;

    /** Values that fit some token, and values that fit none. */
    private static final String[] VALUES = {
        "0",
        "1",
        "0x2112",
        "020",
        "08",
        "-1",
        "256",
        "65535",
        "65536",
        "4294967296",
        "18446744073709551615",
        "18446744073709551616",
        "12k",
        "all",
        "ah",
        "esp",
        "300",
        "udp",
        "tcp",
        "192.0.2.1",
        "192.0.2.2",
        "twofold",
        "dual",
        "nobody",
        "::1",
        "2001:db8::5",
        "::",
        "10.1.0.0/16",
        "10.1.0.0/0",
        "10.1.0.0/-1",
        "10.1.0.0/x",
        "fd00::/8",
        "fd00::/129",
        "fd00::/256",
        "twofold/24",
        "/",
        "/8",
        "x/y/z",
        "md5",
        "sha256",
        "aes",
        "aes-gcm",
        "null",
        "3des",
        "nonsense",
        "mature",
        "larval",
        "fqdn",
        "mailbox",
        "der_dn",
        "host.example",
        "bde359723576fdea08e56cbe876e24ad",
        "0x12/9",
        "ffff/17",
        "e/3",
        "12/zz",
        "0x",
        "/0",
        "ffff/-1",
        "ffff/99999999999",
        "ADMIN_LOW",
        "0x0003-08-ff",
        "0x0003-08-",
        "0xzz",
        "\"\"",
        "\"a b\"",
        "\"open",
        "x\"y z\"",
        "#",
        "\\",
        "\u00e4\u00ff",
        "a\0b",
        "\t",
        "%s%n",
        "?"
    };

    /** Commands that wait for messages, or end the loop, or write where they are told. */
    private static final List<Verb> LEFT_OUT =
            List.of(Verb.MONITOR, Verb.PASSIVE_MONITOR, Verb.QUIT, Verb.SAVE);

    @TempDir private Path home;

    private final long seed = Long.getLong("pfkey.seed", 3);
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<String> tokens = new ArrayList<>();
    private final List<String> verbs = new ArrayList<>();

    @BeforeEach
    void words() throws IOException {
        System.out.println("seed " + seed);
        Path hosts = home.resolve("hosts");
        Files.writeString(
                hosts, "192.0.2.4 twofold\n192.0.2.5 twofold\n192.0.2.6 dual\n2001:db8::6 dual\n");
        System.setProperty("pfkey.hosts", hosts.toString());
        System.setProperty("pfkey.ipseckey.patience", "10000");
        for (Token token : Token.values()) {
            tokens.addAll(Arrays.asList(token.names()));
        }
        for (Verb verb : Verb.values()) {
            if (!LEFT_OUT.contains(verb)) {
                verbs.addAll(verb.names());
            }
        }
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        if (random.nextInt(20) == 0) {
            for (int left = random.nextInt(60); left > 0; left--) {
                line.append((char) random.nextInt(256));
            }
            return line.toString().replace("quit", "").replace("exit", "");
        }
        line.append(
                random.nextInt(30) == 0 ? one(VALUES) : verbs.get(random.nextInt(verbs.size())));
        line.append(random.nextInt(10) == 0 ? " " + one(VALUES) : " esp");
        // whole enough to be sent now and then
        boolean whole = random.nextBoolean();
        line.append(whole ? " spi " + (1 + random.nextInt(9)) + " dst 192.0.2.2 authkey 12" : "");
        for (int left = random.nextInt(8); left > 0; left--) {
            line.append(' ').append(tokens.get(random.nextInt(tokens.size())));
            for (int words = random.nextInt(10) == 0 ? random.nextInt(3) : 1; words > 0; words--) {
                line.append(' ').append(one(VALUES));
            }
        }
        return line.toString();
    }

    private String one(String[] values) {
        return values[random.nextInt(values.length)];
    }

    private String lines(int count) {
        StringBuilder lines = new StringBuilder();
        for (int left = count; left > 0; left--) {
            lines.append(line()).append(random.nextInt(40) == 0 ? "\\\n" : "\n");
        }
        return lines.append("\n\n").toString();
    }

    private PfKeyServer start() throws IOException {
        return PfKeyServer.start(
                ServerOptions.in(home.resolve("solaris")).withVirtualClock(1230000000));
    }

    @Test
    void typedLinesAreSurvived() throws IOException {
        try (PfKeyServer server = start()) {
            Typist typist = new Typist(server.folder(), home);
            Printed got = typist.types(lines(LINES) + "help add\n");
            assertTrue(got.out().contains("add SA_TYPE"), "the last line was carried out");
            assertTrue(got.exit() == 0, () -> "exit code " + got.exit());
        }
    }

    @Test
    void theLinesOfAFileAreSurvived() throws IOException {
        try (PfKeyServer server = start()) {
            Path file = home.resolve("commands");
            Files.writeString(file, lines(LINES) + "wonder\n", StandardCharsets.ISO_8859_1);
            Typist typist = new Typist(server.folder(), home);
            for (String options : List.of("-c", "-f", "-nvpf", "-nc")) {
                Printed got = typist.run("", List.of(options, "commands"));
                assertTrue(got.exit() == 1, () -> options + ": exit code " + got.exit());
                assertTrue(got.err().contains("(wonder)"), options + ": the last line was reached");
            }
        }
    }

    @Test
    void wordsOfAShellAreSurvived() throws IOException {
        try (PfKeyServer server = start()) {
            Typist typist = new Typist(server.folder(), home);
            for (int left = LINES / 10; left > 0; left--) {
                String line = line();
                List<String> words = new ArrayList<>(Words.of(line));
                if (words.isEmpty()) {
                    continue;
                }
                words.add(0, "--");
                Printed got = typist.run("", words);
                assertTrue(got.exit() == 0 || got.exit() == 1, line);
                assertFalse(got.exit() == 1 && (got.out() + got.err()).isEmpty(), line);
            }
        }
    }
}
