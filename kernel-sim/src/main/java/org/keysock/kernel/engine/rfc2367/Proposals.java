package org.keysock.kernel.engine.rfc2367;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.Extension.Proposal;
import org.keysock.pfkey.model.Extension.Proposal.Combination;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;

/**
 * What the kernel proposes in an ACQUIRE, best first: our choice of algorithms; replay window and
 * limits are Linux'.
 */
final class Proposals {

    private static final int REPLAY_WINDOW = 32;
    private static final Lifetime SOFT =
            new Lifetime(ExtensionType.LIFETIME_SOFT, 0, 0, 72_000, 25_200);
    private static final Lifetime HARD =
            new Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, 86_400, 28_800);

    private static final List<AuthAlgorithm> AUTHS =
            List.of(AuthAlgorithm.HMAC_SHA256, AuthAlgorithm.HMAC_SHA512, AuthAlgorithm.HMAC_SHA1);
    private static final List<EncryptionAlgorithm> COMBINED =
            List.of(EncryptionAlgorithm.AES_GCM_16);
    private static final List<EncryptionAlgorithm> CIPHERS =
            List.of(EncryptionAlgorithm.AES_CBC, EncryptionAlgorithm.TRIPLE_DES_CBC);

    private static final Proposal ESP = new Proposal(REPLAY_WINDOW, esp());
    private static final Proposal OTHERS = new Proposal(REPLAY_WINDOW, authenticated(null));

    private Proposals() {}

    static Proposal of(SaType saType) {
        return saType == SaType.ESP ? ESP : OTHERS;
    }

    private static List<Combination> esp() {
        List<Combination> all = new ArrayList<>();
        for (EncryptionAlgorithm cipher : COMBINED) {
            all.add(combination(null, cipher));
        }
        for (EncryptionAlgorithm cipher : CIPHERS) {
            all.addAll(authenticated(cipher));
        }
        return all;
    }

    private static List<Combination> authenticated(@Nullable EncryptionAlgorithm cipher) {
        return AUTHS.stream().map(auth -> combination(auth, cipher)).toList();
    }

    private static Combination combination(
            @Nullable AuthAlgorithm auth, @Nullable EncryptionAlgorithm cipher) {
        @Nullable Algorithm authRow = row(auth);
        @Nullable Algorithm cipherRow = row(cipher);
        return new Combination(
                auth == null ? AuthAlgorithm.NONE : auth,
                cipher == null ? EncryptionAlgorithm.NONE : cipher,
                0,
                authRow == null ? 0 : authRow.minBits(),
                authRow == null ? 0 : authRow.maxBits(),
                cipherRow == null ? 0 : cipherRow.minBits(),
                cipherRow == null ? 0 : cipherRow.maxBits(),
                0,
                SOFT,
                HARD);
    }

    private static @Nullable Algorithm row(@Nullable Code code) {
        return code == null ? null : Algorithms.TABLE.find(code);
    }
}
