package org.keysock.tools.klips;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/** {@code ipsec pf_key} against an emulator. */
@Timeout(60)
final class PfKeyMonitorTest {

    /** What a thread prints, for another one to wait for. */
    private static final class Watched extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            notifyAll();
        }

        synchronized void awaitText(String text) throws InterruptedException {
            while (!toString(ISO_8859_1).contains(text)) {
                wait();
            }
        }
    }

    private static final long START = 1_230_000_000;

    @TempDir private Path home;

    private final Watched out = new Watched();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private PfKeyServer server;
    private KlipsShell shell;

    @BeforeEach
    void start() throws IOException {
        server =
                PfKeyServer.start(
                        ServerOptions.in(home.resolve("emulator"))
                                .withVirtualClock(START)
                                .withSeed(1));
        shell = new KlipsShell(server.folder(), home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private FutureTask<Integer> monitor(String... words) {
        Surroundings surroundings =
                new Surroundings(
                        InputStream.nullInputStream(),
                        new Output(out),
                        new Output(err),
                        Map.of("PFKEY_DIR", server.folder().toString()),
                        home,
                        false);
        FutureTask<Integer> run = new FutureTask<>(() -> Ipsec.run(words, surroundings));
        new Thread(run, "pf_key").start();
        return run;
    }

    private void add(String said) {
        List<String> words = List.of("spi", "--said", said, "--src", "10.0.0.1", "--ip4");
        assertEquals(0, shell.run(words).exit());
    }

    @Test
    void itRegistersForAllAndShowsWhatItHears()
            throws IOException, InterruptedException, ExecutionException {
        FutureTask<Integer> run = monitor("pf_key", "--encodefile", "heard", "--daemon", "number");
        out.awaitText("type=7(register) seq=4");
        add("tun.1001@10.0.0.2");
        out.awaitText("type=3(add) seq=1 len=11");
        server.close();
        assertEquals(0, run.get());
        String text = out.toString(ISO_8859_1);
        for (String saType : List.of("2(AH)", "3(ESP)", "9(IPIP)", "10(COMP)")) {
            assertTrue(text.contains(" satype=" + saType), text);
        }
        assertTrue(text.contains("{ext=1 len=3 spi=01100000 replay=0 state=1 "), text);
        assertTrue(text.endsWith("\npf_key: exited normally\n"), text);
        assertEquals("", err.toString(ISO_8859_1));
        Path copies = home.resolve("heard");
        assertEquals(5, Files.readAllLines(copies).size());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copies)));
        assertTrue(Integer.parseInt(Files.readString(home.resolve("number")).strip()) > 0);
    }

    @Test
    void aSignalEndsItCleanly()
            throws InterruptedException, ExecutionException, ReflectiveOperationException {
        FutureTask<Integer> run = monitor("pf_key", "--esp");
        out.awaitText("type=7(register) seq=1");
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance("TERM"));
        assertEquals(0, run.get());
        String text = out.toString(ISO_8859_1);
        assertTrue(text.endsWith("\npf_key: Exiting on signal 15\n"), text);
        assertEquals(1, text.split("pfkey v2 msg", -1).length - 1, text);
    }

    @Test
    void aFileThatCannotBeWrittenIsTold() throws InterruptedException, ExecutionException {
        assertEquals(1, monitor("pf_key", "--dumpfile", "none/such").get());
        assertEquals(
                "/usr/local/libexec/ipsec/pf_key: cannot write none/such\n",
                err.toString(ISO_8859_1));
    }

    @Test
    void withoutAnEmulatorThereIsNothingToHear()
            throws IOException, InterruptedException, ExecutionException {
        server.close();
        assertEquals(1, monitor("pf_key").get());
        assertTrue(err.toString(ISO_8859_1).contains("Trouble opening PF_KEY family socket"));
    }
}
