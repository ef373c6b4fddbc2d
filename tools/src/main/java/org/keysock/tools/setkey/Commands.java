package org.keysock.tools.setkey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.MessageType;
import org.keysock.tools.setkey.Token.Kind;

/** The commands by their words: rfc2367-linux-kame.md section 12.2. */
final class Commands {

    private Commands() {}

    /** The command of a word, or null. */
    private static @Nullable Command named(String word) {
        return switch (word) {
            case "add" -> new AddCommand();
            case "get" -> new SaCommand(MessageType.GET);
            case "getspi" -> new SaCommand(MessageType.GETSPI);
            case "delete" -> new SaCommand(MessageType.DELETE);
            case "deleteall" -> new DeleteAllCommand();
            case "flush" -> new TableCommand(MessageType.FLUSH, true);
            case "dump" -> new TableCommand(MessageType.DUMP, true);
            case "spdadd" -> new PolicyCommand(MessageType.X_SPDADD);
            case "spdupdate" -> new PolicyCommand(MessageType.X_SPDUPDATE);
            case "spddelete" -> new PolicyCommand(MessageType.X_SPDDELETE);
            case "spddump" -> new TableCommand(MessageType.X_SPDDUMP, false);
            case "spdflush" -> new TableCommand(MessageType.X_SPDFLUSH, false);
            case "exit", "quit", "bye" -> Commands::end;
            default -> null;
        };
    }

    /** The next statement of a script, or null at its end. */
    static @Nullable Statement next(Tokens tokens, Context context) throws ScriptError {
        while (tokens.peek().is(Kind.SEMICOLON)) {
            tokens.next();
        }
        if (tokens.peek().is(Kind.NOTHING)) {
            return null;
        }
        Token word = tokens.peek();
        Command command = word.is(Kind.WORD) ? named(word.text()) : null;
        if (command == null) {
            throw ScriptError.syntax(word);
        }
        tokens.next();
        return command.read(tokens, context);
    }

    private static Statement end(Tokens tokens, Context context) throws ScriptError {
        tokens.of(Kind.SEMICOLON);
        return talk -> false;
    }
}
