package org.keysock.kernel.engine.rfc2367;

import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Setting;
import org.keysock.kernel.sadb.Limits;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.SaState;

/**
 * Life and death of the SAs that came by this dialect: RFC 2367 sections 2.3.2 and 3.1.8. A soft
 * limit makes an SA dying, a hard one removes it.
 */
final class Lifetimes {

    static final Setting LARVAL_LIFE =
            Setting.number(
                    "rfc2367.larval-life",
                    "seconds that an SA made by GETSPI waits for its UPDATE",
                    30,
                    1,
                    1800);

    private Lifetimes() {}

    static long deadline(SecurityAssociation sa, KeyEngine engine) {
        return sa.state() == SaState.LARVAL
                ? sa.addedMillis() + engine.settings().number(LARVAL_LIFE) * 1000
                : Limits.nextMillis(sa);
    }

    static void due(SecurityAssociation sa, Now now, KeyEngine engine) {
        if (sa.state() == SaState.LARVAL) {
            engine.remove(sa); // it had no limit that could be told of
        } else {
            Endings.reached(sa, Limits.reachedByTime(sa, now.millis()), engine);
        }
    }

    /** Limits are looked at before packets are counted, as Linux does; the RFC does not say. */
    static boolean used(
            SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine) {
        return Endings.chargeBelowLimits(sa, bytes, packets, now, engine);
    }
}
