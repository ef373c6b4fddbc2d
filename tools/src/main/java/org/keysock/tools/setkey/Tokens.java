package org.keysock.tools.setkey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.keysock.tools.setkey.Token.Kind;

/**
 * A script as tokens, one character a byte. No more is read than the token at hand needs, so that
 * what a person types is carried out as soon as its semicolon is there. Where a script cannot be
 * read any further, an {@link UncheckedIOException} says so: that is not its end.
 */
final class Tokens {

    private static final int END = -1;

    private final InputStream in;
    private int line = 1;
    private int ahead;
    private boolean looked;
    private @Nullable Token peeked;
    private int ended;

    Tokens(InputStream in) {
        this.in = in;
    }

    /** The next token, which stays. */
    Token peek() {
        Token token = peeked;
        if (token == null) {
            token = read();
            peeked = token;
        }
        return token;
    }

    /** The next token. */
    Token next() {
        Token token = peek();
        peeked = null;
        ended = token.line();
        return token;
    }

    /** Takes the next token if it is that word. */
    boolean take(String word) {
        boolean there = peek().is(word);
        if (there) {
            next();
        }
        return there;
    }

    /** The next token, which must be a word. */
    Token word() throws ScriptError {
        return of(Kind.WORD);
    }

    /** The next token, which must be of that kind. */
    Token of(Kind kind) throws ScriptError {
        Token token = peek();
        if (!token.is(kind)) {
            throw ScriptError.syntax(token);
        }
        return next();
    }

    /** The next token, which must be a decimal number without sign of at most that many bits. */
    long decimal(int bits) throws ScriptError {
        Token token = word();
        if (!token.decimal()) {
            throw ScriptError.syntax(token);
        }
        try {
            long value = Long.parseUnsignedLong(token.text());
            if (bits == 64 || value >>> bits == 0) {
                return value;
            }
        } catch (NumberFormatException tooLong) {
            // as every number that is too big
        }
        throw new ScriptError(LibraryError.INVALID_ARGUMENT, token);
    }

    /** Passes over the rest of a command that could not be understood, its semicolon too. */
    void skipCommand() {
        while (!peek().is(Kind.NOTHING) && !next().is(Kind.SEMICOLON)) {
            // on to the end
        }
    }

    /** The line of the token that was taken last. */
    int line() {
        return ended;
    }

    private Token read() {
        boolean attached = !passBlanks();
        int c = look();
        int begin = line;
        if (c == END) {
            return new Token(Kind.NOTHING, "", begin, false);
        }
        Kind sign =
                switch (c) {
                    case ';' -> Kind.SEMICOLON;
                    case '[' -> Kind.OPEN;
                    case ']' -> Kind.CLOSE;
                    default -> Kind.WORD;
                };
        if (sign != Kind.WORD) {
            pass();
            return new Token(sign, String.valueOf((char) c), begin, attached);
        }
        return c == '"' ? quoted(begin, attached) : word(begin, attached);
    }

    /** Passes white space and comments; whether there were any. */
    private boolean passBlanks() {
        boolean any = false;
        while (true) {
            int c = look();
            if (c == '#') {
                while (look() != '\n' && look() != END) {
                    pass();
                }
            } else if (!blank(c)) {
                return any;
            } else {
                pass();
            }
            any = true;
        }
    }

    private Token word(int begin, boolean attached) {
        StringBuilder text = new StringBuilder();
        for (int c = look(); inWord(c); c = look()) {
            text.append((char) c);
            pass();
        }
        return new Token(Kind.WORD, text.toString(), begin, attached);
    }

    private static boolean inWord(int c) {
        return c != END && !blank(c) && c != ';' && c != '[' && c != ']' && c != '"';
    }

    private static boolean blank(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Quoted text may go over lines; what is not closed is a word that nothing wants. */
    private Token quoted(int begin, boolean attached) {
        StringBuilder text = new StringBuilder();
        pass();
        for (int c = look(); c != '"' && c != END; c = look()) {
            text.append((char) c);
            pass();
        }
        Token token = new Token(Kind.QUOTED, text.toString(), begin, attached);
        if (look() == END) {
            return new Token(Kind.WORD, token.shown(), begin, attached);
        }
        pass();
        return token;
    }

    private int look() {
        if (!looked) {
            looked = true;
            try {
                ahead = in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ahead;
    }

    private void pass() {
        if (look() == '\n') {
            line++;
        }
        looked = ahead == END;
    }
}
