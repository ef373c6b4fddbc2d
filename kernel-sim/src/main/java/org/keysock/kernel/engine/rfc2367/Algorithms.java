package org.keysock.kernel.engine.rfc2367;

import static org.keysock.kernel.engine.rfc2367.Layout.require;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyChecks;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** Algorithms and keys of a request, checked against the one table of them. */
final class Algorithms {

    static final AlgorithmTable TABLE = AlgorithmTable.of(DialectName.RFC2367);

    private Algorithms() {}

    /**
     * What the SA and key extensions choose: ESP needs a cipher, all others need authentication and
     * can have no cipher.
     *
     * @throws Refusal EINVAL for an algorithm that is not on offer, a missing key or one too many,
     *     a wrong length, wrong parity or a weak key
     */
    static SaSecrets chosen(SaType saType, SadbMessage message) throws Refusal {
        Extension.Sa sa = Ends.present(message.sa(), ExtensionType.SA);
        Extension.@Nullable Key authKey = message.key(ExtensionType.KEY_AUTH);
        Extension.@Nullable Key cipherKey = message.key(ExtensionType.KEY_ENCRYPT);
        @Nullable Algorithm auth =
                row(sa.auth(), AuthAlgorithm.NONE, ExtensionType.KEY_AUTH, authKey);
        @Nullable Algorithm cipher =
                row(sa.encrypt(), EncryptionAlgorithm.NONE, ExtensionType.KEY_ENCRYPT, cipherKey);
        if (saType == SaType.ESP) {
            require(cipher != null, "SA: no encryption algorithm, ESP needs one");
        } else {
            require(auth != null, "SA: no authentication algorithm, SAs other than ESP need one");
            require(cipher == null, "SA: an encryption algorithm, only ESP has one");
        }
        KeyMaterial material = material(cipherKey);
        if (cipher != null && KeyChecks.hasParity(sa.encrypt())) {
            require(KeyChecks.oddParity(material), "KEY_ENCRYPT: a byte without odd parity");
            require(!KeyChecks.weak(sa.encrypt(), material), "KEY_ENCRYPT: a weak key");
        }
        int salt = cipher == null ? 0 : cipher.saltBits();
        return new SaSecrets(
                sa.auth(),
                bits(authKey),
                material(authKey),
                sa.encrypt(),
                bits(cipherKey) - salt,
                salt,
                material,
                8 * icvBytes(auth, cipher));
    }

    /** The row of an algorithm whose key is right; null for no algorithm and no key. */
    private static @Nullable Algorithm row(
            Code code, Code none, ExtensionType keyType, Extension.@Nullable Key key)
            throws Refusal {
        if (code == none) {
            if (key != null) {
                throw Refusal.invalid(keyType + ": a key, and the SA has no algorithm for it");
            }
            return null;
        }
        Algorithm row = TABLE.find(code);
        if (row == null || !row.usable()) {
            throw Refusal.invalid("SA: algorithm " + code + " for " + keyType + " is not there");
        }
        if (!row.allows(bits(key))) {
            throw Refusal.invalid(Reasons.keyBits(keyType, bits(key), row));
        }
        return row;
    }

    /** That of the authentication, or of a cipher that authenticates by itself. */
    private static int icvBytes(@Nullable Algorithm auth, @Nullable Algorithm cipher) {
        if (auth != null) {
            return auth.icvBytes();
        }
        return cipher == null ? 0 : cipher.icvBytes();
    }

    private static int bits(Extension.@Nullable Key key) {
        return key == null ? 0 : key.bits();
    }

    private static KeyMaterial material(Extension.@Nullable Key key) {
        return key == null ? KeyMaterial.EMPTY : key.material();
    }
}
