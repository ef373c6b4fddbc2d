package org.keysock.tools.setkey;

import java.util.List;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.tools.setkey.Token.Kind;

/**
 * {@code flush}, {@code dump} and their kin: about a whole database.
 *
 * @param typed whether one SA type may be named
 */
record TableCommand(MessageType type, boolean typed) implements Command {

    @Override
    public Statement read(Tokens tokens, Context context) throws ScriptError {
        SaType saType = SaType.UNSPEC;
        if (typed && tokens.peek().is(Kind.WORD)) {
            saType = SaProtocol.read(tokens).saType();
        }
        tokens.of(Kind.SEMICOLON);
        return new Requests(List.of(Requests.bare(type, saType, context.pid())));
    }
}
