package org.keysock.tools.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.tools.capture.CaptureReader;
import org.keysock.tools.capture.CapturedFrame;
import org.keysock.tools.capture.LinkHeader;
import org.keysock.tools.setkey.Setkey;

/** {@code pfkey pcap} with a real emulator that {@code setkey} has keyed. */
@Timeout(300)
final class PcapTest {

    private static final Path PLAIN =
            Path.of(System.getProperty("pfkey.testdata"), "packets", "plain.pcap");

    private static final String POLICIES =
            """
            flush; spdflush;
            spdadd 10.0.0.0/8 10.0.0.0/8 any -P out ipsec esp/tunnel/192.0.2.1-192.0.2.2/require;
            spdadd 10.0.0.0/8 10.0.0.0/8 any -P in ipsec esp/tunnel/192.0.2.1-192.0.2.2/require;
            spdadd fd00::/8 fd00::/8 any -P out ipsec esp/tunnel/192.0.2.1-192.0.2.2/require;
            spdadd fd00::/8 fd00::/8 any -P in ipsec esp/tunnel/192.0.2.1-192.0.2.2/require;
            add 192.0.2.1 192.0.2.2 esp 0x1000 -m tunnel -r 32\
            """;

    private static final String AES = "-E aes-cbc 0x00112233445566778899aabbccddeeff ";
    private static final String SHA1 = "-A hmac-sha1 0x000102030405060708090a0b0c0d0e0f10111213 ";

    @TempDir private Path folder;
    private PfKeyServer server;

    @SuppressWarnings("NullAway.Init") // startServer
    PcapTest() {}

    @BeforeEach
    void startServer() throws IOException {
        server = PfKeyServer.start(ServerOptions.in(folder.resolve("k")).withSeed(1));
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    /** Keys the emulator: policies for a tunnel, and its SA. */
    private void key(String algorithms) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Surroundings around =
                new Surroundings(
                        new ByteArrayInputStream(
                                (POLICIES + " " + algorithms + ";\n")
                                        .getBytes(StandardCharsets.US_ASCII)),
                        new Output(said),
                        new Output(said),
                        Map.of("PFKEY_DIR", folder.resolve("k").toString()),
                        folder,
                        false);
        assertEquals(0, Setkey.run(new String[] {"-c"}, around));
        around.out().flush();
        assertEquals("", said.toString(StandardCharsets.US_ASCII));
    }

    private PfkeyRun pfkey(int exit, String... args) {
        PfkeyRun run = new PfkeyRun(folder, "");
        List<String> words = new ArrayList<>(List.of(args));
        words.add("--dir=" + folder.resolve("k"));
        assertEquals(exit, run.run(words.toArray(String[]::new)), run::err);
        return run;
    }

    private static List<byte[]> packets(Path file) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            CaptureReader reader = CaptureReader.of(in);
            for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                int begin = LinkHeader.packet(frame);
                if (begin != LinkHeader.NOT_IP) {
                    int end = LinkHeader.end(frame.bytes(), begin);
                    packets.add(Arrays.copyOfRange(frame.bytes(), begin, end));
                }
            }
        }
        return packets;
    }

    @Test
    void aCaptureGoesOutProtectedAndComesInAsItWas() throws IOException {
        key(AES + SHA1);
        PfkeyRun out = pfkey(0, "pcap", "--out", PLAIN.toString(), "esp.pcap");
        assertEquals(
                """
                not-ip                   1
                protected                26
                27 packets read, 26 written
                """,
                out.out());
        List<byte[]> plain = packets(PLAIN);
        for (byte[] each : packets(folder.resolve("esp.pcap"))) {
            assertEquals(50, each[9]);
        }
        PfkeyRun in = pfkey(0, "pcap", "--in", "esp.pcap", "back.pcap", "--progress");
        assertEquals("delivered                26\n26 packets read, 26 written\n", in.out());
        assertEquals("pfkey pcap: 100 %, 26 packets\n", in.err());
        List<byte[]> back = packets(folder.resolve("back.pcap"));
        assertEquals(plain.size(), back.size());
        for (int count = 0; count < plain.size(); count++) {
            assertArrayEquals(plain.get(count), back.get(count), "packet " + count);
        }
        assertEquals(
                "replayed                 26\n26 packets read, 0 written\n",
                pfkey(0, "pcap", "--in", "esp.pcap", "again.pcap").out());
        assertTrue(packets(folder.resolve("again.pcap")).isEmpty());
        String stats = pfkey(0, "ctl", "stats").out();
        assertTrue(stats.matches("(?s).*\nprotected +26 +0\n.*"), stats);
        assertTrue(stats.matches("(?s).*\nreplayed +0 +26\n.*"), stats);
    }

    /** More than may be under way at once, in both formats. */
    @Test
    void aLongCaptureKeepsItsOrder() throws IOException {
        key(AES + SHA1);
        byte[] once = Files.readAllBytes(PLAIN);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(once, 0, 24);
        for (int count = 0; count < 200; count++) {
            all.write(once, 24, once.length - 24);
        }
        Files.write(folder.resolve("long.pcap"), all.toByteArray());
        pfkey(0, "pcap", "--out", "long.pcap", "esp.pcap");
        pfkey(0, "pcap", "--in", "esp.pcap", "back.pcap");
        List<byte[]> plain = packets(folder.resolve("long.pcap"));
        List<byte[]> back = packets(folder.resolve("back.pcap"));
        assertEquals(5200, back.size());
        for (int count = 0; count < plain.size(); count++) {
            assertArrayEquals(plain.get(count), back.get(count), "packet " + count);
        }
    }

    @Test
    void aDamagedCaptureIsPassedAsFarAsItGoes() throws IOException {
        key(AES + SHA1);
        byte[] whole = Files.readAllBytes(PLAIN);
        Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, 300));
        PfkeyRun run = pfkey(1, "pcap", "--out", "cut.pcap", "esp.pcap");
        assertTrue(run.out().endsWith(" packets read, 4 written\n"), run.out());
        assertTrue(run.err().startsWith("pfkey: cut.pcap: byte "), run.err());
        assertEquals(4, packets(folder.resolve("esp.pcap")).size());
    }

    @ParameterizedTest
    @CsvSource({
        "1, pfkey: cannot read none.pcap, pcap --out none.pcap out.pcap",
        "1, pfkey: IN and OUT are the same file, pcap --out same same",
        "1, pfkey: text: byte 0: 0x61626364 is neither, pcap --in text out.pcap",
        "2, pfkey pcap: Error: Missing required argument, pcap a b",
        "2, pfkey pcap: Error: --out, pcap --out --in a b",
        "2, pfkey pcap: Missing required parameter, pcap --out a",
        "3, pfkey: no emulator answers at, pcap --out text out.pcap --dir=nowhere"
    })
    void complaintsHaveTheirStatus(int status, String complaint, String words) throws IOException {
        Files.writeString(folder.resolve("same"), "x");
        Files.writeString(folder.resolve("text"), "abcd");
        PfkeyRun run = new PfkeyRun(folder, "");
        String[] args = words.split(" ");
        if (!words.contains("--dir")) {
            args = (words + " --dir=k").split(" ");
        }
        assertEquals(status, run.run(args), run::err);
        assertTrue(run.err().startsWith(complaint), run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "aes-cbc 0x00112233445566778899aabbccddeeff, hmac-sha1, 20",
        "aes-cbc 0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff, hmac-sha256,"
                + " 32",
        "3des-cbc 0x0123456789abcdef23456789abcdef01456789abcdef0123, hmac-md5, 16",
        "aes-ctr 0x00112233445566778899aabbccddeeff01020304, hmac-sha512, 64",
        "blowfish-cbc 0x00112233445566778899aabbccddeeff, hmac-sha384, 48",
        "cast128-cbc 0x00112233445566778899aabbccddeeff, hmac-sha1, 20",
        "'null', hmac-sha1, 20"
    })
    void tsharkReadsItWithThePrintedKeys(String cipher, String check, int keyBytes)
            throws Exception {
        InstalledProgram tshark = InstalledProgram.need("tshark", "captures are not opened by it");
        String key = "0102030405060708".repeat(8).substring(0, 2 * keyBytes);
        key("-E " + cipher + " -A " + check + " 0x" + key);
        pfkey(0, "pcap", "--out", PLAIN.toString(), "esp.pcap");
        String keys = pfkey(0, "ctl", "wireshark-keys").out().strip();
        assertTrue(keys.lines().count() == 1 && keys.contains("\"0x1000\""), keys);
        String read =
                tshark.output(
                        "-r",
                        folder.resolve("esp.pcap").toString(),
                        "-o",
                        "esp.enable_encryption_decode:TRUE",
                        "-o",
                        "esp.enable_authentication_check:TRUE",
                        "-o",
                        "uat:esp_sa:" + keys,
                        "-T",
                        "fields",
                        "-e",
                        "esp.icv_good",
                        "-e",
                        "udp.port",
                        "-e",
                        "tcp.port",
                        "-e",
                        "icmp.type",
                        "-e",
                        "icmpv6.type");
        List<String> lines = read.lines().toList();
        assertEquals(26, lines.size(), read);
        assertEquals(22, lines.stream().filter(each -> each.contains("40000,40001")).count(), read);
        assertEquals(2, lines.stream().filter(each -> each.contains("40000,80")).count(), read);
        assertEquals(
                1, lines.stream().filter(each -> each.matches("(1|True)\t\t\t8\t")).count(), read);
        assertEquals(
                1,
                lines.stream().filter(each -> each.matches("(1|True)\t\t\t\t128")).count(),
                read);
        assertTrue(lines.stream().allMatch(each -> each.matches("(1|True)\t.*")), read);
    }
}
