package org.keysock.pfkey.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An extension of a message: the ones of RFC 2367 section 2.3 here, those of the dialects in {@link
 * SolarisExtension}, {@link KameExtension} and {@link KlipsExtension}. Times are seconds, lengths
 * of keys bits.
 */
public sealed interface Extension
        permits Extension.Rfc, SolarisExtension, KameExtension, KlipsExtension {

    /** Which extension this is. */
    ExtensionType type();

    /** The extensions that every dialect knows. */
    sealed interface Rfc extends Extension
            permits Sa,
                    Lifetime,
                    Address,
                    Key,
                    Identity,
                    Sensitivity,
                    Proposal,
                    Supported,
                    SpiRange,
                    Enclosed,
                    Opaque {}

    /**
     * The security association extension, section 2.3.1.
     *
     * @param replayWindow {@code sadb_sa_replay}, 0 to 255; packets (Linux, Solaris, KLIPS, RFC)
     * @param reference the kernel's own number of the SA (KLIPS), or {@link #NO_REFERENCE}
     */
    record Sa(
            Spi spi,
            int replayWindow,
            SaState state,
            AuthAlgorithm auth,
            EncryptionAlgorithm encrypt,
            SaFlags flags,
            int reference)
            implements Rfc {

        /** No SA reference: what clients of KLIPS say, and everybody elsewhere. */
        public static final int NO_REFERENCE = -1;

        /** An SA without a reference. */
        public Sa(
                Spi spi,
                int replayWindow,
                SaState state,
                AuthAlgorithm auth,
                EncryptionAlgorithm encrypt,
                SaFlags flags) {
            this(spi, replayWindow, state, auth, encrypt, flags, NO_REFERENCE);
        }

        /** An extension that names an SA and says nothing else about it. */
        public static Sa of(Spi spi) {
            return new Sa(
                    spi,
                    0,
                    SaState.LARVAL,
                    AuthAlgorithm.NONE,
                    EncryptionAlgorithm.NONE,
                    SaFlags.NONE);
        }

        @Override
        public ExtensionType type() {
            return ExtensionType.SA;
        }
    }

    /**
     * A lifetime, section 2.3.2: LIFETIME_CURRENT, _HARD, _SOFT, and X_LIFETIME_IDLE of Solaris. In
     * CURRENT the times are absolute, seconds since 1970 (KLIPS: since the machine started),
     * elsewhere limits counted from the event.
     *
     * @param allocations unsigned 32 bits; flows in the RFC, packets on Linux
     * @param bytes unsigned 64 bits
     * @param addTime seconds since, or after, the SA was added
     * @param useTime seconds since, or after, the first use; 0 in CURRENT: never used
     * @param packets unsigned 32 bits; KLIPS alone has them
     */
    record Lifetime(
            ExtensionType type,
            int allocations,
            long bytes,
            long addTime,
            long useTime,
            int packets)
            implements Rfc {

        /** A lifetime that does not count packets. */
        public Lifetime(
                ExtensionType type, int allocations, long bytes, long addTime, long useTime) {
            this(type, allocations, bytes, addTime, useTime, 0);
        }

        /** Whether no field says anything. */
        public boolean zero() {
            return allocations == 0 && bytes == 0 && addTime == 0 && useTime == 0 && packets == 0;
        }

        /**
         * The moment {@code addTime} seconds after that one; Long.MAX_VALUE when it is no limit.
         */
        public long addTimeAfter(long millis) {
            return after(millis, addTime);
        }

        /**
         * The moment {@code useTime} seconds after that one; Long.MAX_VALUE when it is no limit.
         */
        public long useTimeAfter(long millis) {
            return after(millis, useTime);
        }

        /** Seconds without sign, 0 for no limit. */
        private static long after(long millis, long seconds) {
            boolean farOff = Long.compareUnsigned(seconds, (Long.MAX_VALUE - millis) / 1000) > 0;
            return seconds == 0 || farOff ? Long.MAX_VALUE : millis + seconds * 1000;
        }
    }

    /**
     * An address, section 2.3.3: ADDRESS_SRC, _DST, _PROXY, and the NAT-T and inner addresses of
     * the dialects.
     *
     * @param protocol upper-layer protocol, 0 for any (KAME: 255)
     * @param prefixLength bits, as they stand on the wire
     * @param spareWords words of 8 zero bytes behind the socket address; 0, except in a Solaris
     *     echo of a v4-mapped address, which keeps the length of the request (solaris.md 1.9.3)
     */
    record Address(
            ExtensionType type, int protocol, int prefixLength, Sockaddr sockaddr, int spareWords)
            implements Rfc {

        /** An address that fills its extension. */
        public Address(ExtensionType type, int protocol, int prefixLength, Sockaddr sockaddr) {
            this(type, protocol, prefixLength, sockaddr, 0);
        }

        /** An address with protocol, prefix and port 0. */
        public static Address of(ExtensionType type, IpAddress address) {
            return new Address(type, 0, 0, Sockaddr.of(address, 0));
        }

        /** The IP address, or null when the family is unknown. */
        public @Nullable IpAddress address() {
            return sockaddr.address();
        }

        /** The port, 0 for any. */
        public int port() {
            return sockaddr.port();
        }
    }

    /**
     * A key, section 2.3.4: KEY_AUTH, KEY_ENCRYPT, and X_STR_AUTH of Solaris.
     *
     * @param bits {@code sadb_key_bits}
     * @param reserved 16 bits; Solaris: initial IV bits in requests, salt bits in replies
     * @param material the bytes of key and salt
     */
    record Key(ExtensionType type, int bits, int reserved, KeyMaterial material) implements Rfc {}

    /**
     * An identity, section 2.3.5: IDENTITY_SRC or IDENTITY_DST.
     *
     * @param id user id of a USER_FQDN, else 0
     * @param text the identity, one character a byte, without the final NUL
     */
    record Identity(ExtensionType type, IdentityType kind, long id, String text) implements Rfc {}

    /**
     * A sensitivity label, section 2.3.6: SENSITIVITY, and X_OUTER_SENS of Solaris.
     *
     * @param domain protection domain
     * @param flags Solaris: 1 implicit label, 2 unlabeled peer; reserved elsewhere
     * @param sensitivity bitmap, words of 64 bits
     * @param integrity bitmap, words of 64 bits
     */
    record Sensitivity(
            ExtensionType type,
            int domain,
            int level,
            int integrityLevel,
            int flags,
            List<Long> sensitivity,
            List<Long> integrity)
            implements Rfc {
        public Sensitivity {
            sensitivity = List.copyOf(sensitivity);
            integrity = List.copyOf(integrity);
        }
    }

    /** A proposal, section 2.3.7: what a kernel would accept, best first. */
    record Proposal(int replayWindow, List<Combination> combinations) implements Rfc {
        public Proposal {
            combinations = List.copyOf(combinations);
        }

        @Override
        public ExtensionType type() {
            return ExtensionType.PROPOSAL;
        }

        /**
         * One combination of a proposal.
         *
         * @param flags 16 bits
         * @param saltBits Solaris, since 2018; 0 elsewhere
         * @param soft limits; its type is LIFETIME_SOFT
         * @param hard limits; its type is LIFETIME_HARD
         */
        public record Combination(
                AuthAlgorithm auth,
                EncryptionAlgorithm encrypt,
                int flags,
                int authMinBits,
                int authMaxBits,
                int encryptMinBits,
                int encryptMaxBits,
                int saltBits,
                Lifetime soft,
                Lifetime hard) {}
    }

    /** Algorithms that a kernel offers, section 2.3.8: SUPPORTED_AUTH or SUPPORTED_ENCRYPT. */
    record Supported(ExtensionType type, List<Algorithm> algorithms) implements Rfc {
        public Supported {
            algorithms = List.copyOf(algorithms);
        }

        /**
         * One algorithm on offer.
         *
         * @param code an {@link AuthAlgorithm} or {@link EncryptionAlgorithm}
         * @param ivLength bytes
         * @param increment Solaris: bits between two key lengths; 0 elsewhere
         * @param saltBits Solaris; 0 elsewhere
         */
        public record Algorithm(
                Code code, int ivLength, int minBits, int maxBits, int increment, int saltBits) {}
    }

    /**
     * The interval a GETSPI may choose from, section 2.3.9. A minimum above the maximum is a legal
     * value here: kernels answer it differently.
     */
    record SpiRange(Spi min, Spi max) implements Rfc {
        @Override
        public ExtensionType type() {
            return ExtensionType.SPIRANGE;
        }
    }

    /**
     * The whole message that an X_PROMISC message of RFC 2367 carries where others have extensions
     * (RFC 2367 section 3.1.11).
     */
    record Enclosed(SadbMessage message) implements Rfc {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_ENCLOSED;
        }
    }

    /**
     * An extension that is carried and not read: one whose number the dialect does not know,
     * X_KMPRIVATE, or a known one whose body makes no sense where the dialect's kernel would not
     * have looked. Lookups by record class therefore do not find the last kind.
     *
     * @param body the bytes behind the 4-byte extension header
     */
    record Opaque(ExtensionType type, byte[] body) implements Rfc {
        public Opaque {
            body = body.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Opaque o && o.type.equals(type) && Arrays.equals(o.body, body);
        }

        @Override
        public int hashCode() {
            return 31 * type.hashCode() + Arrays.hashCode(body);
        }

        @Override
        public String toString() {
            return "Opaque[" + type + ", " + body.length + " bytes]";
        }
    }
}
