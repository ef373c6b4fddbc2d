package org.keysock.tools.ipseckey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line, solaris.md 4.1.
 *
 * @param numeric {@code -n}: no names, neither in nor out
 * @param paranoid {@code -p}: no digit of a key is shown
 * @param verbose {@code -v}: shows every message that is sent, and times as numbers too
 * @param checkOnly {@code -c}: the file is checked, nothing is sent
 * @param commandFile the file of {@code -f} or {@code -c}, or null
 * @param saveFile the file of {@code -s}, or null
 * @param words what stands behind the options
 */
record Options(
        boolean numeric,
        boolean paranoid,
        boolean verbose,
        boolean checkOnly,
        @Nullable String commandFile,
        @Nullable String saveFile,
        List<String> words) {

    /** A command line that cannot be understood. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1;

        /** The message is empty when the usage text says enough. */
        Misuse(String message) {
            super(message, null, false, false);
        }
    }

    /** Reads them as {@code getopt} of Solaris does, which stops at the first plain word. */
    static Options parse(String[] args) throws Misuse {
        boolean numeric = false;
        boolean paranoid = false;
        boolean verbose = false;
        boolean checkOnly = false;
        String commandFile = null;
        String saveFile = null;
        int at = 0;
        while (at < args.length && args[at].length() > 1 && args[at].charAt(0) == '-') {
            String group = args[at++];
            if (group.equals("--")) {
                break;
            }
            for (int letter = 1; letter < group.length(); letter++) {
                char option = group.charAt(letter);
                switch (option) {
                    case 'n' -> numeric = true;
                    case 'p' -> paranoid = true;
                    case 'v' -> verbose = true;
                    case 'c', 'f', 's' -> {
                        String file = group.substring(letter + 1);
                        if (file.isEmpty()) {
                            if (at == args.length) {
                                throw new Misuse("option requires an argument -- " + option);
                            }
                            file = args[at++];
                        }
                        letter = group.length();
                        boolean saves = option == 's';
                        if (saves ? commandFile != null : saveFile != null) {
                            throw new Misuse("");
                        }
                        checkOnly |= option == 'c';
                        commandFile = saves ? commandFile : file;
                        saveFile = saves ? file : saveFile;
                    }
                    default -> throw new Misuse("illegal option -- " + option);
                }
            }
        }
        List<String> words = List.of(args).subList(at, args.length);
        return new Options(numeric, paranoid, verbose, checkOnly, commandFile, saveFile, words);
    }
}
