package org.keysock.tools.setkey;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;

/** Scripts that nobody would write end as others do, and tell no key. */
@Timeout(120)
final class RandomScriptsTest {

    private static final long SEED = Long.getLong("pfkey.test.seed", 20080607);
    private static final int SCRIPTS = 400;
    private static final String SECRET = "5ec4e7";
    private static final String KEY = "0x" + SECRET.repeat(5) + "12";

    /** A piece of a key that is longer than what is shown, which may be an SPI. */
    private static final String TOLD = SECRET + SECRET.substring(0, 3);

    private static final String[] WORDS = {
        "add",
        "get",
        "getspi",
        "delete",
        "deleteall",
        "flush",
        "spdadd",
        "spdupdate",
        "spddelete",
        "spdflush",
        "exit",
        ";",
        ";",
        ";",
        "[",
        "]",
        "500",
        "any",
        "[any]",
        "[http]",
        "10.0.0.1",
        "10.0.0.2",
        "10.0.0.0/8",
        "::1",
        "::2",
        "::/0",
        "fe80::1%lo",
        "esp",
        "ah",
        "ipcomp",
        "esp-udp",
        "tcp",
        "-m",
        "tunnel",
        "-u",
        "4294967295",
        "-r",
        "4",
        "-f",
        "zero-pad",
        "-lh",
        "-bs",
        "18446744073709551615",
        "-ctx",
        "1",
        "\"label\"",
        "-E",
        "null",
        "aes-cbc",
        "des-cbc",
        "-A",
        "hmac-md5",
        "-C",
        "deflate",
        "-R",
        "-P",
        "in",
        "out",
        "prio",
        "high",
        "+",
        "-",
        "7",
        "none",
        "ipsec",
        "esp/tunnel/10.0.0.1-10.0.0.2/unique:7",
        "ah/transport//use",
        "icmp",
        "gre",
        "8,0",
        "-4",
        "-6",
        "-n",
        "tagged",
        "# remark\n",
        "0x1000",
        KEY,
        KEY + "zz",
        "\"",
    };
    private static final String[] COMMANDS = {
        "add 10.0.0.1[500] 10.0.0.2 esp 0x1000 -m tunnel -u 7 -E aes-cbc " + KEY + " -A null ;",
        "add ::1 ::2 ah 4097 -lh 9 -ls 8 -A hmac-md5 " + KEY + " ;",
        "spdadd 10.0.0.0/8[80] 10.0.0.0/8[any] tcp -P in prio high + 3 ipsec esp/transport//use ;",
        "spddelete 10.0.0.0/8[80] 10.0.0.0/8[any] tcp -P in ;",
        "delete 10.0.0.1 10.0.0.2 esp 0x1000 ; getspi ::1 ::2 esp 0 ; deleteall ::1 ::2 esp ;",
    };

    @TempDir private Path home;
    private PfKeyServer server;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(home.resolve("hosts"), "");
        System.setProperty("pfkey.hosts", home.resolve("hosts").toString());
        System.setProperty("pfkey.setkey.patience", "20000");
        server =
                PfKeyServer.start(
                        ServerOptions.in(home.resolve("emulator"))
                                .withVirtualClock(1230000000)
                                .withSeed(SEED));
        shell = new Shell(server.folder(), home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        System.clearProperty("pfkey.hosts");
    }

    @Test
    void endAsOthersDo() throws IOException {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        int[] exits = new int[2];
        for (int round = 0; round < SCRIPTS; round++) {
            String script = script(random, round % 4);
            Shell.Printed typed = shell.run(script, "-c");
            assertTrue(typed.exit() == 0, () -> script + "\n" + typed);
            silentAboutKeys(script, typed);
            Files.writeString(home.resolve("script"), script, StandardCharsets.ISO_8859_1);
            Shell.Printed filed = shell.run("", "-f", "script");
            exits[filed.exit()]++;
            silentAboutKeys(script, filed);
        }
        System.out.println(exits[0] + " scripts ran to their end, " + exits[1] + " were refused");
        assertTrue(exits[0] > 0 && exits[1] > 0);
    }

    private static void silentAboutKeys(String script, Shell.Printed printed) {
        assertFalse((printed.out() + printed.err()).contains(TOLD), () -> script + "\n" + printed);
    }

    private static String script(Random random, int kind) {
        StringBuilder script = new StringBuilder();
        switch (kind) {
            case 0 -> words(script, random);
            case 1 -> {
                script.append(COMMANDS[random.nextInt(COMMANDS.length)]);
                script.setLength(random.nextInt(script.length() + 1));
            }
            case 2 -> {
                String command = COMMANDS[random.nextInt(COMMANDS.length)];
                for (String word : command.split(" ", -1)) {
                    int chance = random.nextInt(10);
                    script.append(chance == 0 ? WORDS[random.nextInt(WORDS.length)] : word);
                    script.append(chance == 1 ? "" : " ");
                }
            }
            default -> {
                for (int left = random.nextInt(300); left > 0; left--) {
                    script.append((char) random.nextInt(256));
                }
            }
        }
        return script.toString();
    }

    private static void words(StringBuilder script, Random random) {
        for (int left = random.nextInt(30); left > 0; left--) {
            script.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
    }

    @Test
    void aLongLineIsNoTrouble() {
        int length = 1 << 20;
        for (String line :
                new String[] {
                    "x".repeat(length),
                    "0".repeat(length),
                    "0x" + "f".repeat(length),
                    "\"" + "k".repeat(length),
                    "[".repeat(length),
                    "; ".repeat(length / 2),
                    "add 10.0.0.1 10.0.0.2 esp 1 -E aes-cbc 0x" + "a".repeat(length),
                    "add 10.0.0.1 10.0.0.2 esp 0x" + "1".repeat(length) + " -E null",
                    "add 10.0.0.1 10.0.0.2 esp 1 " + "-u 1 ".repeat(length / 5) + "-E null",
                    "spdadd ::1 ::2 any -P out ipsec " + "esp/transport//use ".repeat(length / 19),
                    "spdadd ::1 ::2 any -P out ipsec " + "[".repeat(length),
                }) {
            Shell.Printed printed = shell.run(line + ";", "-c");
            assertTrue(printed.exit() == 0, () -> line.substring(0, 60) + " " + printed.exit());
        }
    }
}
