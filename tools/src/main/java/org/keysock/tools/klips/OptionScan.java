package org.keysock.tools.klips;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code getopt_long} of the GNU C library 2.36, without short options: names may be cut short
 * where that is clear, words that are no options are passed over, {@code --} ends it.
 */
final class OptionScan<O extends LongOption> {

    /** What the library refuses, in its words. */
    static final class BadOption extends Exception {
        private static final long serialVersionUID = 1;

        BadOption(String message) {
            super(message, null, false, false);
        }
    }

    private final String argv0;
    private final O[] options;
    private final Deque<String> words;
    private String value = "";

    /**
     * A scan.
     *
     * @param options in the order in which candidates are told
     * @param words what follows the program's name
     */
    OptionScan(String argv0, O[] options, List<String> words) {
        this.argv0 = argv0;
        this.options = options;
        this.words = new ArrayDeque<>(words);
    }

    /** The next option, or null when there are no more. */
    @Nullable O next() throws BadOption {
        while (!words.isEmpty()) {
            String word = words.remove();
            if (word.equals("--")) {
                words.clear();
            } else if (word.startsWith("--")) {
                return found(word);
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                throw new BadOption(argv0 + ": invalid option -- '" + word.charAt(1) + "'");
            }
        }
        return null;
    }

    /** The value of the option that was found last. */
    String value() {
        return value;
    }

    /** Puts words in front of those that are still to come. */
    void insert(List<String> more) {
        for (int index = more.size() - 1; index >= 0; index--) {
            words.addFirst(more.get(index));
        }
    }

    private O found(String word) throws BadOption {
        int equals = word.indexOf('=');
        O option = named(word, equals < 0 ? word.substring(2) : word.substring(2, equals));
        if (equals >= 0 && !option.valued()) {
            throw bad("--" + option.word(), " doesn't allow an argument");
        }
        if (option.valued()) {
            String next = equals >= 0 ? word.substring(equals + 1) : words.poll();
            if (next == null) {
                throw bad("--" + option.word(), " requires an argument");
            }
            value = next;
        }
        return option;
    }

    private O named(String word, String name) throws BadOption {
        List<O> candidates = new ArrayList<>();
        for (O option : options) {
            if (option.word().equals(name)) {
                return option;
            }
            if (option.word().startsWith(name)) {
                candidates.add(option);
            }
        }
        if (candidates.isEmpty()) {
            throw new BadOption(argv0 + ": unrecognized option '" + Typed.word(word) + "'");
        }
        if (candidates.size() > 1) {
            StringBuilder all = new StringBuilder(" is ambiguous; possibilities:");
            for (O candidate : candidates) {
                all.append(" '--").append(candidate.word()).append('\'');
            }
            throw bad(Typed.word(word), all.toString());
        }
        return candidates.get(0);
    }

    private BadOption bad(String option, String complaint) {
        return new BadOption(argv0 + ": option '" + option + "'" + complaint);
    }
}
