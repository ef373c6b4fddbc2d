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
            Token token = tokens.next();
            if (token.is(Kind.NOTHING) || token.is(Kind.QUOTED)) {
                throw ScriptError.syntax(token);
            }
            if (words.isEmpty() || !token.attached()) {
                words.add(new Token(Kind.WORD, token.text(), token.line(), false));
            } else {
                Token before = words.remove(words.size() - 1);
                String joined = before.text() + token.text();
                words.add(new Token(Kind.WORD, joined, before.line(), false));
            }
        }
        end = tokens.next();
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
