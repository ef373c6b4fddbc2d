package org.keysock.tools.setkey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line: rfc2367-linux-kame.md section 12.1.
 *
 * @param mode what is to be done
 * @param script the file of {@code -f}, or null
 * @param flags the letters of the modifiers that were given
 * @param files recorded messages to be shown
 */
record Options(Mode mode, @Nullable String script, String flags, List<String> files) {

    /** What a run is for. */
    enum Mode {
        /** {@code -c}: commands from standard input. */
        TYPED,
        /** {@code -f}: commands from a file. */
        SCRIPT,
        /** {@code -D}. */
        DUMP,
        /** {@code -F}. */
        FLUSH,
        /** {@code -x}. */
        MONITOR,
        /** Files without an option: recorded messages. */
        FILES,
        /** {@code -h}, and everything else. */
        USAGE
    }

    private static final String MODIFIERS = "alnpvHkrNP";

    /** Reads them as {@code getopt} does, which stops at the first plain word. */
    static Options parse(String[] args) {
        Mode mode = null;
        String script = null;
        StringBuilder flags = new StringBuilder();
        int at = 0;
        while (at < args.length && args[at].length() > 1 && args[at].charAt(0) == '-') {
            String group = args[at++];
            if (group.equals("--")) {
                break;
            }
            for (int letter = 1; letter < group.length(); letter++) {
                char option = group.charAt(letter);
                if (option == 'f') {
                    mode = Mode.SCRIPT;
                    script = group.substring(letter + 1);
                    if (script.isEmpty()) {
                        if (at == args.length) {
                            return usage();
                        }
                        script = args[at++];
                    }
                    break;
                }
                Mode named = mode(option);
                if (named == Mode.USAGE) {
                    return usage();
                }
                mode = named == null ? mode : named;
                flags.append(option);
            }
        }
        List<String> files = List.of(args).subList(at, args.length);
        if (mode == null) {
            mode = files.isEmpty() ? Mode.USAGE : Mode.FILES;
        }
        return new Options(mode, script, flags.toString(), files);
    }

    private static Options usage() {
        return new Options(Mode.USAGE, null, "", List.of());
    }

    /** What a letter asks for; null when it only says how. */
    private static @Nullable Mode mode(char option) {
        return switch (option) {
            case 'c' -> Mode.TYPED;
            case 'D' -> Mode.DUMP;
            case 'F' -> Mode.FLUSH;
            case 'x' -> Mode.MONITOR;
            default -> MODIFIERS.indexOf(option) < 0 ? Mode.USAGE : null;
        };
    }

    private boolean given(char flag) {
        return flags.indexOf(flag) >= 0;
    }

    /** {@code -a}: dead SAs too. */
    boolean all() {
        return given('a');
    }

    /** {@code -l}: one line for each SA, for ever. */
    boolean endless() {
        return given('l');
    }

    /** {@code -n}: nothing is sent. */
    boolean dry() {
        return given('n');
    }

    /** {@code -p}: ports too. */
    boolean ports() {
        return given('p');
    }

    /** {@code -v}: every message is shown. */
    boolean verbose() {
        return given('v');
    }

    /** {@code -H}: and its bytes. */
    boolean bytes() {
        return given('H');
    }

    /** {@code -P}: policies. */
    boolean policies() {
        return given('P');
    }

    /** {@code -N}: without those of sockets. */
    boolean withoutSockets() {
        return given('N');
    }

    /** {@code -k} without a later {@code -r}: no forward copy of inbound policies. */
    boolean kame() {
        return flags.lastIndexOf('k') > flags.lastIndexOf('r');
    }
}
