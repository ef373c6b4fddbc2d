package org.keysock.tools.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keysock.tools.terminal.PseudoTerminal;

/**
 * A checkout with the real launchers and nothing else that is real: its jars and sources are empty
 * files, and {@code java} and {@code mvn} are scripts that write down how they were called.
 */
final class Checkout {

    private static final List<String> MODULES = List.of("pfkey-protocol", "kernel-sim", "tools");
    private static final List<String> BORROWED =
            List.of(
                    "sh",
                    "find",
                    "flock",
                    "readlink",
                    "sed",
                    "mkdir",
                    "cat",
                    "awk",
                    "mktemp",
                    "rm",
                    "timeout",
                    "touch");

    private static final String JAVA =
            """
            #!/bin/sh
            case $1 in -version) echo 'openjdk version "VERSION"' >&2; exit ;; esac
            for word in "$@"; do printf '%s\\n' "$word"; done
            """;

    private static final String MVN =
            """
            #!/bin/sh
            echo "$@" >>"CALLS"
            for module in pfkey-protocol kernel-sim tools; do
                mkdir -p $module/target/lib
                echo >$module/target/$module.jar
                # no two files of one moment
                touch -d @$(($(cat CLOCK) + 1)) $module/target/$module.jar
                echo $(($(cat CLOCK) + 1)) >CLOCK
            done
            echo a line of Maven
            """;

    private final Path root;
    private final Path path;
    private final Path calls;
    private final Map<String, String> environment = new HashMap<>();
    private long time = 1_000_000;

    /** A checkout that is not built, with Java 17 and Maven, in a folder. */
    Checkout(Path folder) throws IOException {
        root = folder.resolve("check out");
        path = Files.createDirectory(folder.resolve("path"));
        calls = folder.resolve("calls");
        Path real = Path.of(System.getProperty("pfkey.root"), "tools");
        for (String name : List.of("bin", "lib")) {
            copy(real.resolve(name), root.resolve("tools").resolve(name));
        }
        for (String module : MODULES) {
            write(module + "/pom.xml");
            write(module + "/src/main/Source.java");
        }
        write("pom.xml");
        write("tools/shim/build.sh");
        write("tools/shim/source.c");
        for (String name : BORROWED) {
            script(name, "#!/bin/sh\nexec " + realTool(name) + " \"$@\"\n");
        }
        java("17.0.1");
        Path clock = Files.writeString(folder.resolve("clock"), "2000000");
        script("mvn", MVN.replace("CALLS", "" + calls).replace("CLOCK", "" + clock));
        environment.put("PATH", path.toString());
        environment.put("HOME", folder.toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    private static Path realTool(String name) {
        return Stream.of("/usr/bin/", "/bin/")
                .map(folder -> Path.of(folder + name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    /** Puts a script into PATH. */
    void script(String name, String text) throws IOException {
        Path script = Files.writeString(path.resolve(name), text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /** Has {@code java} be of that version, in a JDK that can compile. */
    void java(String version) throws IOException {
        script("java", JAVA.replace("VERSION", version));
        environment.put("JAVA_HOME", "");
    }

    /** Takes a program out of PATH. */
    void without(String name) throws IOException {
        Files.delete(path.resolve(name));
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** A file of the checkout, newer than all that were written before. */
    Path write(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.fromMillis(++time * 1000));
        Files.setLastModifiedTime(file.getParent(), FileTime.fromMillis(time * 1000));
        return file;
    }

    /** Builds it as Maven would, archives included. */
    void build() throws IOException {
        for (String module : MODULES) {
            Files.createDirectories(root.resolve(module + "/target/lib"));
            write(module + "/target/" + module + ".jar");
        }
        for (String name : List.of("server", "pfkey", "ipseckey", "setkey", "ipsec")) {
            Path archive = write("tools/target/cds/17.0.1/" + name + ".jsa");
            FileTime written = Files.getLastModifiedTime(archive);
            Files.writeString(archive, "an archive");
            Files.setLastModifiedTime(archive, written);
        }
    }

    Path root() throws IOException {
        return root.toRealPath();
    }

    Path launcher(String name) {
        return root.resolve("tools/bin/" + name);
    }

    /** How Maven was called, a line each. */
    List<String> builds() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** How a command ended. */
    record Ended(int status, List<String> out, List<String> err) {

        /** What Java was given behind the class path. */
        List<String> mainAndArguments() {
            return out.subList(out.indexOf("-cp") + 2, out.size());
        }

        String classPath() {
            return out.get(out.indexOf("-cp") + 1);
        }
    }

    /** Starts a launcher by a path, in the system's root folder. */
    Process start(Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(Path.of("/dev/null").toFile());
        return builder.start();
    }

    /** What a launcher starts for a person at a terminal: Java's words up to the main class. */
    String typed(String name, String main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher(name).toString()));
        command.addAll(List.of(arguments));
        try (PseudoTerminal terminal = new PseudoTerminal(command, environment)) {
            return terminal.await(main);
        }
    }

    /** The end of a launcher. */
    static Ended end(Process process) throws IOException, InterruptedException {
        List<String> out = process.inputReader().lines().toList();
        List<String> err = process.errorReader().lines().toList();
        return new Ended(process.waitFor(), out, err);
    }

    Ended run(String name, String... arguments) throws IOException, InterruptedException {
        return end(start(launcher(name), arguments));
    }
}
