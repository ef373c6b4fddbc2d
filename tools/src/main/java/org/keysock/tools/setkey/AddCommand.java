package org.keysock.tools.setkey;

import org.keysock.pfkey.model.MessageType;
import org.keysock.tools.setkey.Token.Kind;

/** {@code add [-46n] src dst proto spi [option…] algorithm ;}. */
record AddCommand() implements Command {

    @Override
    public Statement read(Tokens tokens, Context context) throws ScriptError {
        SaName name = SaName.read(tokens, context);
        SaOptions options = SaOptions.read(tokens, name.protocol());
        SaAlgorithms algorithms =
                SaAlgorithms.read(tokens, name.protocol().saType(), context.offers());
        tokens.of(Kind.SEMICOLON);
        SaMessages messages = new SaMessages(name, options, algorithms);
        return new Requests(messages.forEachPair(MessageType.ADD, context.pid()));
    }
}
