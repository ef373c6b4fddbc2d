package org.keysock.kernel.transform;

import org.keysock.pfkey.model.DialectName;

/**
 * What differs between the homes of SAs when packets go through them.
 *
 * @param wholePackets what counts as the bytes of a packet: the packet as it is after the transform
 *     that leaves, or before the one that arrives is put on (klips.md section 3.11); else what the
 *     SA protects, without headers, padding and check value
 * @param groupsJudge the group of the SA says which packets are let in and which SAs go together
 *     (klips.md section 3.13); else inbound policies do
 */
record Customs(boolean wholePackets, boolean groupsJudge) {

    private static final Customs OF_KLIPS = new Customs(true, true);
    private static final Customs OF_OTHERS = new Customs(false, false);

    /** Those of a home. */
    static Customs of(DialectName home) {
        return home == DialectName.KLIPS ? OF_KLIPS : OF_OTHERS;
    }
}
