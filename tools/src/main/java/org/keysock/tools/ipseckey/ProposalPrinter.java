package org.keysock.tools.ipseckey;

import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SolarisExtension.ExtendedProposal;

/** Shows proposals, solaris.md 5.6. */
final class ProposalPrinter {

    private ProposalPrinter() {}

    static void print(StringBuilder text, Extension.Proposal proposal) {
        text.append("PRP: Proposal, replay counter = ").append(proposal.replayWindow());
        text.append(".\n");
        int number = 0;
        for (Extension.Proposal.Combination combination : proposal.combinations()) {
            text.append("PRP:  Combination #").append(++number).append(' ');
            if (combination.auth() != AuthAlgorithm.NONE) {
                text.append("Authentication = ").append(SaPrinter.algorithm(combination.auth()));
                bits(text, combination.authMinBits(), combination.authMaxBits());
                text.append(".\nPRP:  ");
            }
            if (combination.encrypt() != EncryptionAlgorithm.NONE) {
                text.append("Encryption = ").append(SaPrinter.algorithm(combination.encrypt()));
                bits(text, combination.encryptMinBits(), combination.encryptMaxBits());
                text.append(", saltbits=").append(combination.saltBits()).append(".\nPRP:  ");
            }
            text.append("HARD: ");
            limits(text, combination.hard());
            text.append("PRP:  SOFT: ");
            limits(text, combination.soft());
        }
    }

    static void print(StringBuilder text, ExtendedProposal proposal) {
        text.append("EPR: Extended Proposal, replay counter = ").append(proposal.replayWindow());
        text.append(", number of combinations = ").append(proposal.combinations().size());
        text.append(".\n");
        int number = 0;
        for (ExtendedProposal.Combination combination : proposal.combinations()) {
            text.append("EPR:  Extended combination #").append(++number).append(":\n");
            text.append("EPR:  HARD: ");
            allLimits(text, combination.hard());
            text.append("EPR:  SOFT: ");
            allLimits(text, combination.soft());
            int algorithm = 0;
            for (ExtendedProposal.AlgorithmDescriptor descriptor : combination.algorithms()) {
                text.append("EPR:  Alg #").append(++algorithm).append(" for ");
                algorithm(text, descriptor);
            }
        }
    }

    private static void algorithm(
            StringBuilder text, ExtendedProposal.AlgorithmDescriptor descriptor) {
        SaType saType = descriptor.saType();
        if (saType == SaType.AH || saType == SaType.ESP) {
            text.append(saType).append(' ');
        } else {
            text.append("satype=").append(Numbers.of(saType)).append(' ');
        }
        switch (descriptor.algorithmType()) {
            case 1 -> text.append("Authentication = ");
            case 2 -> text.append("Encryption = ");
            default ->
                    text.append("algtype(").append(descriptor.algorithmType()).append(") = alg(");
        }
        if (descriptor.algorithmType() == 1 || descriptor.algorithmType() == 2) {
            text.append(SaPrinter.algorithm(descriptor.algorithm()));
        } else {
            text.append(Numbers.of(descriptor.algorithm())).append(')');
        }
        bits(text, descriptor.minBits(), descriptor.maxBits());
        text.append(", saltbits=").append(descriptor.saltBits()).append('\n');
    }

    private static void bits(StringBuilder text, int min, int max) {
        text.append("  minbits=").append(min).append(", maxbits=").append(max);
    }

    /** The limits that are set. */
    private static void limits(StringBuilder text, Extension.Lifetime limit) {
        if (limit.allocations() != 0) {
            text.append("alloc=").append(Integer.toUnsignedString(limit.allocations())).append(' ');
        }
        if (limit.bytes() != 0) {
            text.append("bytes=").append(Long.toUnsignedString(limit.bytes())).append(' ');
        }
        if (limit.addTime() != 0) {
            text.append("post-add secs=").append(Long.toUnsignedString(limit.addTime()));
            text.append(' ');
        }
        if (limit.useTime() != 0) {
            text.append("post-use secs=").append(Long.toUnsignedString(limit.useTime()));
        }
        text.append('\n');
    }

    private static void allLimits(StringBuilder text, Extension.Lifetime limit) {
        text.append("alloc=").append(Integer.toUnsignedString(limit.allocations()));
        text.append(", bytes=").append(Long.toUnsignedString(limit.bytes()));
        text.append(", post-add secs=").append(Long.toUnsignedString(limit.addTime()));
        text.append(", post-use secs=").append(Long.toUnsignedString(limit.useTime()));
        text.append('\n');
    }
}
