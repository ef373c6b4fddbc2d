package org.keysock.tools.setkey;

import org.keysock.pfkey.model.MessageType;
import org.keysock.tools.setkey.Token.Kind;

/** {@code get}, {@code getspi} and {@code delete}: {@code [-46n] src dst proto spi [option…] ;}. */
record SaCommand(MessageType type) implements Command {

    @Override
    public Statement read(Tokens tokens, Context context) throws ScriptError {
        SaName name = SaName.read(tokens, context);
        SaOptions options = SaOptions.read(tokens, name.protocol());
        tokens.of(Kind.SEMICOLON);
        if (type == MessageType.DELETE) {
            name.source().only();
            name.destination().only();
        }
        SaMessages messages = new SaMessages(name, options, SaAlgorithms.NONE);
        return new Requests(messages.forEachPair(type, context.pid()));
    }
}
