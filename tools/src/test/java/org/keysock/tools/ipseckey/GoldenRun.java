package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.text.AddressText;
import org.keysock.pfkey.text.MessageText;
import org.keysock.tools.cli.PfkeyRun;
import org.keysock.tools.ipseckey.Typist.Printed;

/** Carries out the steps of a case against real emulators on virtual clocks, over their sockets. */
final class GoldenRun implements AutoCloseable {

    /** The set-up of solaris.md 6.1, and names with several addresses. */
    private static final String HOSTS =
            """
            192.0.2.1 me.domain.com me
            192.0.2.2 you.domain.com you
            192.0.2.3 mypeer
            192.0.2.4 twofold
            192.0.2.5 twofold
            2001:db8::6 dual
            192.0.2.6 dual
            """;

    private static final String[] LOCAL = {"192.0.2.1", "127.0.0.1", "::1", "fec0:bbbb::4483"};
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String PID = "" + ProcessHandle.current().pid();

    private final Path home;
    private final Map<String, PfKeyServer> servers = new HashMap<>();
    private final Map<String, Watcher> watchers = new HashMap<>();
    private final Map<String, StreamConnection> sockets = new HashMap<>();
    private final List<String> switches = new ArrayList<>();

    GoldenRun(Path home) throws IOException {
        this.home = home;
        Files.writeString(home.resolve("hosts"), HOSTS);
        System.setProperty("pfkey.hosts", home.resolve("hosts").toString());
        System.setProperty("pfkey.ipseckey.patience", "10000");
    }

    /** What is to be seen of a step, as the lines of a case's file. */
    List<String> output(GoldenCase.Step step) throws Exception {
        List<String> words = new ArrayList<>(Words.of(step.command()));
        String server = words.get(0).equals("second") ? words.remove(0) : "first";
        Map<String, String> env = new HashMap<>();
        while (words.get(0).indexOf('=') > 0) {
            String[] parts = words.remove(0).split("=", 2);
            env.put(parts[0], parts[1]);
        }
        String verb = words.remove(0);
        String input = String.join("\n", step.input()) + (step.input().isEmpty() ? "" : "\n");
        return switch (verb) {
            case "#" -> List.of();
            case "switch" -> {
                switches.addAll(words);
                yield List.of();
            }
            case "write" -> write(words.get(0), words.get(1), input);
            case "show" -> show(words.get(0));
            case "stop" -> {
                server(server).close();
                yield List.of();
            }
            case "ipseckey" -> lines(typist(server, env).run(input, words));
            case "pfkey" -> pfkey(server, words);
            case "send" ->
                    only(
                            words.subList(1, words.size()),
                            lines(new Printed(sent(server, words.get(0), step.input()), "", 0)));
            case "watch" -> {
                Watcher watcher = new Watcher(typist(server, env), words.subList(2, words.size()));
                watchers.put(words.get(0), watcher);
                watcher.until(words.get(1).equals("monitor") ? 2 : 1, PATIENCE_MILLIS);
                yield List.of();
            }
            case "until" -> {
                heard(words);
                yield List.of();
            }
            case "seen" -> only(words.subList(2, words.size()), lines(heard(words).interrupted()));
            case "together" -> together(server, words);
            default -> throw new IllegalArgumentException("no step: " + step.command());
        };
    }

    /** The monitor of that name, when it has shown so many messages and waits for the next. */
    private Watcher heard(List<String> words) throws InterruptedException {
        Watcher watcher = Objects.requireNonNull(watchers.get(words.get(0)));
        watcher.until(Integer.parseInt(words.get(1)) + 1, PATIENCE_MILLIS);
        return watcher;
    }

    /** The lines that begin with one of these words, or all when there are none. */
    private static List<String> only(List<String> beginnings, List<String> lines) {
        return lines.stream()
                .filter(
                        line ->
                                beginnings.isEmpty()
                                        || beginnings.stream()
                                                .anyMatch(word -> line.startsWith("| " + word)))
                .toList();
    }

    private PfKeyServer server(String name) throws IOException {
        PfKeyServer server = servers.get(name);
        if (server == null) {
            List<IpAddress> local = Arrays.stream(LOCAL).map(AddressText::parse).toList();
            ServerOptions options =
                    ServerOptions.in(home.resolve(name))
                            .withVirtualClock(1230000000)
                            .withSeed(1)
                            .withLocal(local);
            for (String assignment : switches) {
                options = options.withSwitch(assignment);
            }
            server = PfKeyServer.start(options);
            servers.put(name, server);
        }
        return server;
    }

    private Typist typist(String server, Map<String, String> env) throws IOException {
        return new Typist(server(server).folder(), home, env);
    }

    private List<String> write(String name, String mode, String text) throws IOException {
        Path file = home.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        Files.setAttribute(file, "unix:mode", Integer.parseInt(mode, 8));
        return List.of();
    }

    private List<String> show(String name) throws IOException {
        Path file = home.resolve(name);
        int mode = (Integer) Files.getAttribute(file, "unix:mode") & 07777;
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return lines(new Printed("mode " + Integer.toOctalString(mode) + "\n" + text, "", 0));
    }

    private List<String> pfkey(String server, List<String> words) throws IOException {
        PfkeyRun run = new PfkeyRun(server(server).folder(), "");
        int exit = run.run(words.toArray(new String[0]));
        return lines(new Printed(run.out(), run.err(), exit));
    }

    /** Writes a record to a key socket that stays open; its answer as text. */
    private String sent(String server, String socket, List<String> input) throws IOException {
        StreamConnection connection = sockets.get(socket);
        if (connection == null) {
            Path path = server(server).folder().resolve("solaris.stream");
            connection = StreamConnection.open(path, Numbers.SOLARIS);
            sockets.put(socket, connection);
        }
        StringBuilder hex = new StringBuilder();
        for (String line : input) {
            int remark = line.indexOf('#');
            hex.append(remark < 0 ? line : line.substring(0, remark));
        }
        byte[] record = HexFormat.of().parseHex(hex.toString().replace(" ", ""));
        connection.sendRecord(record);
        while (true) {
            Reading reading = connection.receive(PATIENCE_MILLIS);
            if (reading == null) {
                throw new IOException("no answer");
            }
            BaseHeader header = KeyLink.header(reading);
            if (header.sequence() == record[8] && header.pid() == record[12]) {
                return MessageText.in(DialectName.SOLARIS).withKeys().of(reading) + "\n";
            }
        }
    }

    /**
     * The same command as many processes at the same moment; how many ended how. One process could
     * not tell its answers apart, which bear its process id.
     */
    private List<String> together(String server, List<String> words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xint", "-cp", System.getProperty("java.class.path")));
        command.add(Ipseckey.class.getName());
        command.addAll(words.subList(1, words.size()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PFKEY_DIR", server(server).folder().toString());
        List<Process> processes = new ArrayList<>();
        for (int left = Integer.parseInt(words.get(0)); left > 0; left--) {
            processes.add(builder.start());
        }
        Map<String, Integer> ends = new TreeMap<>();
        for (Process process : processes) {
            process.getOutputStream().close();
            String out =
                    new String(
                            process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            List<String> end = lines(new Printed(out, "", process.waitFor()));
            ends.merge(String.join("\n", end), 1, Integer::sum);
        }
        List<String> all = new ArrayList<>();
        ends.forEach(
                (end, times) -> {
                    all.add("x " + times);
                    all.addAll(end.lines().toList());
                });
        return all;
    }

    private static List<String> lines(Printed printed) {
        List<String> lines = new ArrayList<>();
        mark(lines, '|', printed.out());
        mark(lines, '!', printed.err());
        if (printed.exit() != 0) {
            lines.add("= " + printed.exit());
        }
        return lines;
    }

    private static void mark(List<String> lines, char mark, String text) {
        String own = text.replace("pid=" + PID + ".", "pid=4711.");
        own.lines().forEach(line -> lines.add(line.isEmpty() ? "" + mark : mark + " " + line));
        if (!own.isEmpty() && !own.endsWith("\n")) {
            lines.add("\\");
        }
    }

    @Override
    public void close() throws IOException {
        for (StreamConnection socket : sockets.values()) {
            socket.close();
        }
        for (PfKeyServer server : servers.values()) {
            server.close();
        }
    }
}
