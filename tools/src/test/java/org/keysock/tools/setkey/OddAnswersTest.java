package org.keysock.tools.setkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the emulator does not say, and silence. */
@Timeout(60)
final class OddAnswersTest {

    @TempDir private Path home;

    @BeforeEach
    void beQuick() {
        System.setProperty("pfkey.setkey.patience", "20000");
    }

    private Shell.Printed told(String words, byte[]... answers) throws IOException {
        Path socket = home.resolve("linux.stream");
        CannedKernel kernel = new CannedKernel(socket, answers);
        try {
            return new Shell(home, home).run("flush;", words.split(" "));
        } finally {
            kernel.close();
            Files.delete(socket);
        }
    }

    @Test
    void silenceEndsAScriptBeforeItBegins() throws IOException {
        System.setProperty("pfkey.setkey.patience", "1");
        String text = "setkey: the kernel does not say which algorithms it has\n";
        assertEquals(new Shell.Printed("", text, 1), told("-c"));
        assertEquals(new Shell.Printed("", text, 1), told("-f -"));
    }

    @Test
    void silenceEndsADump() throws IOException {
        System.setProperty("pfkey.setkey.patience", "1");
        String text = "recv: Resource temporarily unavailable\n";
        assertEquals(new Shell.Printed("", text, 0), told("-D"));
        assertEquals(new Shell.Printed("", text, 0), told("-F"));
    }

    @Test
    void deadSasAreShownOnDemand() throws IOException {
        byte[] alive = Samples.dumped();
        byte[] dead = alive.clone();
        dead[Samples.STATE] = 3;
        String shown = told("-D", alive).out();
        assertTrue(shown.startsWith("10.0.0.1 10.0.0.2 \n\tesp mode=tunnel"), shown);
        assertTrue(shown.contains(" state=mature \n"), shown);
        String last = shown.replace("sadb_seq=1 ", "sadb_seq=0 ");
        assertEquals(last, told("-D", dead, alive).out());
        String ghost = last.replace("state=mature", "state=dead");
        String first = ghost.replace("sadb_seq=0 ", "sadb_seq=1 ");
        assertEquals(first + last, told("-Da", dead, alive).out());
        assertEquals("", told("-D", dead).out());
        assertEquals(ghost, told("-D -a", dead).out());
    }

    @Test
    void shortLinesKnowTheDead() throws IOException {
        byte[] dead = Samples.dumped();
        dead[Samples.STATE] = 3;
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        CannedKernel kernel = new CannedKernel(home.resolve("linux.stream"), dead);
        new Shell(home, home)
                .run(
                        "",
                        WatchingTest.watched(seen, new CountDownLatch(1), 1),
                        new ByteArrayOutputStream(),
                        "-Dla");
        kernel.close();
        String line = seen.toString(StandardCharsets.ISO_8859_1).lines().skip(1).findFirst().get();
        assertEquals("esp d 00001001  ??/??? 10.0.0.1 -> 10.0.0.2", line.substring(5));
    }

    @Test
    void policiesOfSocketsAreMarked() throws IOException {
        String pid = "pid=" + ProcessHandle.current().pid();
        String in = "(per-socket policy) \n\tin(socket) entrust\n\tspid=35 seq=1 ";
        String out = "(per-socket policy) \n\tout(socket) entrust\n\tspid=35 seq=0 ";
        String end = pid + "\n\trefcnt=0\n";
        byte[][] both = {Samples.policy(4), Samples.policy(5)};
        assertEquals(in + end + out + end, told("-DP", both).out());
        assertEquals("", told("-DPN", both).out());
        String unknown =
                "(no selector, probably per-socket policy) \n\tin entrust\n\tspid=35 seq=0 ";
        assertEquals(unknown + end, told("-DPN", Samples.policy(1)).out());
    }
}
