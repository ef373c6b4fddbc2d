package org.keysock.kernel.engine;

import java.util.List;

/**
 * A documented switch of a dialect's rules: {@code --set DIALECT.NAME=VALUE}.
 *
 * @param name with its dialect, such as {@code solaris.idle-default}
 * @param initial the value unless set
 * @param choices the values it may have; empty for a number
 * @param min least number
 * @param max greatest number
 * @param meaning one line for {@code ctl status}
 */
public record Setting(
        String name, String initial, List<String> choices, long min, long max, String meaning) {

    public Setting {
        choices = List.copyOf(choices);
    }

    /** A switch between words, the first of which is the default. */
    public static Setting choice(String name, String meaning, String... choices) {
        return new Setting(name, choices[0], List.of(choices), 0, 0, meaning);
    }

    /** A number in a range. */
    public static Setting number(String name, String meaning, long initial, long min, long max) {
        return new Setting(name, Long.toString(initial), List.of(), min, max, meaning);
    }

    /** The values it may have, for people. */
    public String range() {
        return choices.isEmpty() ? min + ".." + max : String.join("|", choices);
    }

    /**
     * The value as it is kept.
     *
     * @throws IllegalArgumentException if this switch cannot have it; the text is for people
     */
    String checked(String value) {
        boolean allowed = choices.isEmpty() ? isNumberInRange(value) : choices.contains(value);
        if (!allowed) {
            throw new IllegalArgumentException(name + " is " + range() + ", not " + value);
        }
        return value;
    }

    private boolean isNumberInRange(String value) {
        try {
            long number = Long.parseLong(value);
            return number >= min && number <= max;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
