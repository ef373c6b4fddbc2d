package org.keysock.tools.setkey;

/** A command of the language; it reads what follows its own word, the semicolon too. */
interface Command {

    /**
     * Reads the rest of a statement.
     *
     * @throws ScriptError if it makes no sense; nothing has been sent then
     */
    Statement read(Tokens tokens, Context context) throws ScriptError;
}
