package org.keysock.edges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Holds the classes of the module it runs in against the table of package edges. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PackageEdgesTest {

    private PackageRules rules;

    @BeforeAll
    void readTable() throws IOException {
        rules = PackageRules.read(Path.of(property("pfkey.testdata"), "house/package-edges.md"));
    }

    @Test
    void thisModuleKeepsToTheTable() {
        List<PackageEdge> edges = PackageEdge.of(Path.of(property("basedir"), "target/classes"));
        assertFalse(edges.isEmpty(), "jdeps found no edge at all");
        assertEquals(List.of(), rules.violations(edges));
    }

    @Test
    void forbiddenEdgeIsFound(@TempDir Path folder) throws IOException {
        assertEquals(
                List.of("org.keysock.pfkey.model -> org.keysock.kernel.sadb is not allowed"),
                planted(
                        folder,
                        Map.of(
                                "org.keysock.pfkey.model.Planted",
                                "Object used = new org.keysock.kernel.sadb.Used();",
                                "org.keysock.kernel.sadb.Used",
                                "")));
    }

    @Test
    void siblingsUnderOneRowMayNotUseOneAnother(@TempDir Path folder) throws IOException {
        assertEquals(
                List.of(
                        "org.keysock.kernel.engine.linux -> org.keysock.kernel.engine.solaris is"
                                + " not allowed"),
                planted(
                        folder,
                        Map.of(
                                "org.keysock.kernel.engine.linux.Planted",
                                "Object used = new org.keysock.kernel.engine.solaris.Used();",
                                "org.keysock.kernel.engine.solaris.Used",
                                "Object fine = new org.keysock.kernel.engine.Fine();",
                                "org.keysock.kernel.engine.Fine",
                                "")));
    }

    @Test
    void libraryOutsideTheRowIsFound(@TempDir Path folder) throws IOException {
        assertEquals(
                List.of("org.keysock.tools.ipseckey -> io.netty.buffer is not allowed"),
                planted(
                        folder,
                        Map.of(
                                "org.keysock.tools.ipseckey.Planted",
                                "Object used = new io.netty.buffer.Used();",
                                "org.keysock.kernel.server.Allowed",
                                "Object used = new io.netty.buffer.Used();",
                                "io.netty.buffer.Used",
                                "")));
    }

    @Test
    void packageWithoutRowIsFound(@TempDir Path folder) throws IOException {
        assertEquals(
                List.of("org.keysock.kernel.attic has no row in the table"),
                planted(
                        folder,
                        Map.of(
                                "org.keysock.kernel.attic.Planted",
                                "Object used = new org.keysock.pfkey.model.Used();",
                                "org.keysock.pfkey.model.Used",
                                "")));
    }

    private List<String> planted(Path folder, Map<String, String> bodies) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
        for (Map.Entry<String, String> body : bodies.entrySet()) {
            String name = body.getKey();
            int dot = name.lastIndexOf('.');
            Path source = folder.resolve(name + "/" + name.substring(dot + 1) + ".java");
            Files.createDirectories(source.getParent());
            Files.writeString(
                    source,
                    "package "
                            + name.substring(0, dot)
                            + "; public class "
                            + name.substring(dot + 1)
                            + " {"
                            + body.getValue()
                            + "}");
            arguments.add(source.toString());
        }
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(new String[0]));
        assertEquals(0, status);
        return rules.violations(
                PackageEdge.of(folder).stream()
                        .filter(edge -> edge.user().startsWith("org.keysock."))
                        .toList());
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the build sets -D" + name);
        }
        return value;
    }
}
