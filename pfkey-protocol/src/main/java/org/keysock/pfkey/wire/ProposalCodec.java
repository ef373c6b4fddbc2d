package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.List;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Proposal;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;

/**
 * SADB_EXT_PROPOSAL: RFC 2367 section 2.3.7.
 *
 * @param layout what a combination has beyond the RFC's fields
 */
record ProposalCodec(Numbers numbers, Layout layout) implements ExtensionCodec<Proposal> {

    /** The layouts of a combination. */
    enum Layout {
        /** The RFC's. */
        PLAIN(72),
        /** Byte 12 counts bits of salt (Solaris since 2018). */
        SALTED(72),
        /** Limits of packets at the end (KLIPS). */
        COUNTING(80);

        private final int bytes;

        Layout(int bytes) {
            this.bytes = bytes;
        }
    }

    @Override
    public Proposal read(Cursor body, SaType saType) {
        int replayWindow = body.u8();
        body.reserved(3);
        List<Proposal.Combination> combinations = new ArrayList<>();
        while (body.remaining() >= layout.bytes) {
            combinations.add(combination(body, saType));
        }
        return new Proposal(replayWindow, combinations);
    }

    private Proposal.Combination combination(Cursor body, SaType saType) {
        var auth = numbers.auths().code(body.u8());
        var encrypt = numbers.encryption(body.u8(), saType);
        int flags = body.u16();
        int authMinBits = body.u16();
        int authMaxBits = body.u16();
        int encryptMinBits = body.u16();
        int encryptMaxBits = body.u16();
        int saltBits = 0;
        if (layout == Layout.SALTED) {
            saltBits = body.u8();
            body.reserved(3);
        } else {
            body.reserved(4);
        }
        Limits limits = Limits.read(body, layout == Layout.COUNTING);
        return new Proposal.Combination(
                auth,
                encrypt,
                flags,
                authMinBits,
                authMaxBits,
                encryptMinBits,
                encryptMaxBits,
                saltBits,
                limits.soft(),
                limits.hard());
    }

    @Override
    public void write(Proposal proposal, Sink body, SaType saType) {
        body.u8(proposal.replayWindow());
        body.reserved(3);
        for (Proposal.Combination combination : proposal.combinations()) {
            body.u8(numbers.number(combination.auth()));
            body.u8(numbers.number(combination.encrypt()));
            body.u16(combination.flags());
            body.u16(combination.authMinBits());
            body.u16(combination.authMaxBits());
            body.u16(combination.encryptMinBits());
            body.u16(combination.encryptMaxBits());
            body.u8(layout == Layout.SALTED ? combination.saltBits() : 0);
            body.reserved(3);
            new Limits(combination.soft(), combination.hard())
                    .write(body, layout == Layout.COUNTING);
        }
    }

    /**
     * The two lifetimes of a combination: each field of the soft one stands before the hard one's.
     */
    record Limits(Extension.Lifetime soft, Extension.Lifetime hard) {

        static Limits read(Cursor body, boolean packets) {
            int softAllocations = body.u32();
            int hardAllocations = body.u32();
            long softBytes = body.u64();
            long hardBytes = body.u64();
            long softAddTime = body.u64();
            long hardAddTime = body.u64();
            long softUseTime = body.u64();
            long hardUseTime = body.u64();
            int softPackets = packets ? body.u32() : 0;
            int hardPackets = packets ? body.u32() : 0;
            return new Limits(
                    new Extension.Lifetime(
                            ExtensionType.LIFETIME_SOFT,
                            softAllocations,
                            softBytes,
                            softAddTime,
                            softUseTime,
                            softPackets),
                    new Extension.Lifetime(
                            ExtensionType.LIFETIME_HARD,
                            hardAllocations,
                            hardBytes,
                            hardAddTime,
                            hardUseTime,
                            hardPackets));
        }

        void write(Sink body, boolean packets) {
            body.u32(soft.allocations());
            body.u32(hard.allocations());
            body.u64(soft.bytes());
            body.u64(hard.bytes());
            body.u64(soft.addTime());
            body.u64(hard.addTime());
            body.u64(soft.useTime());
            body.u64(hard.useTime());
            if (packets) {
                body.u32(soft.packets());
                body.u32(hard.packets());
            }
        }
    }
}
