package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.tools.terminal.PseudoTerminal;

/** The command as a process on a terminal, with a person who types. */
@Timeout(300)
final class InteractiveTest {

    private static final String PROMPT = "ipseckey> ";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String ENTER = String.valueOf((char) 13);
    private static final String TAB = "\t";

    /** As terminals send it while their keypad is that of an application. */
    private static final String UP = "\u001bOA";

    @TempDir private Path home;
    private PfKeyServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                PfKeyServer.start(
                        ServerOptions.in(home.resolve("emulator")).withVirtualClock(1230000000));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private PseudoTerminal terminal() throws IOException {
        return terminal("xterm", System.getProperty("java.class.path"), server.folder());
    }

    private static PseudoTerminal terminal(String type, String classPath, Path emulator)
            throws IOException {
        return new PseudoTerminal(
                command(classPath),
                Map.of(
                        "TERM",
                        type,
                        "PATH",
                        System.getenv("PATH"),
                        "TZ",
                        "UTC0",
                        "PFKEY_DIR",
                        emulator.toString()));
    }

    private static List<String> command(String classPath, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, Ipseckey.class.getName()));
        return command;
    }

    private static String withoutJline() {
        List<String> kept = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("jline")) {
                kept.add(entry);
            }
        }
        return String.join(File.pathSeparator, kept);
    }

    @Test
    void promptStandsBeforeEachCommandAndErrorsDoNotEndIt() throws Exception {
        try (PseudoTerminal person = terminal()) {
            assertEquals(PROMPT, person.await(PROMPT));

            person.type("dump" + ENTER);
            assertEquals("dump\nDump succeeded for SA type 0.\n" + PROMPT, person.await(PROMPT));

            person.type("nonsense" + ENTER);
            assertEquals(
                    "nonsense\n"
                            + "ipseckey: Unknown command (nonsense).\n\n"
                            + "Type help or ? for usage info\n"
                            + PROMPT,
                    person.await(PROMPT));

            person.type("add esp spi 1" + ENTER);
            assertTrue(person.await(PROMPT).contains("Select at least one algorithm"));

            person.type("# dump" + ENTER);
            assertEquals("# dump\n" + PROMPT, person.await(PROMPT));

            person.type("quit" + ENTER);
            assertEquals(0, person.end());
        }
    }

    @Test
    void historyBringsLinesBack() throws Exception {
        try (PseudoTerminal person = terminal()) {
            person.await(PROMPT);
            person.type("dump ah" + ENTER);
            person.await("SA type 2.\n" + PROMPT);
            person.type("help quit" + ENTER);
            person.await("Exit the program\n" + PROMPT);

            person.type(UP);
            person.await("help quit");
            person.type(UP);
            person.await("dump ah");
            person.type(ENTER);
            person.await("SA type 2.\n" + PROMPT);
        }
    }

    @Test
    void wordsAreCompleted() throws Exception {
        try (PseudoTerminal person = terminal()) {
            person.await(PROMPT);
            person.type("fl" + TAB);
            person.await("flush ");
            person.type("e" + TAB);
            person.await("esp ");
            person.type(CTRL_C);
            person.await(PROMPT);

            person.type("add esp encr" + TAB);
            person.await("encr_alg   encralg    encrkey");
            person.type(CTRL_C);
            person.await(PROMPT);

            person.type("add esp encrk" + TAB);
            person.await("add esp encrkey ");
            person.type("01 encralg bl" + TAB);
            person.await("01 encralg blowfish");
            person.type(" state m" + TAB);
            person.await("state mature ");
            person.type("srcidtype u" + TAB);
            person.await("srcidtype user_fqdn ");
            person.type("me@here pair" + TAB);
            person.await("pair-spi ");
            // not before: the terminal throws away what was typed ahead of an interrupt
            person.type(CTRL_C);
            person.await(PROMPT);

            person.type("get esp \\" + ENTER);
            person.await("\n> ");
            person.type("out" + TAB);
            person.await("outbound ");
        }
    }

    @Test
    void backslashContinuesALine() throws Exception {
        try (PseudoTerminal person = terminal()) {
            person.await(PROMPT);
            person.type("dump \\" + ENTER);
            assertEquals("dump \\\n> ", person.await("\n> "));
            person.type("esp" + ENTER);
            assertEquals("esp\nDump succeeded for SA type 3.\n" + PROMPT, person.await(PROMPT));
        }
    }

    @Test
    void interruptAbandonsACommandThatIsBeingTyped() throws Exception {
        try (PseudoTerminal person = terminal()) {
            person.await(PROMPT);
            person.type("dump ah" + CTRL_C);
            person.await(PROMPT);
            person.type("dump \\" + ENTER);
            person.await("\n> ");
            person.type("es" + CTRL_C);
            assertFalse(person.await(PROMPT).contains("Dump"));
            person.type("dump" + ENTER);
            person.await("Dump succeeded for SA type 0.\n" + PROMPT);
        }
    }

    @Test
    void interruptEndsAMonitorAndNothingElse() throws Exception {
        try (PseudoTerminal person = terminal()) {
            person.await(PROMPT);
            person.type("monitor" + ENTER);
            person.await("type X_PROMISC");
            person.type(CTRL_C);
            person.await("\n" + PROMPT);
            person.type("dump" + ENTER);
            person.await("Dump succeeded for SA type 0.\n" + PROMPT);
            person.type(CTRL_D);
            assertEquals(0, person.end());
        }
    }

    @Test
    void interruptDoesNotDisturbACommand() throws Exception {
        Path slow = home.resolve("solaris.stream");
        try (ServerSocketChannel kernel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            kernel.bind(UnixDomainSocketAddress.of(slow));
            String classPath = System.getProperty("java.class.path");
            try (PseudoTerminal person = terminal("xterm", classPath, home)) {
                person.await(PROMPT);
                person.type("flush" + ENTER);
                try (SocketChannel client = kernel.accept()) {
                    ByteBuffer message = ByteBuffer.allocate(16);
                    while (message.hasRemaining() && client.read(message) >= 0) {
                        // the whole of it
                    }
                    person.type(CTRL_C);
                    person.await("^C");
                    client.write(message.flip());
                    person.await(PROMPT);
                    person.type("quit" + ENTER);
                    assertEquals(0, person.end());
                }
            }
        }
    }

    @Test
    void endOfInputEndsTheCommandAndLeavesTheTerminalAsItWas() throws Exception {
        try (PseudoTerminal person = terminal()) {
            person.await(PROMPT);
            person.type(CTRL_D);
            assertEquals(0, person.end());
            String raw = person.raw();
            assertTrue(raw.endsWith("\u001b[?2004l"), "pasting is as it was");
            assertTrue(
                    raw.lastIndexOf("\u001b[?1l\u001b>") > raw.lastIndexOf("\u001b[?1h\u001b="),
                    "the keypad is as it was");
            assertTrue(raw.lastIndexOf('\n') > raw.lastIndexOf(PROMPT), "a line of one's own");
        }
    }

    @Test
    void terminalThatCannotMoveItsCursorGetsAPlainPrompt() throws Exception {
        try (PseudoTerminal person =
                terminal("dumb", System.getProperty("java.class.path"), server.folder())) {
            plainSession(person);
        }
    }

    @Test
    void promptIsPlainWithoutJline() throws Exception {
        try (PseudoTerminal person = terminal("xterm", withoutJline(), server.folder())) {
            plainSession(person);
        }
    }

    private static void plainSession(PseudoTerminal person) throws Exception {
        person.await(PROMPT);
        person.type("dump \\\n");
        person.await("\n> ");
        person.type("ah\n");
        person.await("Dump succeeded for SA type 2.\n" + PROMPT);
        person.type("nonsense\n");
        person.await("Type help or ? for usage info\n" + PROMPT);
        person.type(CTRL_D);
        assertEquals(0, person.end());
        assertEquals(-1, person.raw().indexOf('\u001b'), "no escape sequence");
    }

    @Test
    void pipeNeedsNothingOfJline() throws Exception {
        Path loaded = home.resolve("loaded");
        ProcessBuilder builder =
                new ProcessBuilder(
                        command(
                                System.getProperty("java.class.path"),
                                "-Xlog:class+load:file=" + loaded));
        builder.environment().put("PFKEY_DIR", server.folder().toString());
        builder.environment().put("TERM", "xterm");
        Process process = builder.start();
        try (var in = process.outputWriter()) {
            in.write("help quit\ndump\nquit\n");
        }

        assertEquals(
                List.of(
                        "quit, exit - Exit the program",
                        PROMPT + "Dump succeeded for SA type 0.",
                        PROMPT),
                process.inputReader().lines().toList());
        assertEquals(0, process.waitFor());
        String classes = Files.readString(loaded);
        assertTrue(classes.contains("ipseckey.ReadLoop "), "the log is one of classes");
        assertFalse(classes.contains("org.jline."), "JLine was loaded");
    }
}
