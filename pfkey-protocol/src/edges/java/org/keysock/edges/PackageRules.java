package org.keysock.edges;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table of allowed edges, as it stands in {@code package-edges.md}. */
final class PackageRules {

    private static final String ROOT = "org.keysock.";
    private static final String EVERYWHERE = "org.jspecify.annotations";
    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z0-9.*]+)` \\|([^|]*)\\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private record Rule(String packages, List<String> mayUse, List<String> libraries) {

        boolean allows(String user, String used) {
            if (used.equals(user) || used.equals(EVERYWHERE)) {
                return true;
            }
            if (used.startsWith(ROOT)) {
                String inner = used.substring(ROOT.length());
                return mayUse.stream().anyMatch(name -> within(name, inner));
            }
            return libraries.stream().anyMatch(name -> below(name, used));
        }
    }

    private final List<Rule> rules;

    private PackageRules(List<Rule> rules) {
        this.rules = rules;
    }

    static PackageRules read(Path table) throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (String line : Files.readAllLines(table)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rules.add(new Rule(row.group(1), names(row.group(2)), names(row.group(3))));
            }
        }
        return new PackageRules(rules);
    }

    /** What the edges do that the table does not allow, one line each. */
    List<String> violations(List<PackageEdge> edges) {
        List<String> violations = new ArrayList<>();
        for (PackageEdge edge : edges) {
            if (edge.intoJdk()) {
                continue;
            }
            Rule rule = ruleOf(edge.user());
            if (rule == null) {
                violations.add(edge.user() + " has no row in the table");
            } else if (!rule.allows(edge.user(), edge.used())) {
                violations.add(edge + " is not allowed");
            }
        }
        return violations;
    }

    private @Nullable Rule ruleOf(String user) {
        for (Rule rule : rules) {
            boolean family = rule.packages.endsWith(".*");
            String name = ROOT + (family ? rule.packages.replace(".*", ".") : rule.packages);
            if (family ? user.startsWith(name) : user.equals(name)) {
                return rule;
            }
        }
        return null;
    }

    private static boolean within(String name, String used) {
        return name.endsWith(".*")
                ? below(name.substring(0, name.length() - 2), used)
                : used.equals(name);
    }

    private static boolean below(String name, String used) {
        return used.equals(name) || used.startsWith(name + ".");
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(found -> found.group(1)).toList();
    }
}
