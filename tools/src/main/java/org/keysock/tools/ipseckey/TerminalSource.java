package org.keysock.tools.ipseckey;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;
import org.keysock.tools.cli.TerminalLines;

/**
 * Lines that a person types behind a prompt: edited where the terminal allows it, else as the
 * terminal itself gives them.
 */
final class TerminalSource implements LineSource {

    static final String PROMPT = "ipseckey> ";
    private static final String CONTINUATION = "> ";

    private final Output out;
    private final Output err;
    private final LineSource plain;
    private final @Nullable TerminalLines editor;

    TerminalSource(Surroundings surroundings) {
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.plain = new StreamSource(surroundings.in());
        this.editor = editor(surroundings);
    }

    private static @Nullable TerminalLines editor(Surroundings surroundings) {
        try {
            return TerminalLines.open(surroundings.env(), new WordChoices(), Interrupts::arrived);
        } catch (LinkageError e) {
            // the editor's library is not on the class path
            return null;
        }
    }

    @Override
    public String line(CharSequence continued) throws IOException {
        String prompt = continued.length() == 0 ? PROMPT : CONTINUATION;
        err.flush();
        if (editor == null) {
            out.print(prompt).flush();
            return plain.line(continued);
        }
        out.flush();
        String line = editor.read(prompt, continued.toString());
        return line == null ? "" : line + "\n";
    }

    @Override
    public void close() {
        if (editor != null) {
            editor.close();
        }
    }
}
