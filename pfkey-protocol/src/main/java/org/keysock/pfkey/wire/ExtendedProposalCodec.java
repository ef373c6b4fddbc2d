package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SolarisExtension.ExtendedProposal;

/** SADB_X_EXT_EPROP: solaris.md 1.9.8. */
record ExtendedProposalCodec(Numbers numbers, Fault malformed)
        implements ExtensionCodec<ExtendedProposal> {

    private static final int COMBINATION_BYTES = 64;
    private static final int DESCRIPTOR_BYTES = 8;
    private static final int AUTHENTICATION = 1;
    private static final int COMPRESSION = 3;

    @Override
    public boolean checks() {
        return true;
    }

    @Override
    public @Nullable Fault check(Cursor body) {
        int combinations = body.peek16(2);
        body.skip(4);
        for (int index = 0; index < combinations; index++) {
            if (body.remaining() < COMBINATION_BYTES
                    || body.remaining() < COMBINATION_BYTES + DESCRIPTOR_BYTES * body.peek8(0)) {
                return malformed;
            }
            body.skip(COMBINATION_BYTES + DESCRIPTOR_BYTES * body.peek8(0));
        }
        return null;
    }

    @Override
    public ExtendedProposal read(Cursor body, SaType saType) {
        int replayWindow = body.u8();
        body.reserved(1);
        int count = body.u16();
        List<ExtendedProposal.Combination> combinations = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            combinations.add(combination(body));
        }
        return new ExtendedProposal(replayWindow, combinations);
    }

    private ExtendedProposal.Combination combination(Cursor body) {
        int count = body.u8();
        body.reserved(1);
        int flags = body.u16();
        body.reserved(4);
        ProposalCodec.Limits limits = ProposalCodec.Limits.read(body, false);
        List<ExtendedProposal.AlgorithmDescriptor> algorithms = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            algorithms.add(descriptor(body));
        }
        return new ExtendedProposal.Combination(flags, limits.soft(), limits.hard(), algorithms);
    }

    private ExtendedProposal.AlgorithmDescriptor descriptor(Cursor body) {
        SaType saType = numbers.saTypes().code(body.u8());
        int algorithmType = body.u8();
        int number = body.u8();
        int saltBits = body.u8();
        return new ExtendedProposal.AlgorithmDescriptor(
                saType,
                algorithmType,
                code(algorithmType, number),
                saltBits,
                body.u16(),
                body.u16());
    }

    private Code code(int algorithmType, int number) {
        return switch (algorithmType) {
            case AUTHENTICATION -> numbers.auths().code(number);
            case COMPRESSION -> numbers.compressions().code(number);
            default -> numbers.ciphers().code(number);
        };
    }

    private int number(Code code) {
        if (code instanceof AuthAlgorithm auth) {
            return numbers.number(auth);
        }
        return code instanceof EncryptionAlgorithm cipher ? numbers.number(cipher) : 0;
    }

    @Override
    public void write(ExtendedProposal proposal, Sink body, SaType saType) {
        body.u8(proposal.replayWindow());
        body.reserved(1);
        body.u16(proposal.combinations().size());
        for (ExtendedProposal.Combination combination : proposal.combinations()) {
            body.u8(combination.algorithms().size());
            body.reserved(1);
            body.u16(combination.flags());
            body.reserved(4);
            new ProposalCodec.Limits(combination.soft(), combination.hard()).write(body, false);
            for (ExtendedProposal.AlgorithmDescriptor algorithm : combination.algorithms()) {
                body.u8(numbers.saTypes().number(algorithm.saType(), 0));
                body.u8(algorithm.algorithmType());
                body.u8(number(algorithm.algorithm()));
                body.u8(algorithm.saltBits());
                body.u16(algorithm.minBits());
                body.u16(algorithm.maxBits());
            }
        }
    }
}
