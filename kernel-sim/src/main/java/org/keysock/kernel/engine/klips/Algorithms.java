package org.keysock.kernel.engine.klips;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** Algorithms and keys of ADD and UPDATE: klips.md section 3.3. No parity, no weak keys here. */
final class Algorithms {

    private static final AlgorithmTable TABLE = AlgorithmTable.of(DialectName.KLIPS);

    private Algorithms() {}

    /** The algorithms of a kind that were built in and are told, in KLIPS' order. */
    static List<Algorithm> listed(Algorithm.Kind kind, KernelSettings settings) {
        List<Algorithm> there = new ArrayList<>();
        for (Algorithm row : TABLE.rows(kind)) {
            if (row.offer() != Algorithm.Offer.TAKEN && isThere(row, settings)) {
                there.add(row);
            }
        }
        return there;
    }

    private static boolean isThere(Algorithm row, KernelSettings settings) {
        return switch (row.offer()) {
            case LISTED ->
                    row.code() != EncryptionAlgorithm.AES_CBC
                            || !settings.is(KlipsSettings.ALGORITHMS, "3des");
            case SWITCHED -> settings.is(KlipsSettings.ALGORITHMS, "all");
            case TAKEN -> true;
            case REFUSED -> false;
        };
    }

    /**
     * What the SA and key extensions choose.
     *
     * @throws Refusal EINVAL; for a cipher that is not there ENOENT, in modern forms EPROTO
     */
    static SaSecrets chosen(SaType saType, SadbMessage message, KernelSettings settings)
            throws Refusal {
        Extension.Sa sa = Checks.sa(message);
        Extension.@Nullable Key authKey = message.key(ExtensionType.KEY_AUTH);
        Extension.@Nullable Key cipherKey = message.key(ExtensionType.KEY_ENCRYPT);
        if (saType == SaType.AH) {
            return keyed(auth(sa, authKey, settings), authKey, null, null);
        }
        if (saType == SaType.ESP) {
            Algorithm cipher = cipher(sa, cipherKey, settings);
            Algorithm auth = sa.auth() == AuthAlgorithm.NONE ? null : auth(sa, authKey, settings);
            return keyed(auth, authKey, cipher, cipherKey);
        }
        if (saType == SaType.X_IPCOMP) {
            return unkeyed(compression(sa), 0, 0);
        }
        if (saType == SaType.X_IPIP) { // a key that nobody uses is shown by its length
            return unkeyed(EncryptionAlgorithm.NONE, bits(authKey), bits(cipherKey));
        }
        throw Refusal.invalid(Reasons.saType(saType, "AH, ESP, X_IPIP, X_IPCOMP"));
    }

    private static Algorithm auth(
            Extension.Sa sa, Extension.@Nullable Key key, KernelSettings settings) throws Refusal {
        Algorithm row = TABLE.find(sa.auth());
        if (row == null || !isThere(row, settings)) {
            throw Refusal.invalid("SA: authentication algorithm " + sa.auth() + " is not there");
        }
        requireLength(row, ExtensionType.KEY_AUTH, key);
        return row;
    }

    private static Algorithm cipher(
            Extension.Sa sa, Extension.@Nullable Key key, KernelSettings settings) throws Refusal {
        Algorithm row = TABLE.find(sa.encrypt());
        if (row == null || row.kind() != Algorithm.Kind.ENCRYPT || !isThere(row, settings)) {
            boolean modern = KlipsSettings.form(settings).modern();
            throw new Refusal(
                    modern ? Errno.EPROTO : Errno.ENOENT,
                    "SA: encryption algorithm " + sa.encrypt() + " is not there");
        }
        requireLength(row, ExtensionType.KEY_ENCRYPT, key);
        return row;
    }

    /** KLIPS takes any number, and deflates; here packets get what was asked for. */
    private static EncryptionAlgorithm compression(Extension.Sa sa) throws Refusal {
        if (sa.encrypt() != EncryptionAlgorithm.COMP_DEFLATE) {
            throw Refusal.invalid("SA: compression algorithm " + sa.encrypt() + " is not there");
        }
        return EncryptionAlgorithm.COMP_DEFLATE;
    }

    private static void requireLength(
            Algorithm row, ExtensionType type, Extension.@Nullable Key key) throws Refusal {
        if (!row.allows(bits(key))) {
            throw Refusal.invalid(Reasons.keyBits(type, bits(key), row));
        }
    }

    private static SaSecrets keyed(
            @Nullable Algorithm auth,
            Extension.@Nullable Key authKey,
            @Nullable Algorithm cipher,
            Extension.@Nullable Key cipherKey) {
        boolean authenticated = auth != null;
        boolean encrypted = cipher != null;
        return new SaSecrets(
                auth == null ? AuthAlgorithm.NONE : code(auth, AuthAlgorithm.class),
                authenticated ? bits(authKey) : 0,
                authenticated ? material(authKey) : KeyMaterial.EMPTY,
                cipher == null ? EncryptionAlgorithm.NONE : code(cipher, EncryptionAlgorithm.class),
                encrypted ? bits(cipherKey) : 0,
                0,
                encrypted ? material(cipherKey) : KeyMaterial.EMPTY,
                auth == null ? 0 : 8 * auth.icvBytes());
    }

    private static SaSecrets unkeyed(EncryptionAlgorithm encrypt, int authBits, int cipherBits) {
        return new SaSecrets(
                AuthAlgorithm.NONE,
                authBits,
                KeyMaterial.EMPTY,
                encrypt,
                cipherBits,
                0,
                KeyMaterial.EMPTY,
                0);
    }

    /** Bytes of a cipher's initialisation vector. */
    static int ivBytes(EncryptionAlgorithm cipher) {
        Algorithm row = TABLE.find(cipher);
        return row == null ? 0 : row.ivBytes();
    }

    private static <C extends Code> C code(Algorithm row, Class<C> kind) {
        return kind.cast(row.code());
    }

    private static int bits(Extension.@Nullable Key key) {
        return key == null ? 0 : key.bits();
    }

    private static KeyMaterial material(Extension.@Nullable Key key) {
        return key == null ? KeyMaterial.EMPTY : key.material();
    }
}
