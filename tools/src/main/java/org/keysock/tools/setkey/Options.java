package org.keysock.tools.setkey;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.tools.cli.Output;

/**
 * The options of the command line: rfc2367-linux-kame.md section 12.1.
 *
 * @param mode what is to be done
 * @param script the file of {@code -f}, or null
 * @param flags the letters of the modifiers that were given
 * @param files recorded messages to be shown
 */
record Options(Mode mode, @Nullable String script, String flags, List<String> files) {

    /** The options that ask for the usage. */
    private static final String ASKING = "hV?";

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
        /** {@code -h}, and everything else, {@code --help} too. */
        USAGE
    }

    /** How it is done. */
    enum Modifier {
        /** Dead SAs too. */
        ALL('a'),
        /** One line for each SA, for ever. */
        ENDLESS('l'),
        /** Nothing is sent. */
        DRY('n'),
        /** Ports too. */
        PORTS('p'),
        /** Every message is shown. */
        VERBOSE('v'),
        /** And its bytes. */
        BYTES('H'),
        /** Policies, not SAs. */
        POLICIES('P'),
        /** Without those of sockets. */
        WITHOUT_SOCKETS('N'),
        /** KAME's policies. */
        KAME('k'),
        /** RFC 4301's. */
        RFC('r');

        private final char letter;

        Modifier(char letter) {
            this.letter = letter;
        }

        private static boolean named(char letter) {
            for (Modifier modifier : values()) {
                if (modifier.letter == letter) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Reads them as {@code getopt} does, which stops at the first plain word and tells of misuse.
     */
    static Options parse(String[] args, Output err) {
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
                            err.print("setkey: option requires an argument -- 'f'\n").flush();
                            return usage();
                        }
                        script = args[at++];
                    }
                    break;
                }
                Mode named = mode(option);
                if (named == Mode.USAGE) {
                    if (ASKING.indexOf(option) < 0) {
                        err.print("setkey: invalid option -- '" + option + "'\n").flush();
                    }
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
            default -> Modifier.named(option) ? null : Mode.USAGE;
        };
    }

    /** Whether a modifier was given. */
    boolean has(Modifier modifier) {
        return flags.indexOf(modifier.letter) >= 0;
    }

    /** {@code -k} without a later {@code -r}: no forward copy of inbound policies. */
    boolean kame() {
        return flags.lastIndexOf(Modifier.KAME.letter) > flags.lastIndexOf(Modifier.RFC.letter);
    }
}
