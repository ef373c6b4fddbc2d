package org.keysock.kernel.transform;

import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.Sockaddr;

/**
 * What packets tell the key engine, and ask it: the seam between the two (decisions.md 17). Times
 * are seconds since 1970, and milliseconds of the monotonic clock.
 */
public interface KeyManagement {

    /**
     * Packets need an SA that does not exist: key managers are asked, once for all of one want.
     *
     * @param flow of the packet, as it is where the SA would protect it
     * @param template of the policy that no SA fits
     * @return the number of the ACQUIRE that packets wait for; 0 when nobody will answer
     */
    int needSa(Flow flow, Policy policy, Template template, long wallSeconds, long millis);

    /** Whether that ACQUIRE is still to be answered, so that packets go on waiting. */
    boolean waiting(int acquire);

    /** How many packets of one want the kernel keeps that has this policy: none, one or two. */
    int heldPackets(Policy policy);

    /**
     * A packet went through an SA that a limit may forbid it, or that has never been used: its
     * home's rules charge it.
     *
     * @return whether it may go on
     */
    boolean used(SecurityAssociation sa, long bytes, long wallSeconds, long millis);

    /** A genuine packet of an SA in UDP came from elsewhere than the SA knows. */
    void arrivedFrom(SecurityAssociation sa, Sockaddr from, long wallSeconds, long millis);
}
