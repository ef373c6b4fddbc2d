package org.keysock.tools.setkey;

import java.util.ArrayList;
import java.util.List;
import org.keysock.tools.setkey.Token.Kind;

/** The words behind {@code -P}: tokens that touch each other are one. */
final class PolicyWords {

    private final List<Token> words = new ArrayList<>();
    private final Token end;
    private int at;

    /** Takes the rest of the statement. */
    PolicyWords(Tokens tokens) throws ScriptError {
        while (!tokens.peek().is(Kind.SEMICOLON)) {
            words.add(word(tokens));
        }
        end = tokens.next();
    }

    /** A token with those that are attached to it. */
    private static Token word(Tokens tokens) throws ScriptError {
        int line = tokens.peek().line();
        StringBuilder text = new StringBuilder();
        do {
            Token token = tokens.next();
            if (token.is(Kind.NOTHING) || token.is(Kind.QUOTED)) {
                throw ScriptError.syntax(token);
            }
            text.append(token.text());
        } while (tokens.peek().attached() && !tokens.peek().is(Kind.SEMICOLON));
        return new Token(Kind.WORD, text.toString(), line, false);
    }

    /** The next word, which stays; behind the last the semicolon. */
    Token peek() {
        return at < words.size() ? words.get(at) : end;
    }

    /** The next word. */
    Token next() throws ScriptError {
        if (at == words.size()) {
            throw ScriptError.syntax(end);
        }
        return words.get(at++);
    }

    /** Whether there is one more. */
    boolean more() {
        return at < words.size();
    }
}
