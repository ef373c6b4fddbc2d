package org.keysock.tools.setkey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.Policy;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.text.AddressText;
import org.keysock.tools.setkey.Token.Kind;

/** Reads a policy: {@code direction [prio …] action [rule…]}. */
final class PolicyReader {

    private final PolicyWords words;
    private int direction;

    PolicyReader(PolicyWords words) {
        this.words = words;
    }

    /** A whole policy. */
    Policy policy() throws ScriptError {
        direction = direction();
        int priority = Priorities.NONE_NAMED;
        if (words.peek().is("prio") || words.peek().is("priority")) {
            words.next();
            priority = Priorities.read(words);
        }
        Token action = words.next();
        int type = PolicyTerms.ACTIONS.number(action.text());
        if (type < 0) {
            throw new ScriptError(LibraryError.INVALID_POLICY, action);
        }
        List<Policy.Request> requests = new ArrayList<>();
        while (words.more()) {
            requests.add(rule(words.next()));
        }
        return new Policy(type, direction, 0, priority, requests);
    }

    /** A direction alone, which is how a policy is named that goes. */
    Policy directionAlone() throws ScriptError {
        int only = direction();
        if (words.more()) {
            throw ScriptError.syntax(words.peek());
        }
        return new Policy(0, only, 0, 0, List.of());
    }

    private int direction() throws ScriptError {
        Token word = words.next();
        int number = PolicyTerms.DIRECTIONS.number(word.text());
        if (number < PolicyTerms.IN || number > PolicyTerms.FORWARD) {
            throw new ScriptError(LibraryError.INVALID_DIRECTION, word);
        }
        return number;
    }

    /** A request: protocol, mode, addresses, level; what is left away at the end is the default. */
    private Policy.Request rule(Token word) throws ScriptError {
        List<String> parts = parts(word.text());
        int protocol = number(PolicyTerms.PROTOCOLS, parts, 0, LibraryError.INVALID_PROTOCOL, word);
        int mode = mode(part(parts, 1), word);
        String ends = part(parts, 2);
        String level = part(parts, 3);
        int colon = level.indexOf(':');
        String levelWord = colon < 0 ? level : level.substring(0, colon);
        int levelNumber = levelWord.isEmpty() ? 0 : PolicyTerms.LEVELS.number(levelWord);
        boolean unique = levelNumber == PolicyTerms.UNIQUE;
        if (levelNumber < 0 || parts.size() > 4 || (colon >= 0 && !unique)) {
            throw new ScriptError(LibraryError.INVALID_LEVEL, word);
        }
        int reqid = colon < 0 ? 0 : reqid(level.substring(colon + 1), word);
        Sockaddr source = null;
        Sockaddr destination = null;
        if (!ends.isEmpty() && !ownEnd(ends, word)) {
            int dash = ends.indexOf('-');
            source = end(dash < 0 ? "" : ends.substring(0, dash), word);
            destination = end(ends.substring(dash + 1), word);
            if (source.getClass() != destination.getClass()) {
                throw new ScriptError(LibraryError.FAMILY_MISMATCH, word);
            }
        }
        return new Policy.Request(protocol, mode, levelNumber, reqid, source, destination);
    }

    private static List<String> parts(String rule) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int slash = rule.indexOf('/'); slash >= 0; slash = rule.indexOf('/', from)) {
            parts.add(rule.substring(from, slash));
            from = slash + 1;
        }
        parts.add(rule.substring(from));
        return parts;
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    private static int number(
            PolicyTerms terms, List<String> parts, int index, LibraryError error, Token at)
            throws ScriptError {
        int number = terms.number(part(parts, index));
        if (number < 0) {
            throw new ScriptError(error, at);
        }
        return number;
    }

    private static int mode(String word, Token at) throws ScriptError {
        int mode = word.isEmpty() ? 0 : Modes.number(word);
        if (mode < 0) {
            throw new ScriptError(LibraryError.INVALID_MODE, at);
        }
        return mode;
    }

    private static int reqid(String digits, Token at) throws ScriptError {
        try {
            if (new Token(Kind.WORD, digits, at.line(), true).decimal()) {
                return Integer.parseUnsignedInt(digits);
            }
        } catch (NumberFormatException e) {
            // more than 32 bits
        }
        throw new ScriptError(LibraryError.INVALID_LEVEL, at);
    }

    /** Whether the ends are this host's and any: no addresses are sent then. */
    private boolean ownEnd(String ends, Token at) throws ScriptError {
        boolean out = ends.equals("me-any");
        boolean in = ends.equals("any-me");
        if ((out && direction != PolicyTerms.OUT) || (in && direction == PolicyTerms.OUT)) {
            throw new ScriptError(LibraryError.INVALID_DIRECTION, at);
        }
        return out || in;
    }

    private static Sockaddr end(String text, Token at) throws ScriptError {
        int open = text.indexOf('[');
        IpAddress address = AddressText.parse(open < 0 ? text : text.substring(0, open));
        if (address == null || (open >= 0 && !text.endsWith("]"))) {
            throw new ScriptError(LibraryError.INVALID_ADDRESS, at);
        }
        int port = open < 0 ? 0 : port(text.substring(open + 1, text.length() - 1), at);
        return Sockaddr.of(address, port);
    }

    private static int port(String word, Token at) throws ScriptError {
        boolean decimal = new Token(Kind.WORD, word, at.line(), true).decimal();
        if (word.equals("any")) {
            return 0;
        }
        if (!decimal || word.length() > 5 || Integer.parseInt(word) > 0xffff) {
            throw new ScriptError(LibraryError.INVALID_ADDRESS, at);
        }
        return Integer.parseInt(word);
    }

    /** The forward copy of an inbound policy, or null for another one. */
    static @Nullable Policy forwarded(Policy policy) {
        return policy.direction() != PolicyTerms.IN
                ? null
                : new Policy(
                        policy.policyType(),
                        PolicyTerms.FORWARD,
                        policy.id(),
                        policy.priority(),
                        policy.requests());
    }
}
