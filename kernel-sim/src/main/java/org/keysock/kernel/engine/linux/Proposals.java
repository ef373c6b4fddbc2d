package org.keysock.kernel.engine.linux;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.spd.Policy;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.Extension.Proposal;
import org.keysock.pfkey.model.Extension.Proposal.Combination;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;

/**
 * What an ACQUIRE proposes: section 8.10. Nothing for policies that came by this kernel's PF_KEY,
 * which cannot name algorithms; every combination for those that came otherwise.
 */
final class Proposals {

    /** Algorithms numbered from here on have no place in a policy's set of algorithms. */
    private static final int HIGHEST = 31;

    private static final Lifetime SOFT =
            new Lifetime(ExtensionType.LIFETIME_SOFT, 0, 0, 72_000, 25_200);
    private static final Lifetime HARD =
            new Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, 86_400, 28_800);

    private static final Proposal NOTHING = new Proposal(StateMessage.WIDEST_REPLAY, List.of());
    private static final Proposal AH =
            new Proposal(StateMessage.WIDEST_REPLAY, authenticated(null));
    private static final Proposal ESP = new Proposal(StateMessage.WIDEST_REPLAY, esp());

    private Proposals() {}

    static Proposal of(Acquire wanted) {
        @Nullable Policy policy = wanted.demand().policy();
        if (policy == null || policy.home() == DialectName.LINUX) {
            return NOTHING;
        }
        return wanted.saType() == SaType.AH ? AH : ESP;
    }

    private static List<Combination> esp() {
        List<Combination> all = new ArrayList<>();
        for (Algorithm cipher : listed(Algorithm.Kind.ENCRYPT)) {
            all.addAll(authenticated(cipher));
        }
        return all;
    }

    private static List<Combination> authenticated(@Nullable Algorithm cipher) {
        List<Combination> all = new ArrayList<>();
        for (Algorithm auth : listed(Algorithm.Kind.AUTH)) {
            all.add(
                    new Combination(
                            (AuthAlgorithm) auth.code(),
                            cipher == null
                                    ? EncryptionAlgorithm.NONE
                                    : (EncryptionAlgorithm) cipher.code(),
                            0,
                            auth.minBits(),
                            auth.maxBits(),
                            cipher == null ? 0 : cipher.minBits(),
                            cipher == null ? 0 : cipher.maxBits(),
                            0,
                            SOFT,
                            HARD));
        }
        return all;
    }

    private static List<Algorithm> listed(Algorithm.Kind kind) {
        return StateMessage.ALGORITHMS.listed(kind).stream()
                .filter(row -> row.number() <= HIGHEST)
                .toList();
    }
}
