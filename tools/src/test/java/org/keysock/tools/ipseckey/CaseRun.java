package org.keysock.tools.ipseckey;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;
import org.keysock.tools.ipseckey.RecordedCase.StagedFile;

/** Runs the command as a case says, in a folder of its own, and tells how it differed. */
final class CaseRun {

    static final String HOSTS =
            """
            127.0.0.1 localhost
            192.0.2.1 me.example me
            192.0.2.2 you.example you
            192.0.2.3 two.example
            192.0.2.4 two.example
            2001:db8::1 me6.example
            2001:db8::2 you6.example
            2001:db8::5 dual.example
            192.0.2.5 dual.example
            2001:db8::6 dual2.example
            192.0.2.6 dual2.example
            192.0.2.7 dual2.example
            fe80::7 ll.example
            2001:db8::9 six2.example
            2001:db8::a six2.example
            10.0.0.1 gw.example
            """;

    private static final String CLOCK = "virtual 1230000000\n";

    private final RecordedCase recorded;
    private final Path folder;
    private final List<String> differences = new ArrayList<>();

    private CaseRun(RecordedCase recorded, Path folder) {
        this.recorded = recorded;
        this.folder = folder;
    }

    /** How the command differed from the recording; empty when it did not. */
    static List<String> differences(RecordedCase recorded, Path folder) throws Exception {
        CaseRun run = new CaseRun(recorded, folder);
        run.run();
        return run.differences;
    }

    private void run() throws Exception {
        stage();
        boolean silent = recorded.exchanges().stream().anyMatch(e -> e.replies().isEmpty());
        System.setProperty("pfkey.ipseckey.patience", silent ? "200" : "10000");
        ByteArrayOutputStream out = new Interrupting(flushesBeforeInterrupt());
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> env = new HashMap<>(recorded.env());
        env.put("TZ", "UTC0");
        env.put("PFKEY_DIR", folder.toString());
        int code;
        List<String> surprises;
        try (ScriptedKernel kernel = kernel()) {
            Surroundings surroundings =
                    new Surroundings(
                            new ByteArrayInputStream(recorded.stdin()),
                            new Output(out),
                            new Output(err),
                            env,
                            folder,
                            false);
            code = Ipseckey.run(recorded.argv(), surroundings);
            boolean interrupted = Thread.interrupted();
            surprises = kernel.surprises();
            if (interrupted) {
                differences.add("the interrupt was not noticed");
            }
        }
        differences.addAll(surprises);
        if (recorded.has("stdout_recorded")) {
            if (recorded.json().get("stdout_nonempty").getAsBoolean() != (out.size() > 0)) {
                differences.add("standard output: " + out.size() + " bytes");
            }
        } else {
            compare("standard output", recorded.text("stdout"), latin1(out));
        }
        compare("standard error", recorded.text("stderr"), latin1(err));
        compare("exit code", recorded.text("exit"), Integer.toString(code));
        compareFiles();
    }

    private ScriptedKernel kernel() throws IOException {
        // a socket that cannot be connected to is staged as one that is not there
        Path socket = folder.resolve(recorded.has("socket") ? "elsewhere" : "solaris.stream");
        return new ScriptedKernel(socket, recorded.exchanges(), recorded.has("signal"));
    }

    private void stage() throws IOException {
        Files.writeString(folder.resolve("clock"), CLOCK);
        String hosts = recorded.text("hosts");
        Path hostsFile = folder.resolve("hosts");
        Files.writeString(hostsFile, hosts.equals("default") ? HOSTS : hosts);
        System.setProperty("pfkey.hosts", hostsFile.toString());
        for (Map.Entry<String, StagedFile> entry : recorded.files("files").entrySet()) {
            Path path = folder.resolve(entry.getKey());
            StagedFile file = entry.getValue();
            String text = file.text();
            if (file.folder() || text == null) {
                Files.createDirectory(path);
                continue;
            }
            Files.write(path, RecordedCase.latin1(text));
            if (file.owner() >= 0) {
                Files.setAttribute(path, "unix:uid", file.owner());
            }
            Files.setAttribute(path, "unix:mode", file.mode());
        }
    }

    private void compareFiles() throws IOException {
        for (Map.Entry<String, StagedFile> entry : recorded.files("files_after").entrySet()) {
            Path path = folder.resolve(entry.getKey());
            if (!Files.exists(path)) {
                differences.add("no file " + path);
                continue;
            }
            String text = entry.getValue().text();
            compare(
                    "file",
                    text == null ? "" : text,
                    Files.readString(path, StandardCharsets.ISO_8859_1));
            int mode = (Integer) Files.getAttribute(path, "unix:mode") & 07777;
            compare(
                    "mode",
                    Integer.toOctalString(entry.getValue().mode()),
                    Integer.toOctalString(mode));
        }
    }

    private void compare(String what, String wanted, String got) {
        String expected = wanted;
        String actual = got.replace("pid=" + ProcessHandle.current().pid() + ".", "pid=4711.");
        for (String loose : recorded.strings("volatile_text")) {
            Pattern pattern = Pattern.compile(loose);
            expected = pattern.matcher(expected).replaceAll("");
            actual = pattern.matcher(actual).replaceAll("");
        }
        if (!expected.equals(actual)) {
            differences.add(what + "\n wanted <" + expected + ">\n    got <" + actual + ">");
        }
    }

    /** An interrupt comes when the client waits after the last recorded message; -1 for never. */
    private int flushesBeforeInterrupt() {
        return recorded.has("signal") ? recorded.exchanges().get(0).replies().size() + 1 : -1;
    }

    private static String latin1(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Interrupts the writer when it has flushed so often: a monitor flushes before each wait. */
    private static final class Interrupting extends ByteArrayOutputStream {
        private int left;

        Interrupting(int flushes) {
            left = flushes;
        }

        @Override
        public synchronized void flush() throws IOException {
            super.flush();
            if (--left == 0) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
