package org.keysock.edges;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/**
 * One package that uses another.
 *
 * @param place the JDK module that holds the used package, or where else jdeps saw it
 */
record PackageEdge(String user, String used, String place) {

    private static final Pattern LINE = Pattern.compile("\\s+(\\S+)\\s+-> (\\S+)\\s+(.*)");

    /** Whether the used package belongs to the JDK. */
    boolean intoJdk() {
        return place.startsWith("java.") || place.startsWith("jdk.") || place.contains("(jdk.");
    }

    /** All edges between the packages of the classes in a folder and what they use. */
    static List<PackageEdge> of(Path classes) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        int status =
                ToolProvider.findFirst("jdeps")
                        .orElseThrow()
                        .run(
                                writer,
                                writer,
                                "--multi-release",
                                "base",
                                "-verbose:package",
                                "-filter:none",
                                classes.toString());
        if (status != 0) {
            throw new IllegalStateException("jdeps failed: " + out);
        }
        List<PackageEdge> edges = new ArrayList<>();
        for (String line : out.toString().split("\\R", -1)) {
            Matcher edge = LINE.matcher(line);
            if (edge.matches()) {
                edges.add(new PackageEdge(edge.group(1), edge.group(2), edge.group(3).strip()));
            }
        }
        return edges;
    }

    @Override
    public String toString() {
        return user + " -> " + used;
    }
}
