package org.keysock.tools.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a person edits on the terminal of the process: history, which is kept in memory alone
 * because lines hold keys, and completion of words. The one class that needs JLine; a command that
 * does not open it loads nothing of that.
 */
public final class TerminalLines implements AutoCloseable {

    /** Knows the words of a language. */
    public interface Completions {

        /**
         * The words that may follow.
         *
         * @param text what was typed, up to the white space before the word to come
         */
        List<String> after(String text);
    }

    private final Terminal terminal;
    private final LineReader reader;
    private final Completions completions;

    /** A paste may hold several lines. */
    private final Queue<String> waiting = new ArrayDeque<>();

    private String begun = "";

    private TerminalLines(Terminal terminal, Completions completions) {
        this.terminal = terminal;
        this.completions = completions;
        this.reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .parser(BlankParser::parse)
                        .completer(this::complete)
                        // no exclamation mark and no backslash means anything to the editor
                        .option(Option.DISABLE_EVENT_EXPANSION, true)
                        .option(Option.AUTO_MENU, false)
                        .build();
    }

    /**
     * Opens the terminal that is standard input and output, or gives null when no line can be
     * edited there.
     *
     * @param completions words for the tabulator key
     * @param interrupted what SIGINT does while no line is read; it is called in another thread
     */
    public static @Nullable TerminalLines open(
            Map<String, String> env, Completions completions, Runnable interrupted) {
        String type = env.getOrDefault("TERM", "dumb");
        if (type.isEmpty() || type.equals("dumb")) {
            return null;
        }
        try {
            Terminal terminal =
                    TerminalBuilder.builder()
                            .system(true)
                            .provider("exec")
                            .dumb(false)
                            .type(type)
                            .build();
            terminal.handle(Terminal.Signal.INT, signal -> interrupted.run());
            return new TerminalLines(terminal, completions);
        } catch (IOException | IllegalStateException e) {
            // no stty, or a terminal that it does not know
            return null;
        }
    }

    /**
     * The next line without its newline, as Latin-1 characters that stand for the bytes typed; null
     * at the end of input.
     *
     * @param begun what this line continues, for completion
     * @throws InterruptedIOException if SIGINT came instead of the line's end
     */
    public @Nullable String read(String prompt, String begun) throws InterruptedIOException {
        if (waiting.isEmpty()) {
            this.begun = begun;
            try {
                String text = reader.readLine(prompt);
                waiting.addAll(List.of(bytes(text).split("\n", -1)));
            } catch (UserInterruptException e) {
                throw new InterruptedIOException();
            } catch (EndOfFileException e) {
                return null;
            }
        }
        return waiting.remove();
    }

    private String bytes(String text) {
        return new String(text.getBytes(terminal.encoding()), StandardCharsets.ISO_8859_1);
    }

    private void complete(LineReader editor, ParsedLine line, List<Candidate> candidates) {
        String before = line.line().substring(0, line.cursor() - line.wordCursor());
        for (String word : completions.after(begun + before)) {
            candidates.add(new Candidate(word));
        }
    }

    /** Leaves the terminal as it was found. */
    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            // it has gone away, so there is nothing to restore
        }
    }
}
