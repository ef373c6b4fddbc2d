package org.keysock.pfkey.model;

import java.util.List;

/**
 * One row of a dialect's {@link AlgorithmTable}: what that dialect calls an algorithm and what it
 * says of it.
 *
 * @param code an {@link AuthAlgorithm} or an {@link EncryptionAlgorithm}
 * @param kind which number space {@code number} belongs to
 * @param number the number in {@code sadb_sa_auth} or {@code sadb_sa_encrypt}, 1 to 255
 * @param offer what the dialect's kernel does with it
 * @param minBits shortest key, as REGISTER reports it
 * @param maxBits longest key, as REGISTER reports it
 * @param increment bits from one key length to the next, 0 when there is one length
 * @param saltBits bits of salt behind the key; {@link AlgorithmTable#saltCounted()} tells whether
 *     they are inside {@code minBits} and {@code maxBits}
 * @param ivBytes initialisation vector, as REGISTER reports it (Linux says 8 for AES-CBC)
 * @param icvBytes integrity check value of an authentication or a combined algorithm, else 0
 * @param names what people write, any case; the first is what tools print
 */
public record Algorithm(
        Code code,
        Kind kind,
        int number,
        Offer offer,
        int minBits,
        int maxBits,
        int increment,
        int saltBits,
        int ivBytes,
        int icvBytes,
        List<String> names) {

    /** The number spaces of algorithms. */
    public enum Kind {
        /** {@code sadb_sa_auth}. */
        AUTH,
        /** {@code sadb_sa_encrypt} of an AH or ESP SA. */
        ENCRYPT,
        /** {@code sadb_sa_encrypt} of an IPCOMP SA. */
        COMPRESS,
        /** What KLIPS lists for a tunnel: one family in another, key lengths their widths. */
        TUNNEL
    }

    /** What a dialect's kernel does with an algorithm that has a number. */
    public enum Offer {
        /** REGISTER lists it and ADD takes it. */
        LISTED,
        /** ADD takes it although REGISTER does not list it. */
        TAKEN,
        /** REGISTER lists it and ADD takes it when a switch of the dialect's rules says so. */
        SWITCHED,
        /** It has a number and no more: ADD refuses it. */
        REFUSED
    }

    public Algorithm {
        names = List.copyOf(names);
        if (number < 1 || number > 255) {
            throw new IllegalArgumentException("algorithm number " + number);
        }
    }

    /** The name that tools print. */
    public String name() {
        return names.get(0);
    }

    /** Whether an SA may be made with it, unless a switch says otherwise. */
    public boolean usable() {
        return offer == Offer.LISTED || offer == Offer.TAKEN;
    }

    /** Whether a key of that many bits, counted as REGISTER counts them, has a right length. */
    public boolean allows(int bits) {
        return bits >= minBits
                && bits <= maxBits
                && (increment == 0 || (bits - minBits) % increment == 0);
    }

    /** This algorithm as an entry of a REGISTER answer. */
    public Extension.Supported.Algorithm supported() {
        return new Extension.Supported.Algorithm(
                code, ivBytes, minBits, maxBits, increment, saltBits);
    }
}
