package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.tools.ipseckey.Typist.SILENT;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.text.AddressText;
import org.keysock.tools.ipseckey.Typist.Printed;

/**
 * The examples of the manual page against a real emulator over its real socket: solaris.md 6.1 and
 * 6.2, whose numbers the tests bear.
 */
@Timeout(60)
final class ManualPageTest {

    private static final String HOSTS =
            """
            192.0.2.1 me.domain.com me
            192.0.2.2 you.domain.com you
            192.0.2.3 mypeer
            192.0.2.4 twofold
            192.0.2.5 twofold
            """;
    private static final String ESP =
            " authalg md5 authkey bde359723576fdea08e56cbe876e24ad"
                    + " encralg des encrkey be02938e7def2839\n";
    private static final String AH = " authalg md5 authkey 1234567890abcdef1234567890abcdef\n";
    private static final String FATAL = "ipseckey: Fatal error - exiting.\n";

    @TempDir private Path home;
    private PfKeyServer server;
    private Typist typist;

    @BeforeEach
    void start() throws IOException {
        Path hosts = home.resolve("hosts");
        Files.writeString(hosts, HOSTS);
        System.setProperty("pfkey.hosts", hosts.toString());
        System.setProperty("pfkey.ipseckey.patience", "10000");
        server =
                PfKeyServer.start(
                        ServerOptions.in(home.resolve("emulator"))
                                .withVirtualClock(1230000000)
                                .withLocal(
                                        List.of(
                                                address("192.0.2.1"),
                                                address("127.0.0.1"),
                                                address("::1"),
                                                address("fec0:bbbb::4483"))));
        typist = new Typist(server.folder(), home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static IpAddress address(String text) {
        IpAddress address = AddressText.parse(text);
        if (address == null) {
            throw new IllegalArgumentException(text);
        }
        return address;
    }

    private static String missing(String type, String spi, String address) {
        return "Association (type = "
                + type
                + ") with spi "
                + spi
                + " and addr\n"
                + address
                + " does not exist.\n\n";
    }

    @Test
    void doneWhenTwo() {
        assertEquals(SILENT, typist.types("add esp spi 0x2112 src 10.0.0.1 dst 10.0.0.2" + ESP));
        Printed got = typist.command("get esp spi 0x2112 dst 10.0.0.2");
        String pid = "" + ProcessHandle.current().pid();
        assertEquals(
                """
                Base message (version 2) type GET, SA type ESP.
                Message length 152 bytes, seq=1, pid=%s.
                SA: SADB_ASSOC spi=0x2112, replay window size=0, state=MATURE
                SA: Authentication algorithm = hmac-md5
                SA: Encryption algorithm = des-cbc
                SA: flags=0xc000 < X_OUTBOUND X_INBOUND >
                SRC: Source address (proto=0/<unspecified>)
                SRC: AF_INET: port 0, 10.0.0.1 <unknown>.
                DST: Destination address (proto=0/<unspecified>)
                DST: AF_INET: port 0, 10.0.0.2 <unknown>.
                AKY: Authentication key.
                AKY: bde359723576fdea08e56cbe876e24ad/128
                EKY: Encryption key.
                EKY: bf02928f7cef2938/64
                 LT: Lifetime information
                CLT: Current lifetime information:
                CLT: 0 bytes protected, 0 allocations used.
                CLT: SA added at time: Tue Dec 23 02:40:00 2008
                CLT: Time now is Tue Dec 23 02:40:00 2008
                """
                        .replace("%s", pid),
                got.out());
        assertEquals(0, got.exit());
    }

    @Test
    void e1FlushesAll() {
        addOneOfEach();
        assertEquals(SILENT, typist.command("flush"));
        assertEquals("Dump succeeded for SA type 0.\n", typist.command("dump").out());
    }

    @Test
    void e2FlushesAh() {
        addOneOfEach();
        assertEquals(SILENT, typist.command("flush ah"));
        assertEquals("Dump succeeded for SA type 2.\n", typist.command("dump ah").out());
        assertEquals(0, typist.command("get esp spi 2 dst you").exit());
    }

    @Test
    void e3AndE4Save() throws IOException {
        assertEquals(
                "# This key file was generated by the ipseckey(1m) command's 'save' feature.\n\n",
                typist.command("save all").out());
        addOneOfEach();
        assertEquals(SILENT, typist.command("save esp snapshot"));
        String saved = Files.readString(home.resolve("snapshot"));
        assertTrue(saved.contains("add esp  \\\n    spi 0x2 "), saved);
        assertFalse(saved.contains("add ah"), saved);
        assertEquals(
                0400, (Integer) Files.getAttribute(home.resolve("snapshot"), "unix:mode") & 0777);
    }

    @Test
    void e5Deletes() {
        Printed gone = new Printed(missing("esp", "0x2112", "224.0.0.1") + FATAL, "", 1);
        typist.types("add esp spi 0x2112 dst 224.0.0.1" + ESP);
        assertEquals(SILENT, typist.command("delete esp spi 0x2112 dst 224.0.0.1"));
        assertEquals(gone, typist.command("delete esp spi 0x2112 dst 224.0.0.1"));
        typist.types("add esp spi 0x2112 dst 224.0.0.1" + ESP);
        assertEquals(SILENT, typist.command("delete-pair esp spi 0x2112 dst 224.0.0.1"));
        Printed absent = typist.command("delete-pair esp spi 0x2112 dst 224.0.0.1");
        assertTrue(absent.out().startsWith("PF_KEY Diagnostic code 78: "), absent.out());
        assertEquals(1, absent.exit());
    }

    @Test
    void e5dDeletesBothOfAPair() {
        addPair();
        assertEquals(SILENT, typist.command("delete-pair esp spi 0x2345 dst you"));
        assertEquals("Dump succeeded for SA type 0.\n", typist.command("dump").out());
    }

    @Test
    void e6Gets() {
        typist.types("add ah spi 0x5150 src me dst mypeer" + AH);
        Printed got = typist.command("get ah spi 0x5150 dst mypeer");
        assertTrue(got.out().contains("DST: AF_INET: port 0, 192.0.2.3 (mypeer).\n"), got.out());
        assertEquals(0, got.exit());
        typist.command("flush");
        assertEquals(
                new Printed(missing("ah", "0x5150", "192.0.2.3") + FATAL, "", 1),
                typist.command("get ah spi 0x5150 dst mypeer"));
    }

    @Test
    void e6cGetsOfAllAddresses() {
        typist.types("add ah spi 0x5150 dst 192.0.2.5" + AH);
        Printed got = typist.command("get ah spi 0x5150 dst twofold");
        assertTrue(got.out().startsWith(missing("ah", "0x5150", "192.0.2.4")), got.out());
        assertTrue(got.out().contains("192.0.2.5 (twofold)"), got.out());
        assertEquals(1, got.exit());
    }

    @Test
    void e7AddsAndUpdates() {
        String typed =
                "add ah spi 0x90125 src me.domain.com dst you.domain.com \\\n  "
                        + AH
                        + "update ah spi 0x90125 dst you.domain.com hard_bytes \\\n 16000000\n"
                        + "exit\n";
        assertEquals(SILENT, typist.types(typed));
        String shown = typist.command("get ah spi 0x90125 dst you").out();
        assertTrue(shown.contains("SA: flags=0x8000 < X_OUTBOUND >\n"), shown);
        assertTrue(
                shown.contains("HLT: 16000000 bytes (15.26 MB) of lifetime, 0 allocations.\n"),
                shown);
    }

    @Test
    void e7PairsOppositeDirectionsAlone() {
        typist.types("add esp spi 0x2345 src me dst you" + ESP);
        String same = "add esp spi 0x5432 src me dst you pair-spi 0x2345" + ESP;
        Printed refused = typist.types(same);
        assertTrue(refused.out().startsWith("PF_KEY Diagnostic code 73: "), refused.out());
        assertEquals(1, typist.command("get esp spi 0x5432 dst you").exit());
        String opposite = "add esp spi 0x5432 src you dst me pair-spi 0x2345" + ESP;
        assertEquals(SILENT, typist.types(opposite));
        String shown = typist.command("get esp spi 0x2345 dst you").out();
        assertTrue(shown.contains("OTH: Paired with spi=0x5432\n"), shown);
    }

    @Test
    void e8AddsInbound() {
        typist.types(
                "add ah spi 0x2112 src you.domain.com dst me.domain.com hard_bytes 16000000" + AH);
        String shown = typist.command("get ah spi 0x2112 dst me").out();
        assertTrue(shown.contains("SA: flags=0x4000 < X_INBOUND >\n"), shown);
        assertTrue(shown.contains("HLT: 16000000 bytes (15.26 MB) of lifetime"), shown);
    }

    @Test
    void e9Monitors() throws Exception {
        // two messages: the echo of X_PROMISC, and the FLUSH of another client
        CountDownLatch listening = new CountDownLatch(2);
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        AtomicInteger exit = new AtomicInteger(-1);
        Thread monitor =
                new Thread(
                        () -> exit.set(typist.watches("-n monitor", watched(seen, listening, 3))));
        monitor.start();
        listening.await();
        assertEquals(SILENT, typist.command("flush"));
        monitor.join();
        String text = seen.toString(StandardCharsets.ISO_8859_1);
        assertTrue(text.startsWith("Actively monitoring the PF_KEY socket.\nRead 16 bytes.\n"));
        assertTrue(text.contains("type X_PROMISC, SA type <unknown 1>.\n"), text);
        assertTrue(text.contains("type FLUSH, SA type <unspecified/all>.\n"), text);
        assertTrue(text.contains("Timestamp: Tue Dec 23 02:40:00 2008\n"), text);
        assertEquals(2, exit.get());
    }

    /** Counts flushes, which a monitor does before each wait, and interrupts it at the last. */
    private static OutputStream watched(OutputStream seen, CountDownLatch waits, int last) {
        AtomicInteger flushes = new AtomicInteger();
        return new FilterOutputStream(seen) {
            @Override
            public void flush() throws IOException {
                super.flush();
                waits.countDown();
                if (flushes.incrementAndGet() == last) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    @Test
    void e10LoadsAFile() throws IOException {
        typist.types("add esp spi 1 src me dst you" + ESP + "add ah spi 2 src me dst you" + AH);
        Printed loaded =
                typist.file(
                        """
                        # This is a sample file for flushing out the ESP table and
                        # adding a pair of SAs.

                        flush esp

                        ### Watch out!  I have keying material in this file.

                        add esp spi 0x2112 src me.domain.com dst you.domain.com \\
                            authalg md5 authkey bde359723576fdea08e56cbe876e24ad \\
                            encralg des encrkey be02938e7def2839 hard_usetime 28800
                        add esp spi 0x5150 src you.domain.com dst me.domain.com \\
                            authalg md5 authkey 930987dbe09743ade09d92b4097d9e93 \\
                            encralg des encrkey 8bd4a52e10127deb hard_usetime 28800

                        ## End of file  -  This is a gratuitous comment
                        """);
        assertEquals(SILENT, loaded);
        assertEquals(1, typist.command("get esp spi 1 dst you").exit());
        assertEquals(0, typist.command("get ah spi 2 dst you").exit());
        String first = typist.command("get esp spi 0x2112 dst you").out();
        assertTrue(first.contains("HLT: 28800 seconds (8.00 hours) of post-use lifetime."), first);
        String second = typist.command("get esp spi 0x5150 dst me").out();
        assertTrue(second.contains("EKY: 8ad5a42f10137cea/64\n"), second);
        assertTrue(second.contains("< X_INBOUND >"), second);
    }

    @Test
    void e11AddsIpv6() {
        assertEquals(
                SILENT,
                typist.types(
                        "add esp spi 0x6789 src6 fec0:bbbb::4483 dst6 fec0:bbbb::7843\\\n"
                                + "hard_usetime 28800"
                                + ESP));
        String shown = typist.command("get esp spi 0x6789 dst fec0:bbbb::7843").out();
        assertTrue(shown.contains("DST: AF_INET6: port 0, fec0:bbbb::7843 "), shown);
        assertTrue(shown.contains("< X_OUTBOUND >"), shown);
    }

    @Test
    void e12Pairs() throws IOException {
        String update = "update esp spi 0x123456 dst 192.168.99.2 pair-spi 0x654321";
        assertEquals(
                new Printed("", "ipseckey: can't do ADD or UPDATE from the command line.\n\n", 1),
                typist.command(update));
        typist.types(
                "add esp spi 0x123456 src 192.0.2.1 dst 192.168.99.2"
                        + ESP
                        + "add esp spi 0x654321 src 192.168.99.2 dst 192.0.2.1"
                        + ESP);
        assertEquals(SILENT, typist.file(update + "\n"));
        String shown = typist.command("get esp spi 0x654321 dst 192.0.2.1").out();
        assertTrue(shown.contains("OTH: Paired with spi=0x123456\n"), shown);
        assertEquals(SILENT, typist.command("flush"));
        Printed refused = typist.file(update + "\n");
        assertTrue(refused.out().contains("Diagnostic code 78: "), refused.out());
        assertEquals(1, refused.exit());
    }

    @Test
    void aServerThatIsNotThereIsAnError() throws IOException {
        server.close();
        Printed refused = typist.command("flush");
        assertEquals("ipseckey: Unable to open PF_KEY socket.\n\n" + FATAL, refused.out());
        assertEquals(1, refused.exit());
        assertEquals(0, typist.command("help").exit());
    }

    private void addOneOfEach() {
        assertEquals(
                SILENT,
                typist.types(
                        "add ah spi 1 src me dst you" + AH + "add esp spi 2 src me dst you" + ESP));
    }

    private void addPair() {
        assertEquals(
                SILENT,
                typist.types(
                        "add esp spi 0x2345 src me dst you"
                                + ESP
                                + "add esp spi 0x5432 src you dst me pair-spi 0x2345"
                                + ESP));
    }
}
