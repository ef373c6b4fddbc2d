package org.keysock.tools.klips;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;

/** The limits of {@code --life}: klips.md 5.5. */
final class LifeLimits {

    private static final String OPTION = " --life option.";
    private static final String[] SEVERITIES = {"soft", "hard"};
    private static final String[] TYPES = {"allocations", "bytes", "addtime", "usetime", "packets"};

    /** By severity and type; null for what was not mentioned. */
    private final @Nullable Integer[][] limits = new Integer[SEVERITIES.length][TYPES.length];

    /** A complaint that usage follows. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1;

        Misuse(String message) {
            super(message, null, false, false);
        }
    }

    /** Adds the items of an argument. */
    void add(String argument, Tool tool) throws Misuse, Stop {
        int at = 0;
        do {
            at = item(argument, at, tool) + 1;
        } while (at <= argument.length());
    }

    /** Adds the item that begins there; where it ends. */
    private int item(String argument, int start, Tool tool) throws Misuse, Stop {
        String rest = argument.substring(start);
        int severity = beginning(SEVERITIES, argument, start);
        if (severity < 0) {
            String place = place(start);
            throw new Misuse(
                    "missing lifetime severity in "
                            + rest
                            + (", optargt=" + place + ", optargp=" + place)
                            + ", sizeof(\"soft\")=5");
        }
        int at = start + SEVERITIES[severity].length();
        if (!argument.startsWith("-", at)) {
            throw new Misuse("expected '-' after severity of lifetime parameter to" + OPTION);
        }
        at++;
        int type = beginning(TYPES, argument, at);
        if (type < 0) {
            throw new Misuse("missing lifetime type after '-' in " + rest);
        }
        at += TYPES[type].length();
        if (!argument.startsWith("=", at)) {
            throw new Misuse("expected '=' after type of lifetime parameter to" + OPTION);
        }
        at++;
        if (at == argument.length()) {
            throw new Misuse(
                    "expected value after '=' in"
                            + OPTION
                            + (" optargt=" + place(start))
                            + (", optargt+strlen(optargt)=" + place(at))
                            + (", optargp=" + place(at)));
        }
        if (limits[severity][type] != null) {
            throw tool.fail(
                    "Error, lifetime parameter redefined:"
                            + rest
                            + ", already defined as:"
                            + place(0));
        }
        int end = numberEnd(argument, at);
        if (end < argument.length() && !separates(argument.charAt(end))) {
            throw tool.fail(invalid(argument, at, end));
        }
        Integer value = CNumber.parse(argument.substring(at, end));
        limits[severity][type] = value;
        return end;
    }

    /** The original prints pointers here, which tell nobody anything; an offset stands for them. */
    private static String place(int offset) {
        return "0p0x" + Integer.toHexString(offset);
    }

    private static int beginning(String[] words, String argument, int at) {
        for (int index = 0; index < words.length; index++) {
            if (argument.startsWith(words[index], at)) {
                return index;
            }
        }
        return -1;
    }

    /** Where {@code strtoul} would stop; at the beginning when there is no number. */
    private static int numberEnd(String argument, int from) {
        int at = from;
        while (at < argument.length() && argument.charAt(at) == ' ') {
            at++;
        }
        int end = separator(argument, at);
        while (end > from && CNumber.parse(argument.substring(from, end)) == null) {
            end--;
        }
        return end;
    }

    private static int separator(String argument, int from) {
        int end = from;
        while (end < argument.length() && !separates(argument.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean separates(char c) {
        return c == ',' || c == ' ';
    }

    private static String invalid(String argument, int value, int wrong) {
        return "Invalid character='"
                + argument.charAt(wrong)
                + ("' at offset " + wrong + " in lifetime option parameter: '" + argument + "'")
                + (", parameter string is " + argument.length() + " characters long, ")
                + (separator(argument, value) - value - 1)
                + " valid value characters found.";
    }

    /** Adds the extensions: HARD comes before SOFT, as their numbers do. */
    void addTo(List<Extension> extensions) {
        add(extensions, ExtensionType.LIFETIME_HARD, limits[1]);
        add(extensions, ExtensionType.LIFETIME_SOFT, limits[0]);
    }

    private static void add(
            List<Extension> extensions, ExtensionType type, @Nullable Integer[] row) {
        boolean any = false;
        int[] values = new int[row.length];
        for (int index = 0; index < row.length; index++) {
            Integer value = row[index];
            any |= value != null;
            values[index] = value == null ? 0 : value;
        }
        if (any) {
            extensions.add(
                    new Extension.Lifetime(
                            type,
                            values[0],
                            Integer.toUnsignedLong(values[1]),
                            Integer.toUnsignedLong(values[2]),
                            Integer.toUnsignedLong(values[3]),
                            values[4]));
        }
    }
}
