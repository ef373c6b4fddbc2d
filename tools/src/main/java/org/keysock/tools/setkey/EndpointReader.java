package org.keysock.tools.setkey;

import java.util.ArrayList;
import java.util.List;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.text.AddressText;
import org.keysock.tools.cli.HostNames;
import org.keysock.tools.cli.Services;
import org.keysock.tools.setkey.Token.Kind;

/** Reads {@code [-46n] src dst} of all commands: addresses or names, prefixes, ports. */
final class EndpointReader {

    private static final String UNKNOWN = "Name or service not known";
    private static final String OTHER_FAMILY = "Address family for hostname not supported";
    private static final String NO_SERVICE = "Servname not supported for ai_socktype";

    private final Tokens tokens;
    private final HostNames hosts;
    private boolean only4;
    private boolean only6;
    private boolean numeric;

    EndpointReader(Tokens tokens, Context context) {
        this.tokens = tokens;
        this.hosts = context.hosts();
    }

    /** Reads the options in front of the addresses; the last family wins. */
    void options() throws ScriptError {
        while (tokens.peek().is(Kind.WORD) && tokens.peek().text().startsWith("-")) {
            Token group = tokens.next();
            if (group.text().length() == 1) {
                throw ScriptError.syntax(group);
            }
            for (int at = 1; at < group.text().length(); at++) {
                switch (group.text().charAt(at)) {
                    case '4' -> family(true);
                    case '6' -> family(false);
                    case 'n' -> numeric = true;
                    default -> throw ScriptError.syntax(group);
                }
            }
        }
    }

    private void family(boolean four) {
        only4 = four;
        only6 = !four;
    }

    /** An address or name, and a port. */
    Endpoint host() throws ScriptError {
        Token word = tokens.word();
        return new Endpoint(word, addresses(word, word.text()), port(), Endpoint.NONE);
    }

    /** An address or name, a prefix length and a port. */
    Endpoint range() throws ScriptError {
        Token word = tokens.word();
        int slash = word.text().indexOf('/');
        String name = slash < 0 ? word.text() : word.text().substring(0, slash);
        List<IpAddress> addresses = addresses(word, name);
        int prefix = slash < 0 ? Endpoint.NONE : prefix(word, slash + 1, addresses);
        return new Endpoint(word, addresses, port(), prefix);
    }

    private static int prefix(Token word, int from, List<IpAddress> addresses) throws ScriptError {
        String digits = word.text().substring(from);
        Token number = new Token(Kind.WORD, digits, word.line(), true);
        if (!number.decimal()) {
            throw ScriptError.syntax(word);
        }
        int prefix = digits.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        for (IpAddress address : addresses) {
            if (prefix > Numbers.bits(address)) {
                throw new ScriptError(LibraryError.INVALID_PREFIX, word);
            }
        }
        return prefix;
    }

    /** The port in brackets, {@link Endpoint#NONE} without brackets. */
    private int port() throws ScriptError {
        if (!tokens.peek().is(Kind.OPEN)) {
            return Endpoint.NONE;
        }
        tokens.next();
        Token word = tokens.word();
        tokens.of(Kind.CLOSE);
        if (word.is("any")) {
            return 0;
        }
        int port = word.decimal() ? number(word.text()) : Services.port(word.text());
        if (port < 0 || port > 0xffff) {
            throw new ScriptError(NO_SERVICE, word);
        }
        return port;
    }

    private static int number(String digits) {
        return digits.length() > 5 ? Endpoint.NONE : Integer.parseInt(digits);
    }

    private List<IpAddress> addresses(Token at, String name) throws ScriptError {
        if (SaProtocol.named(at) != null
                || at.is("any")
                || at.is("tagged")
                || name.startsWith("-")) {
            throw ScriptError.syntax(at); // words of the language are no hosts
        }
        IpAddress literal = AddressText.parse(name);
        if (literal != null) {
            if (!wanted(literal)) {
                throw new ScriptError(OTHER_FAMILY, at);
            }
            return List.of(literal);
        }
        List<IpAddress> found = new ArrayList<>();
        boolean zoned = name.indexOf(':') >= 0; // an address, then, which is never looked up
        boolean key = at.maybeKey() && name.indexOf('.') < 0; // not for name servers to know
        if ((zoned || !numeric) && !name.isEmpty() && !key) {
            for (IpAddress address : hosts.addresses(name)) {
                if (wanted(address)) {
                    found.add(address);
                }
            }
        }
        if (found.isEmpty()) {
            throw new ScriptError(UNKNOWN, at);
        }
        return found;
    }

    private boolean wanted(IpAddress address) {
        return address instanceof Ipv4Address ? !only6 : !only4;
    }
}
