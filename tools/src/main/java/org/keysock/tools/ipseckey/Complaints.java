package org.keysock.tools.ipseckey;

import org.jspecify.annotations.Nullable;
import org.keysock.tools.cli.Output;

/**
 * What is said about the command at hand, solaris.md 4.14: errors are collected and shown in one
 * block, warnings are blocks of their own. In a command file each block begins with the place and
 * the command; under the service manager nothing is shown, because its logs can be read by all.
 */
final class Complaints {

    /** The command is given up; what was to be said has been said. */
    static final class Abandoned extends Exception {
        private static final long serialVersionUID = 1;

        Abandoned() {
            super(null, null, false, false);
        }
    }

    private final Output out;
    private final boolean silent;
    private @Nullable String command;
    private int line;
    private StringBuilder collected = new StringBuilder();
    private @Nullable StringBuilder held;

    Complaints(Output out, boolean silent) {
        this.out = out;
        this.silent = silent;
    }

    /** Whether nothing of a command may be told. */
    boolean silent() {
        return silent;
    }

    /** From now on blocks name this command of a file, which ended on that physical line. */
    void at(int lineNumber, String text) {
        line = lineNumber;
        command = text;
    }

    /** From now on blocks are kept back, until {@link #heldBack}. */
    void holdBack() {
        held = new StringBuilder(0);
    }

    /** The blocks that were kept back, to be printed in their turn. */
    CharSequence heldBack() {
        StringBuilder blocks = held;
        held = null;
        return blocks == null ? "" : blocks;
    }

    /** Shows a block of its own. */
    void warn(CharSequence text) {
        block(text, true);
    }

    /** Shows a block of its own that never names a place. */
    void tell(CharSequence text) {
        block(text, false);
    }

    /** Keeps an error for the block that {@link #settle} shows. */
    void collect(CharSequence text) {
        collected.append(text);
    }

    /**
     * Ends the gathering of errors.
     *
     * @throws Abandoned if there were any; they have been shown
     */
    void settle() throws Abandoned {
        if (collected.length() > 0) {
            StringBuilder text = collected;
            collected = new StringBuilder();
            warn(text);
            throw new Abandoned();
        }
    }

    /** Shows what was collected and this, and gives the command up. */
    Abandoned abandon(CharSequence text) {
        collected.append(text);
        StringBuilder all = collected;
        collected = new StringBuilder();
        warn(all);
        return new Abandoned();
    }

    private void block(CharSequence text, boolean placed) {
        if (silent) {
            return;
        }
        StringBuilder block = held == null ? new StringBuilder() : held;
        String quoted = command;
        if (placed && quoted != null) {
            block.append("Config file entry near line ").append(line);
            block.append(" caused error(s) or warnings:\n\n").append(quoted).append("\n\n");
        }
        block.append(text).append('\n');
        if (held == null) {
            out.print(block);
        }
    }
}
