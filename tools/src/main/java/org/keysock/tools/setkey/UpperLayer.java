package org.keysock.tools.setkey;

import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.text.AddressText;
import org.keysock.tools.cli.IpProtocols;
import org.keysock.tools.setkey.Token.Kind;

/**
 * The upper layer of a selector.
 *
 * @param protocol its number, 255 for any
 * @param specified whether what follows was written
 * @param first what stands in the source's port: a type, or the upper half of a GRE key
 * @param second what stands in the destination's port: a code, or the lower half
 */
record UpperLayer(int protocol, boolean specified, int first, int second) {

    private static final int OCTET = 0xff;

    /** Reads the protocol and, where it may have one, its specification. */
    static UpperLayer read(Tokens tokens) throws ScriptError {
        Token word = tokens.word();
        int number = word.decimal() ? octet(word, word.text()) : number(word.text());
        if (number < 0) {
            throw ScriptError.syntax(word);
        }
        Token next = tokens.peek();
        boolean may = typed(number) || number == IpProtocols.GRE;
        if (!may || !next.is(Kind.WORD) || next.text().startsWith("-")) {
            return new UpperLayer(number, false, 0, 0);
        }
        tokens.next();
        if (number == IpProtocols.GRE) {
            int key = key(next);
            return new UpperLayer(number, true, key >>> 16, key & 0xffff);
        }
        int comma = next.text().indexOf(',');
        String type = comma < 0 ? next.text() : next.text().substring(0, comma);
        int code = comma < 0 ? 0 : octet(next, next.text().substring(comma + 1));
        return new UpperLayer(number, true, octet(next, type), code);
    }

    /** The number of a protocol's word in a script, or -1. */
    private static int number(String word) {
        return switch (word) {
            case "any" -> Numbers.ANY_PROTOCOL;
            case "icmp6" -> IpProtocols.ICMP6;
            case "ip4" -> IpProtocols.IP4;
            default -> IpProtocols.number(word);
        };
    }

    /** The name of a protocol; its number where there is none. */
    static String name(int protocol) {
        String name = IpProtocols.name(protocol);
        return name == null ? Integer.toString(protocol) : name;
    }

    /** Whether a protocol's ports are a type and a code. */
    static boolean typed(int protocol) {
        return protocol == IpProtocols.ICMP
                || protocol == IpProtocols.ICMP6
                || protocol == IpProtocols.MOBILITY;
    }

    private static int octet(Token at, String digits) throws ScriptError {
        boolean decimal = new Token(Kind.WORD, digits, at.line(), true).decimal();
        if (!decimal || digits.length() > 3 || Integer.parseInt(digits) > OCTET) {
            throw ScriptError.syntax(at);
        }
        return Integer.parseInt(digits);
    }

    private static int key(Token word) throws ScriptError {
        if (AddressText.parse(word.text()) instanceof Ipv4Address dotted) {
            return dotted.bits();
        }
        try {
            if (word.decimal()) {
                return Integer.parseUnsignedInt(word.text());
            }
        } catch (NumberFormatException e) {
            // more than 32 bits
        }
        throw ScriptError.syntax(word);
    }
}
