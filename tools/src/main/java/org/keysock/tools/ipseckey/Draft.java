package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaState;

/** What the words of a command say of an SA so far. */
final class Draft {

    /**
     * An address as it was given.
     *
     * @param word as typed, with its prefix
     * @param addresses what it resolved to, none when it was too vague to be used
     * @param prefixLength as it goes on the wire
     */
    record Place(String word, List<IpAddress> addresses, int prefixLength) {
        Place {
            addresses = List.copyOf(addresses);
        }

        /** The address, if there is just one. */
        @Nullable IpAddress only() {
            return addresses.size() == 1 ? addresses.get(0) : null;
        }
    }

    private static final int TOKENS = Token.values().length;

    private final boolean[] seen = new boolean[TOKENS];
    private final long[] numbers = new long[TOKENS];
    private final @Nullable Place[] places = new @Nullable Place[TOKENS];
    private final @Nullable Extension[] extensions = new @Nullable Extension[TOKENS];
    private final List<Token> order = new ArrayList<>();

    private @Nullable IpAddress resolved;
    private SaState state = SaState.MATURE;
    private AuthAlgorithm auth = AuthAlgorithm.NONE;
    private EncryptionAlgorithm encrypt = EncryptionAlgorithm.NONE;

    /** Notes that the token was there, whatever its value. */
    void see(Token token) {
        if (!seen[token.ordinal()]) {
            seen[token.ordinal()] = true;
            order.add(token);
        }
    }

    /** Whether the token was there. */
    boolean saw(Token token) {
        return seen[token.ordinal()];
    }

    /** The tokens in the order they were typed, each once. */
    List<Token> order() {
        return order;
    }

    /** The number that was given, 0 when none was. */
    long number(Token token) {
        return numbers[token.ordinal()];
    }

    void number(Token token, long value) {
        numbers[token.ordinal()] = value;
    }

    @Nullable Place place(Token token) {
        return places[token.ordinal()];
    }

    void place(Token token, Place value) {
        places[token.ordinal()] = value;
    }

    /** The address that was resolved last, whatever its token. */
    @Nullable IpAddress resolved() {
        return resolved;
    }

    void resolved(IpAddress address) {
        resolved = address;
    }

    /** The key, identity or label that was given, ready to be sent, or null. */
    @Nullable Extension extension(Token token) {
        return extensions[token.ordinal()];
    }

    void extension(Token token, Extension value) {
        extensions[token.ordinal()] = value;
    }

    SaState state() {
        return state;
    }

    void state(SaState value) {
        state = value;
    }

    AuthAlgorithm auth() {
        return auth;
    }

    void auth(AuthAlgorithm value) {
        auth = value;
    }

    EncryptionAlgorithm encrypt() {
        return encrypt;
    }

    void encrypt(EncryptionAlgorithm value) {
        encrypt = value;
    }

    /** Whether a word about the SA itself was there: SPI, algorithms, state, flags. */
    boolean namesSa() {
        return saw(Token.SPI)
                || saw(Token.REPLAY)
                || saw(Token.STATE)
                || saw(Token.AUTHALG)
                || saw(Token.ENCRALG)
                || saw(Token.INBOUND)
                || saw(Token.OUTBOUND);
    }

    /** Whether any inner address, port or protocol was there: they make a tunnel. */
    boolean tunnel() {
        return saw(Token.ISRC)
                || saw(Token.IDST)
                || number(Token.ISPORT) != 0
                || number(Token.IDPORT) != 0
                || number(Token.IPROTO) != 0;
    }
}
