package org.keysock.tools.klips;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/**
 * A run of a tool: its streams, the machine, and the name in front of everything it says, which
 * {@code --label} extends (klips.md 5.1).
 */
final class Tool {

    private static final int PIECE = 1 << 14;

    /** {@code cat} could not read on. */
    private static final int EIO = 5;

    private final Surroundings surroundings;
    private final Machine machine;
    private final String argv0;
    private String name;
    private int optionsFiles;

    Tool(Surroundings surroundings, Machine machine, String argv0) {
        this.surroundings = surroundings;
        this.machine = machine;
        this.argv0 = argv0;
        this.name = argv0;
    }

    /** Standard output. */
    Output out() {
        return surroundings.out();
    }

    /** Standard error. */
    Output err() {
        return surroundings.err();
    }

    /** The system. */
    Machine machine() {
        return machine;
    }

    /** The program's name as the option library says it. */
    String argv0() {
        return argv0;
    }

    /** The program's name as the tool says it: with the label, if there is one. */
    String name() {
        return name;
    }

    /** From now on the tool is called that. */
    void label(String label) {
        name = argv0 + " --label " + label;
    }

    /** The file of that name, as the tool's user means it. */
    Path file(String file) {
        return surroundings.file(file);
    }

    /** How many files of options there are with the next one. */
    int nextOptionsFile() {
        return ++optionsFiles;
    }

    /** Tells on standard error why the run is over, with exit code 1. */
    Stop fail(String text) {
        return fail(text, 1);
    }

    /** Tells on standard error why the run is over. */
    Stop fail(String text, int code) {
        err().print(name + ": " + text + "\n");
        return new Stop(code);
    }

    /** Opens the PF_KEY socket, or tells why not with the words of {@code texts}. */
    KeySocket open(ErrnoTexts texts) throws Stop {
        try {
            return machine.open();
        } catch (CallFailed e) {
            throw fail(
                    "Trouble opening PF_KEY family socket with error: "
                            + texts.of(e.errno(), machine.root()));
        }
    }

    /**
     * Prints a table as {@code cat /proc/net/NAME} does.
     *
     * @return the exit code of {@code cat}
     */
    int list(String table) {
        try (InputStream in = machine.table(table)) {
            byte[] piece = new byte[PIECE];
            byte last = '\n';
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                out().print(new String(piece, 0, count, StandardCharsets.ISO_8859_1));
                last = count > 0 ? piece[count - 1] : last;
            }
            return last == '\n' ? 0 : unreadable(table, EIO); // a table that broke off
        } catch (CallFailed e) {
            return unreadable(table, e.errno());
        } catch (IOException e) {
            return unreadable(table, EIO);
        }
    }

    private int unreadable(String table, int errno) {
        err().print("cat: /proc/net/" + table + ": " + Strerror.of(errno) + "\n");
        return 1;
    }
}
