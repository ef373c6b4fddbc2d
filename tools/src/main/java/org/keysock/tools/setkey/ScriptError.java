package org.keysock.tools.setkey;

/** A command that cannot be understood. */
final class ScriptError extends Exception {

    private static final long serialVersionUID = 1;

    private static final String SYNTAX = "syntax error";

    private final String text;
    private final String token;
    private final int line;

    /** An error that was noticed at a token. */
    ScriptError(String text, Token at) {
        super(null, null, false, false);
        this.text = text;
        this.token = at.shown();
        this.line = at.line();
    }

    /** An error that the client library has a text for. */
    ScriptError(LibraryError error, Token at) {
        this(error.text(), at);
    }

    /** A token that the grammar has no use for. */
    static ScriptError syntax(Token at) {
        return new ScriptError(SYNTAX, at);
    }

    /** Where it was noticed. */
    int line() {
        return line;
    }

    /** What is wrong and where; no key is in it. */
    @Override
    public String getMessage() {
        return text + " at `" + token + "'";
    }
}
