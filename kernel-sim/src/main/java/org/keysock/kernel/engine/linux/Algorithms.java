package org.keysock.kernel.engine.linux;

import static org.keysock.kernel.engine.linux.Checks.require;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Setting;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * Algorithms and keys of ADD and UPDATE, in the two steps in which the kernel checks them: when it
 * reads the message, and when the protocol initialises the SA.
 */
final class Algorithms {

    private static final AlgorithmTable TABLE = StateMessage.ALGORITHMS;
    private static final int SHORTEST_BLOWFISH = 32;

    /** This kernel takes combined algorithms by other interfaces than PF_KEY only. */
    static final Setting AEAD =
            Setting.choice(
                    "linux.aead",
                    "offer AES-GCM, AES-CCM and ChaCha20-Poly1305, which this kernel does not",
                    "off",
                    "on");

    private final SaType saType;
    private final Extension.Sa sa;
    private final Extension.@Nullable Key authKey;
    private final Extension.@Nullable Key cipherKey;
    private final @Nullable Algorithm auth;
    private final @Nullable Algorithm cipher;

    /**
     * First step: sections 8.5.5 to 8.5.7.
     *
     * @throws Refusal EINVAL for numbers out of range and empty keys, ENOSYS for algorithms that
     *     are not there
     */
    Algorithms(SaType saType, SadbMessage message, KernelSettings settings) throws Refusal {
        this.saType = saType;
        sa = Checks.present(message.sa(), ExtensionType.SA);
        Algorithm.Kind ciphers =
                saType == SaType.X_IPCOMP ? Algorithm.Kind.COMPRESS : Algorithm.Kind.ENCRYPT;
        requireNumber(sa.auth(), Algorithm.Kind.AUTH);
        requireNumber(sa.encrypt(), ciphers);
        authKey = message.key(ExtensionType.KEY_AUTH);
        cipherKey = message.key(ExtensionType.KEY_ENCRYPT);
        requireBits(authKey, sa.auth(), AuthAlgorithm.NULL);
        requireBits(cipherKey, sa.encrypt(), EncryptionAlgorithm.NULL);
        auth = row(sa.auth(), AuthAlgorithm.NONE, Algorithm.Kind.AUTH, settings);
        cipher = row(sa.encrypt(), EncryptionAlgorithm.NONE, ciphers, settings);
    }

    private static void requireNumber(Code code, Algorithm.Kind kind) throws Refusal {
        if (!code.known() && code.number() > TABLE.highest(kind)) {
            throw Refusal.invalid(
                    "SA: "
                            + word(kind)
                            + " algorithm "
                            + code.number()
                            + ", the highest is "
                            + TABLE.highest(kind));
        }
    }

    private static void requireBits(Extension.@Nullable Key key, Code algorithm, Code none)
            throws Refusal {
        if (key != null && key.bits() == 0 && algorithm != none) {
            throw Refusal.invalid(
                    key.type() + ": 0 bits, only NULL takes none, and this is " + algorithm);
        }
    }

    private static String word(Algorithm.Kind kind) {
        return switch (kind) {
            case AUTH -> "authentication";
            case ENCRYPT -> "encryption";
            case COMPRESS -> "compression";
            case TUNNEL -> "tunnel";
        };
    }

    /** Whether an SA may be made with it. */
    static boolean usable(Algorithm row, KernelSettings settings) {
        return row.usable() || (row.offer() == Algorithm.Offer.SWITCHED && settings.is(AEAD, "on"));
    }

    private static @Nullable Algorithm row(
            Code code, Code none, Algorithm.Kind kind, KernelSettings settings) throws Refusal {
        if (code == none) {
            return null;
        }
        Algorithm row = TABLE.find(code);
        if (row == null || !usable(row, settings)) {
            throw new Refusal(
                    Errno.ENOSYS, "SA: " + word(kind) + " algorithm " + code + " is not there");
        }
        return row;
    }

    /**
     * Second step: what the protocol makes of it.
     *
     * @throws Refusal EINVAL for a missing algorithm or a key of a wrong length
     */
    SaSecrets initialised() throws Refusal {
        boolean ah = saType == SaType.AH;
        boolean compressed = saType == SaType.X_IPCOMP;
        require(!ah || auth != null, "SA: no authentication algorithm, AH needs one");
        require(ah || !compressed || cipher != null, "SA: no compression algorithm");
        require(ah || cipher != null, "SA: no encryption algorithm, ESP needs one");
        // the key of what the protocol does not use is never looked at
        if (!ah && !compressed && cipher != null && !fits(cipher, bytes(cipherKey))) {
            throw Refusal.invalid(
                    Reasons.keyBits(ExtensionType.KEY_ENCRYPT, bits(cipherKey), cipher));
        }
        boolean combined = cipher != null && cipher.icvBytes() > 0;
        require(
                !combined || auth == null,
                "SA: an authentication algorithm beside a cipher that authenticates by itself");
        if (!compressed
                && auth != null
                && auth.code() == AuthAlgorithm.AES_XCBC
                && 8 * bytes(authKey) != auth.minBits()) {
            throw Refusal.invalid(Reasons.keyBits(ExtensionType.KEY_AUTH, bits(authKey), auth));
        }
        Extension.Key usedAuth = auth == null ? null : authKey;
        Extension.Key usedCipher = compressed || cipher == null ? null : cipherKey;
        int salt = cipher == null ? 0 : cipher.saltBits();
        return new SaSecrets(
                sa.auth(),
                bits(usedAuth),
                material(usedAuth),
                sa.encrypt(),
                bits(usedCipher) - salt,
                salt,
                material(usedCipher),
                8 * icvBytes(combined ? cipher : auth));
    }

    private static int icvBytes(@Nullable Algorithm row) {
        return row == null ? 0 : row.icvBytes();
    }

    /** What the cipher itself takes, which for Blowfish is more than REGISTER lists. */
    private static boolean fits(Algorithm cipher, int bytes) {
        return cipher.allows(8 * bytes)
                || (cipher.code() == EncryptionAlgorithm.BLOWFISH_CBC
                        && 8 * bytes == SHORTEST_BLOWFISH);
    }

    private static int bits(Extension.@Nullable Key key) {
        return key == null ? 0 : key.bits();
    }

    private static int bytes(Extension.@Nullable Key key) {
        return (bits(key) + 7) / 8;
    }

    private static KeyMaterial material(Extension.@Nullable Key key) {
        return key == null ? KeyMaterial.EMPTY : key.material();
    }
}
