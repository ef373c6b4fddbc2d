package org.keysock.tools.klips;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.KernelError;
import org.keysock.pfkey.socket.PfKeyClient;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;
import org.keysock.tools.ipseckey.Ipseckey;
import org.keysock.tools.setkey.Setkey;

/**
 * One SADB seen by {@code ipsec}, by {@code ipseckey} and by Linux programs: each sees what the
 * others add, as far as its dialect can say it, and KLIPS' rule of groups holds whoever deletes.
 */
@Timeout(60)
final class OneDatabaseTest {

    private static final long SEED = 20261121;
    private static final long START = 1_230_000_000;
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_192 = KEY + "1011121314151617";
    private static final String TO = "192.168.2.110";

    @TempDir private Path home;

    private PfKeyServer server;
    private KlipsShell shell;

    @BeforeEach
    void start() throws IOException {
        System.out.println("seed " + SEED);
        System.setProperty("pfkey.hosts", "/dev/null");
        ServerOptions options =
                ServerOptions.in(home.resolve("emulator")).withVirtualClock(START).withSeed(SEED);
        server = PfKeyServer.start(options);
        shell = new KlipsShell(server.folder(), home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        System.clearProperty("pfkey.hosts");
    }

    private String ipsec(String line) {
        KlipsShell.Printed printed = shell.run(List.of(line.split(" ")));
        assertEquals("", printed.err(), line);
        assertEquals(0, printed.exit(), line);
        return printed.out();
    }

    private String ipseckey(String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Ipseckey.run(words, surroundings(input, out, err));
        assertEquals("", err.toString(ISO_8859_1));
        assertEquals(0, exit, out.toString(ISO_8859_1));
        return out.toString(ISO_8859_1);
    }

    private Surroundings surroundings(
            String input, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Surroundings(
                new ByteArrayInputStream(input.getBytes(ISO_8859_1)),
                new Output(out),
                new Output(err),
                Map.of("PFKEY_DIR", server.folder().toString(), "TZ", "UTC0"),
                home,
                false);
    }

    /** Type and SPI of each SA that a dump of a dialect shows. */
    private List<String> dumped(DialectName dialect) throws IOException {
        Path socket = server.folder().resolve(dialect.text() + ".stream");
        TreeSet<String> seen = new TreeSet<>();
        try (PfKeyClient client =
                new PfKeyClient(StreamConnection.open(socket, Dialect.of(dialect)))) {
            client.dump(SaType.UNSPEC, message -> seen.add(named(message)));
        } catch (KernelError none) {
            // Linux' way to say that there are no SAs
        }
        return new ArrayList<>(seen);
    }

    private static String named(SadbMessage message) {
        String destination =
                String.valueOf(
                        Objects.requireNonNull(message.address(ExtensionType.ADDRESS_DST))
                                .address());
        String spi = String.valueOf(Objects.requireNonNull(message.sa()).spi());
        return message.header().saType() + " " + spi + " " + destination;
    }

    private void addGroup() {
        ipsec("spi --said tun.3d0@" + TO + " --src 192.168.2.100 --ip4 --dst " + TO);
        ipsec("spi --said comp.3d0@" + TO + " --src 192.168.2.100 --comp deflate");
        ipsec(
                "spi --said esp.187a101b@"
                        + TO
                        + " --src 192.168.2.100 --esp 3des --enckey 0x"
                        + KEY_192);
        ipsec(
                "spi --said ah.187a101a@"
                        + TO
                        + " --src 192.168.2.100 --ah hmac-md5-96 --authkey 0x"
                        + KEY);
        ipsec(
                "spigrp --said tun.3d0@"
                        + TO
                        + " comp.3d0@"
                        + TO
                        + " esp.187a101b@"
                        + TO
                        + " ah.187a101a@"
                        + TO);
    }

    @Test
    void whatSpiAddsIsSeenByAll() throws IOException {
        ipsec(
                "spi --said esp.1001@10.0.0.2 --src 10.0.0.1 --esp 3des-md5-96 --enckey 0x"
                        + KEY_192
                        + " --authkey 0x"
                        + KEY);
        String seen = ipseckey("", "dump");
        assertTrue(seen.contains("spi=0x1001"), seen);
        assertTrue(seen.contains("EKY: "), seen);
        assertEquals(List.of("ESP 0x1001 10.0.0.2"), dumped(DialectName.LINUX));
        assertEquals(List.of("ESP 0x1001 10.0.0.2"), dumped(DialectName.SOLARIS));
    }

    @Test
    void whatIpseckeyAddsIsSeenBySpi() {
        ipseckey("add esp spi 0x2002 src 10.0.0.1 dst 10.0.0.2 encralg aes encrkey " + KEY + "\n");
        String table = ipsec("spi");
        assertTrue(table.startsWith("esp0x2002@10.0.0.2 ESP_AES: dir="), table);
        assertTrue(table.contains(" src=10.0.0.1 "), table);
        ipsec("spi --said esp.2002@10.0.0.2 --del");
        assertEquals("", ipsec("spi"));
    }

    @Test
    void whatSetkeyAddsIsSeenBySpi() {
        String line =
                "add 10.0.0.1 10.0.0.2 esp 0x3003 -E aes-cbc 0x%s -A hmac-sha1 0x%s;\n"
                        .formatted(KEY, KEY + "10111213");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exit = Setkey.run(new String[] {"-c"}, surroundings(line, said, said));
        assertEquals("0", exit + said.toString(ISO_8859_1));
        String table = ipsec("spi");
        assertTrue(table.startsWith("esp0x3003@10.0.0.2 ESP_AES_HMAC_SHA1: dir="), table);
        ipsec("spi --said esp.3003@10.0.0.2 --del");
        assertEquals("", ipsec("spi"));
    }

    @Test
    void aGroupIsSingleSasToOthers() throws IOException {
        addGroup();
        assertEquals(
                "tun0x3d0@192.168.2.110 comp0x3d0@192.168.2.110 esp0x187a101b@192.168.2.110"
                        + " ah0x187a101a@192.168.2.110 \n",
                ipsec("spigrp"));
        // Linux has a type for compression, and none for tunnels; Solaris has neither
        String ah = "AH 0x187a101a " + TO;
        String esp = "ESP 0x187a101b " + TO;
        assertEquals(List.of(ah, esp, "X_IPCOMP 0x3d0 " + TO), dumped(DialectName.LINUX));
        assertEquals(List.of(ah, esp), dumped(DialectName.SOLARIS));
    }

    @Test
    void whoDeletesAMemberDeletesTheGroup() throws IOException {
        addGroup();
        ipseckey("", "delete", "esp", "spi", "0x187a101b", "dst", TO);
        assertEquals("", ipsec("spigrp"));
        assertEquals("", ipsec("spi"));
        assertEquals(List.of(), dumped(DialectName.LINUX));
    }

    @Test
    void ungroupedTheOthersStay() throws IOException {
        addGroup();
        ipsec("spigrp --said comp.3d0@" + TO);
        ipseckey("", "delete", "esp", "spi", "0x187a101b", "dst", TO);
        assertEquals(3, ipsec("spigrp").lines().count());
        assertEquals(
                List.of("AH 0x187a101a " + TO, "X_IPCOMP 0x3d0 " + TO), dumped(DialectName.LINUX));
    }

    @Test
    void ipseckeysSasMayBeGrouped() throws IOException {
        ipseckey(
                "add esp spi 0x2002 src 10.0.0.1 dst 10.0.0.2 encralg aes encrkey "
                        + KEY
                        + "\n"
                        + "add ah spi 0x2003 src 10.0.0.1 dst 10.0.0.2 authalg md5 authkey "
                        + KEY
                        + "\n");
        ipsec("spigrp --said esp.2002@10.0.0.2 ah.2003@10.0.0.2");
        ipseckey("", "delete", "ah", "spi", "0x2003", "dst", "10.0.0.2");
        assertEquals(List.of(), dumped(DialectName.SOLARIS));
    }
}
