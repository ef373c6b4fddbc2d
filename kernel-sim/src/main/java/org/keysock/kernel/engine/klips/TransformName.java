package org.keysock.kernel.engine.klips;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.SaType;

/**
 * What an SA does, in KLIPS' words: {@code ESP_3DES_HMAC_MD5}; klips.md section 6.3. An algorithm
 * that KLIPS has no number for is left out.
 */
final class TransformName {

    private static final Map<SaType, String> PROTOCOLS =
            Map.of(
                    SaType.AH, "AH",
                    SaType.ESP, "ESP",
                    SaType.X_IPIP, "IPIP",
                    SaType.X_IPCOMP, "COMP");

    private static final Map<Code, String> NAMED =
            Map.of(
                    EncryptionAlgorithm.TRIPLE_DES_CBC, "_3DES",
                    EncryptionAlgorithm.AES_CBC, "_AES",
                    EncryptionAlgorithm.SERPENT_CBC, "_SERPENT",
                    EncryptionAlgorithm.TWOFISH_CBC, "_TWOFISH",
                    EncryptionAlgorithm.COMP_DEFLATE, "_DEFLATE",
                    AuthAlgorithm.HMAC_MD5, "_HMAC_MD5",
                    AuthAlgorithm.HMAC_SHA1, "_HMAC_SHA1",
                    AuthAlgorithm.HMAC_SHA256, "_HMAC_SHA2_256",
                    AuthAlgorithm.HMAC_SHA384, "_HMAC_SHA2_384",
                    AuthAlgorithm.HMAC_SHA512, "_HMAC_SHA2_512");

    /** What newer kernels name, too. */
    private static final Map<Code, String> NAMED_LATER =
            Map.of(EncryptionAlgorithm.NULL, "_NULL", EncryptionAlgorithm.COMP_LZS, "_LZS");

    private static final Map<Code, Algorithm> ROWS = rows();

    private TransformName() {}

    private static Map<Code, Algorithm> rows() {
        Map<Code, Algorithm> rows = new HashMap<>();
        AlgorithmTable.of(DialectName.KLIPS).rows().forEach(row -> rows.put(row.code(), row));
        return Map.copyOf(rows);
    }

    /** What KLIPS knows of an algorithm; null for none, and for one it has no number for. */
    static @Nullable Algorithm row(Code algorithm) {
        return ROWS.get(algorithm);
    }

    /** The name of an SA's transform. */
    static String of(SecurityAssociation sa, TableForm form) {
        SaSecrets secrets = sa.secrets();
        return PROTOCOLS.getOrDefault(sa.protocol(), "UNKNOWN_proto")
                + part(row(secrets.encrypt()), form)
                + part(row(secrets.auth()), form);
    }

    private static String part(@Nullable Algorithm algorithm, TableForm form) {
        if (algorithm == null) {
            return "";
        }
        String otherwise =
                algorithm.kind() == Algorithm.Kind.COMPRESS
                        ? "_UNKNOWN_comp"
                        : "_ID" + algorithm.number();
        String classic = NAMED.getOrDefault(algorithm.code(), otherwise);
        return form.modern() ? NAMED_LATER.getOrDefault(algorithm.code(), classic) : classic;
    }
}
