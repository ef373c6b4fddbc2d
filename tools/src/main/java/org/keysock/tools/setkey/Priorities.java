package org.keysock.tools.setkey;

/**
 * Priorities of policies: a base and a distance, a lower number is stronger (section 12.2). Both
 * ways, so that what is shown can be read.
 */
enum Priorities {
    HIGH("high", 0x40000000L),
    DEFAULT("def", 0x80000000L),
    LOW("low", 0xc0000000L);

    /** What a policy has that names none. */
    static final int NONE_NAMED = 0x80000000;

    private static final long REACH = 0x40000000L;
    private static final long HIGHEST = 0xffffffffL;

    private final String word;
    private final long base;

    Priorities(String word, long base) {
        this.word = word;
        this.base = base;
    }

    /** Reads what stands behind {@code prio}. */
    static int read(PolicyWords words) throws ScriptError {
        Token first = words.next();
        for (Priorities row : values()) {
            if (first.text().startsWith(row.word)) {
                String rest = first.text().substring(row.word.length());
                boolean apart = rest.isEmpty() && words.more() && signed(words.peek().text());
                String distance = apart ? joined(words, words.next()) : rest;
                long offset = distance.isEmpty() ? 0 : number(first, distance, true);
                return checked(first, row.base - offset, Math.abs(offset) <= REACH);
            }
        }
        long offset = number(first, joined(words, first), false);
        return checked(first, DEFAULT.base - offset, true);
    }

    private static boolean signed(String word) {
        return word.startsWith("+") || word.startsWith("-");
    }

    /** A sign and its number may stand apart. */
    private static String joined(PolicyWords words, Token word) throws ScriptError {
        boolean alone = word.text().length() == 1 && signed(word.text());
        return alone ? word.text() + words.next().text() : word.text();
    }

    private static long number(Token at, String text, boolean withSign) throws ScriptError {
        boolean sign = signed(text);
        String digits = sign ? text.substring(1) : text;
        boolean decimal = new Token(Token.Kind.WORD, digits, at.line(), true).decimal();
        if (!decimal || digits.length() > 10 || (withSign && !sign)) {
            throw ScriptError.syntax(at);
        }
        long value = Long.parseLong(digits);
        return text.startsWith("-") ? -value : value;
    }

    private static int checked(Token at, long priority, boolean within) throws ScriptError {
        if (!within || priority < 0 || priority > HIGHEST) {
            throw new ScriptError(LibraryError.INVALID_POLICY, at);
        }
        return (int) priority;
    }

    /** Appends a priority and a blank; nothing for 0. */
    static void append(StringBuilder text, int priority) {
        long value = Integer.toUnsignedLong(priority);
        if (value == 0) {
            return;
        }
        Priorities nearest = LOW;
        if (value < DEFAULT.base / 4 * 3) {
            nearest = HIGH;
        } else if (value < DEFAULT.base / 4 * 5) {
            nearest = DEFAULT;
        }
        text.append("prio ").append(nearest.word).append(' ');
        long offset = nearest.base - value;
        if (offset != 0) {
            text.append(offset > 0 ? "+ " : "- ").append(Math.abs(offset)).append(' ');
        }
    }
}
