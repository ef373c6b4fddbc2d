package org.keysock.tools.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.tools.launcher.Checkout.Ended;

final class LauncherTest {

    @TempDir private Path folder;

    private Checkout checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = new Checkout(folder);
    }

    @Test
    void argumentsArePassedAsTheyAre() throws Exception {
        checkout.build();

        Ended ended = checkout.run("ipseckey", "get", "", "a b", "*", "$HOME", "-x", "\"'");

        assertEquals(List.of(), ended.err());
        assertEquals(
                List.of(
                        "org.keysock.tools.ipseckey.Ipseckey",
                        "get",
                        "",
                        "a b",
                        "*",
                        "$HOME",
                        "-x",
                        "\"'"),
                ended.mainAndArguments());
    }

    @Test
    void clientOfANativeToolHasOurTwoJarsAndNoMore() throws Exception {
        checkout.build();
        checkout.write("kernel-sim/target/lib/netty.jar");

        Path root = checkout.root();
        assertEquals(
                root.resolve("tools/target/tools.jar")
                        + ":"
                        + root.resolve("pfkey-protocol/target/pfkey-protocol.jar"),
                checkout.run("ipseckey").classPath());
    }

    @Test
    void personAtATerminalGetsALineEditorBehindThem() throws Exception {
        checkout.build();
        String main = "org.keysock.tools.ipseckey.Ipseckey";
        Path libraries = checkout.root().resolve("tools/target/lib");
        String editor =
                "/pfkey-protocol.jar:"
                        + libraries.resolve("jline-reader.jar")
                        + ":"
                        + libraries.resolve("jline-terminal.jar");

        assertTrue(checkout.typed("ipseckey", main).contains(editor));
        assertTrue(checkout.typed("ipseckey", main, "-n").contains(editor));
        assertFalse(checkout.typed("ipseckey", main, "flush").contains("jline"));
    }

    @Test
    void serverHasTheKernelsClassPathAndTheDefaultCompilers() throws Exception {
        checkout.build();
        Path netty = checkout.write("kernel-sim/target/lib/netty.jar").toRealPath();
        checkout.write("tools/target/tools.jar");
        checkout.write("tools/target/cds/17.0.1/server.jsa");

        Ended run = checkout.run("pfkey", "run", "--", "true");

        assertTrue(run.classPath().endsWith("/pfkey-protocol.jar:" + netty), run.classPath());
        assertFalse(run.out().contains("-XX:TieredStopAtLevel=1"));
        assertEquals(
                List.of("org.keysock.kernel.server.Run", "--", "true"), run.mainAndArguments());
        assertEquals(
                List.of("org.keysock.kernel.server.Serve"),
                checkout.run("pfkey", "serve").mainAndArguments());
        assertEquals(
                List.of("org.keysock.tools.cli.Pfkey", "ctl", "status"),
                checkout.run("pfkey", "ctl", "status").mainAndArguments());
    }

    @Test
    void symbolicLinksAreFollowed() throws Exception {
        checkout.build();
        Path far = Files.createDirectories(folder.resolve("far/away"));
        Path first =
                Files.createSymbolicLink(far.resolve("ipseckey"), checkout.launcher("ipseckey"));
        Path second =
                Files.createSymbolicLink(folder.resolve("link"), Path.of("far/away/ipseckey"));

        String direct = checkout.run("ipseckey").classPath();
        assertEquals(direct, Checkout.end(checkout.start(first)).classPath());
        assertEquals(direct, Checkout.end(checkout.start(second)).classPath());
    }

    @Test
    void javaOptionsReachTheJvm() throws Exception {
        checkout.build();
        checkout.set("PFKEY_JAVA_OPTS", "-Da=* -XX:+UseParallelGC");

        List<String> out = checkout.run("ipseckey").out();

        assertTrue(out.contains("-Da=*"), out.toString());
        assertTrue(out.contains("-XX:+UseParallelGC"), out.toString());
        assertFalse(out.contains("-XX:+UseG1GC"), out.toString());
    }

    @Test
    void archiveIsUsedUnlessTheJarIsNewer() throws Exception {
        checkout.build();
        String option =
                "-XX:SharedArchiveFile="
                        + checkout.root().resolve("tools/target/cds/17.0.1/ipseckey.jsa");

        assertTrue(checkout.run("ipseckey").out().contains(option));

        checkout.write("tools/target/tools.jar");
        Ended without = checkout.run("ipseckey", "get");
        assertEquals(0, without.status());
        assertEquals(List.of(), without.err());
        assertFalse(without.out().contains(option), "an archive of classes that Java did not list");
        assertTrue(without.mainAndArguments().contains("get"));
    }

    @Test
    void missingJavaIsToldInOneLine() throws Exception {
        checkout.build();
        checkout.without("java");

        Ended ended = checkout.run("ipseckey");

        assertEquals(1, ended.status());
        assertEquals(
                List.of(
                        "ipseckey: a JDK 17 or later is needed, but there is no java in PATH or"
                                + " JAVA_HOME"),
                ended.err());
    }

    @Test
    void javaThatIsTooOldIsToldInOneLine() throws Exception {
        checkout.build();
        checkout.java("1.8.0_402");

        Ended ended = checkout.run("pfkey", "decode");

        assertEquals(1, ended.status());
        assertEquals(1, ended.err().size(), ended.err().toString());
        assertTrue(ended.err().get(0).endsWith("is 1.8.0_402"), ended.err().toString());
    }

    @Test
    void whatIsMissingIsBuiltFirst() throws Exception {
        javac();

        Ended ended = checkout.run("pfkey", "ctl", "clock");

        assertEquals(0, ended.status());
        assertEquals(1, checkout.builds().size());
        assertEquals(1, ended.err().size(), ended.err().toString());
        assertTrue(ended.err().get(0).startsWith("pfkey: building"), ended.err().toString());
        assertEquals(
                List.of("org.keysock.tools.cli.Pfkey", "ctl", "clock"), ended.mainAndArguments());
        assertEquals(
                List.of("a line of Maven"),
                Files.readAllLines(checkout.root().resolve("tools/target/build.log")));
    }

    @Test
    void whatIsBuiltIsNotBuiltAgain() throws Exception {
        javac();
        checkout.build();

        assertEquals(0, checkout.run("ipseckey").status());
        assertEquals(List.of(), checkout.builds());
    }

    @Test
    void newerSourceOfAnyModuleIsBuilt() throws Exception {
        javac();
        for (String source :
                List.of(
                        "pfkey-protocol/src/main/New.java",
                        "kernel-sim/src/main/New.java",
                        "tools/src/main/New.java",
                        "tools/shim/source.c")) {
            checkout.build();
            int before = checkout.builds().size();
            checkout.write(source);
            checkout.run("ipseckey");
            assertEquals(before + 1, checkout.builds().size(), source);
        }
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        javac();

        Process one = checkout.start(checkout.launcher("pfkey"), "decode");
        Process other = checkout.start(checkout.launcher("ipseckey"), "get");

        assertEquals(0, Checkout.end(one).status());
        assertEquals(0, Checkout.end(other).status());
        assertEquals(1, checkout.builds().size());
    }

    @Test
    void failedBuildNamesItsLog() throws Exception {
        javac();
        checkout.script("mvn", "#!/bin/sh\necho does not compile\nexit 1\n");

        Ended ended = checkout.run("ipseckey");

        Path log = checkout.root().resolve("tools/target/build.log");
        assertEquals(1, ended.status());
        assertEquals(List.of(), ended.out());
        assertEquals("ipseckey: the build failed, see " + log, ended.err().get(1));
        assertEquals(List.of("does not compile"), Files.readAllLines(log));
    }

    @Test
    void missingMavenIsToldInOneLine() throws Exception {
        javac();
        checkout.without("mvn");

        Ended ended = checkout.run("ipseckey");

        assertEquals(1, ended.status());
        assertEquals(
                List.of("ipseckey: Maven is needed to build, but there is no mvn in PATH"),
                ended.err());
    }

    @Test
    void nothingIsBuiltInsideAMavenBuild() throws Exception {
        checkout.set("PFKEY_IN_BUILD", "1");

        Ended missing = checkout.run("ipseckey");
        assertEquals(1, missing.status());
        assertEquals(
                List.of("ipseckey: not built, and this is inside a Maven build"), missing.err());

        checkout.build();
        checkout.write("tools/src/main/New.java");
        assertEquals(0, checkout.run("ipseckey").status());
        assertEquals(List.of(), checkout.builds());
    }

    /** Makes the JDK one that can build. */
    private void javac() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        checkout.script("javac", "#!/bin/sh\n");
        for (String name : List.of("java", "javac")) {
            Files.move(folder.resolve("path/" + name), bin.resolve(name));
        }
        checkout.set("JAVA_HOME", folder.resolve("jdk").toString());
    }
}
