package org.keysock.kernel.spd;

/** What a policy does with its packets: RFC 4301 section 4.4.1. */
public enum Action {
    /** They are dropped. */
    DISCARD,
    /** They pass unprotected: RFC 4301 BYPASS. */
    NONE,
    /** They are protected by the policy's templates, first the innermost: RFC 4301 PROTECT. */
    IPSEC
}
