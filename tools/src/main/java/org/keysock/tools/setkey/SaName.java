package org.keysock.tools.setkey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Spi;

/**
 * How commands name an SA: {@code src dst proto spi}.
 *
 * @param original the original address of ESP in UDP, or null
 */
record SaName(
        Endpoint source,
        Endpoint destination,
        SaProtocol protocol,
        @Nullable IpAddress original,
        Spi spi) {

    /** Reads the ends and the type, {@code deleteall}'s name of many SAs. */
    static SaName readWithoutSpi(Tokens tokens, Context context) throws ScriptError {
        return read(tokens, context, false);
    }

    static SaName read(Tokens tokens, Context context) throws ScriptError {
        return read(tokens, context, true);
    }

    private static SaName read(Tokens tokens, Context context, boolean one) throws ScriptError {
        EndpointReader reader = new EndpointReader(tokens, context);
        reader.options();
        Endpoint source = reader.host();
        Endpoint destination = reader.host();
        SaProtocol protocol = SaProtocol.read(tokens);
        IpAddress original = null;
        Token next = tokens.peek();
        boolean number = next.decimal() || next.hexadecimal();
        if (one && protocol.encapsulated() && next.is(Token.Kind.WORD) && !number) {
            original = reader.host().only();
        }
        Spi spi = one ? spi(tokens) : new Spi(0);
        return new SaName(source, destination, protocol, original, spi);
    }

    /** An SPI; digits that are too many for it are cut off in front, as the original does. */
    private static Spi spi(Tokens tokens) throws ScriptError {
        Token word = tokens.word();
        boolean hexadecimal = word.hexadecimal();
        if (!hexadecimal && !word.decimal()) {
            throw ScriptError.syntax(word);
        }
        int base = hexadecimal ? 16 : 10;
        int value = 0;
        for (int at = hexadecimal ? 2 : 0; at < word.text().length(); at++) {
            value = value * base + Character.digit(word.text().charAt(at), base);
        }
        return new Spi(value);
    }
}
