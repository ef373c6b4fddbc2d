package org.keysock.kernel.engine.solaris;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.Extension.Proposal;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.ExtendedProposal;
import org.keysock.pfkey.model.SolarisExtension.ExtendedProposal.AlgorithmDescriptor;

/**
 * The kernel's ACQUIREs, normal and extended: solaris.md section 3.14. A policy that names no
 * algorithms would take any, so that every combination is proposed, the strongest first.
 */
final class Proposals {

    private static final int DESCRIBES_AUTH = 1;
    private static final int DESCRIBES_CIPHER = 2;

    private final KernelSettings settings;
    private final Acquire acquire;

    private Proposals(Acquire acquire, KernelSettings settings) {
        this.acquire = acquire;
        this.settings = settings;
    }

    /** Sequence numbers of ACQUIREs count down from 0xFFFFFFFE. */
    static int sequence(int number) {
        return ~number;
    }

    /** The number behind a sequence number. */
    static int number(int sequence) {
        return ~sequence;
    }

    /** The ACQUIRE for sockets that registered for the SA type. */
    static SadbMessage normal(Acquire acquire, KernelSettings settings) {
        Proposals proposals = new Proposals(acquire, settings);
        return proposals.message(acquire.saType(), proposals.proposal());
    }

    /** The ACQUIRE for sockets that are extended-registered. */
    static SadbMessage extended(Acquire acquire, KernelSettings settings) {
        Proposals proposals = new Proposals(acquire, settings);
        return proposals.message(SaType.UNSPEC, proposals.extendedProposal());
    }

    private SadbMessage message(SaType saType, Extension proposal) {
        List<Extension> parts = new ArrayList<>();
        if (acquire.innerSource() != null && acquire.innerDestination() != null) {
            parts.add(acquire.innerSource());
            parts.add(acquire.innerDestination());
        }
        parts.add(acquire.source());
        parts.add(acquire.destination());
        parts.add(proposal);
        return SadbMessage.of(
                BaseHeader.of(MessageType.ACQUIRE, saType, sequence(acquire.number()), 0), parts);
    }

    private record Choice(@Nullable Algorithm auth, @Nullable Algorithm cipher) {}

    private List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        List<Algorithm> auths = strongestFirst(Algorithm.Kind.AUTH);
        if (acquire.saType() == SaType.AH) {
            auths.forEach(auth -> choices.add(new Choice(auth, null)));
            return choices;
        }
        for (Algorithm cipher : strongestFirst(Algorithm.Kind.ENCRYPT)) {
            if (cipher.icvBytes() != 0) {
                choices.add(new Choice(null, cipher));
            } else if (cipher.code() != EncryptionAlgorithm.NULL) {
                auths.forEach(auth -> choices.add(new Choice(auth, cipher)));
            }
        }
        return choices;
    }

    /** Younger algorithms have higher numbers. */
    private static List<Algorithm> strongestFirst(Algorithm.Kind kind) {
        List<Algorithm> algorithms = new ArrayList<>(KeyRules.ALGORITHMS.listed(kind));
        Collections.reverse(algorithms);
        return algorithms;
    }

    private Proposal proposal() {
        return new Proposal(replay(), choices().stream().map(this::combination).toList());
    }

    private Proposal.Combination combination(Choice choice) {
        Algorithm auth = choice.auth();
        Algorithm cipher = choice.cipher();
        return new Proposal.Combination(
                auth == null ? AuthAlgorithm.NONE : (AuthAlgorithm) auth.code(),
                cipher == null ? EncryptionAlgorithm.NONE : (EncryptionAlgorithm) cipher.code(),
                0,
                auth == null ? 0 : auth.minBits(),
                auth == null ? 0 : auth.maxBits(),
                cipher == null ? 0 : cipher.minBits(),
                cipher == null ? 0 : cipher.maxBits(),
                cipher == null ? 0 : cipher.saltBits(),
                soft(),
                hard());
    }

    private ExtendedProposal extendedProposal() {
        return new ExtendedProposal(
                replay(), choices().stream().map(this::extendedCombination).toList());
    }

    private ExtendedProposal.Combination extendedCombination(Choice choice) {
        List<AlgorithmDescriptor> descriptors = new ArrayList<>();
        if (choice.auth() != null) {
            descriptors.add(descriptor(DESCRIBES_AUTH, choice.auth()));
        }
        if (choice.cipher() != null) {
            descriptors.add(descriptor(DESCRIBES_CIPHER, choice.cipher()));
        }
        return new ExtendedProposal.Combination(0, soft(), hard(), descriptors);
    }

    private AlgorithmDescriptor descriptor(int kind, Algorithm algorithm) {
        return new AlgorithmDescriptor(
                acquire.saType(),
                kind,
                algorithm.code(),
                algorithm.saltBits(),
                algorithm.minBits(),
                algorithm.maxBits());
    }

    private int replay() {
        return (int) settings.number(SolarisSettings.REPLAY_SIZE);
    }

    private Lifetime soft() {
        return new Lifetime(
                ExtensionType.LIFETIME_SOFT,
                0,
                0,
                settings.number(SolarisSettings.SOFT_ADDTIME),
                0);
    }

    private Lifetime hard() {
        return new Lifetime(
                ExtensionType.LIFETIME_HARD,
                0,
                0,
                settings.number(SolarisSettings.HARD_ADDTIME),
                0);
    }
}
