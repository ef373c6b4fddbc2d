package org.keysock.kernel.spd;

/** What a policy does with its packets: RFC 4301 section 4.4.1, and klips.md section 3.16. */
public enum Action {
    /** They are dropped. */
    DISCARD,
    /** They pass unprotected: RFC 4301 BYPASS. */
    NONE,
    /**
     * They are protected by the policy's templates, first the innermost, or by the SA that it names
     * and those around it: RFC 4301 PROTECT.
     */
    IPSEC,
    /** They are dropped, and their sender is told so: %reject. */
    REJECT,
    /**
     * The first and the last of them are kept until another policy takes this one's place: %hold.
     */
    HOLD,
    /** Key managers are asked, and the two hosts of the packet get a HOLD policy: %trap. */
    TRAP,
    /** Key managers are asked, and the policy itself becomes a HOLD policy: %trapsubnet. */
    TRAP_SUBNET
}
