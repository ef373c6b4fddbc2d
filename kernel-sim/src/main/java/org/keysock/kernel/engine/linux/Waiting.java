package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/**
 * The larval SAs with SPI 0 by which this kernel shows what packets wait for: sections 8.4 and
 * 8.10. They are in no database; one whose SPI has been drawn is shown as the SA that it is.
 */
final class Waiting {

    private static final Spi NO_SPI = new Spi(0);

    private Waiting() {}

    /** Those of a protocol, UNSPEC for all, oldest first. */
    static List<SecurityAssociation> all(SaType saType, KeyEngine engine) {
        List<SecurityAssociation> shown = new ArrayList<>();
        for (Acquire acquire : engine.acquires().all()) {
            IpAddress source = acquire.source().address();
            IpAddress destination = acquire.destination().address();
            if (Checks.isProtocol(acquire.saType())
                    && (saType == SaType.UNSPEC || saType == acquire.saType())
                    && engine.acquires().progress(acquire) != Acquire.Progress.BEGUN
                    && source != null
                    && destination != null) {
                shown.add(sa(acquire, source, destination, engine));
            }
        }
        return shown;
    }

    /**
     * EXPIRE for one that nobody answered, as for any larval SA: section 8.11. If its SPI has been
     * drawn, the SA that it is tells that itself.
     */
    static void expired(Outcome outcome, Audience audience) {
        Acquire acquire = requireNonNull(outcome.acquire());
        KeyEngine engine = audience.engine();
        IpAddress source = acquire.source().address();
        IpAddress destination = acquire.destination().address();
        if (engine.acquires().progress(acquire) != Acquire.Progress.BEGUN
                && source != null
                && destination != null) {
            SecurityAssociation sa = sa(acquire, source, destination, engine);
            audience.registered(StateMessage.expired(sa, ExtensionType.LIFETIME_HARD, engine));
        }
    }

    private static SecurityAssociation sa(
            Acquire acquire, IpAddress source, IpAddress destination, KeyEngine engine) {
        boolean givenUp = engine.acquires().progress(acquire) == Acquire.Progress.GIVEN_UP;
        boolean over = acquire.expiresMillis() <= engine.now().millis();
        SecurityAssociation sa =
                new SecurityAssociation(
                        DialectName.LINUX,
                        acquire.saType(),
                        NO_SPI,
                        source,
                        destination,
                        Direction.BOTH,
                        givenUp || over ? SaState.DEAD : SaState.LARVAL,
                        SaFlags.NONE,
                        0,
                        SaSecrets.NONE,
                        GetSpi.details(
                                acquire.demand().mode(), acquire.demand().reqid(), inner(acquire)),
                        acquire.made().wallSeconds(),
                        acquire.made().millis());
        sa.limits(life(engine), null, null);
        return sa;
    }

    /** The one that a GETSPI is for: that of its number, or else the like of it. */
    static @Nullable Acquire answeredBy(
            int sequence, SaType saType, Checks.Ends ends, int mode, int reqid, KeyEngine engine) {
        Acquire named = engine.acquires().answered(sequence, ends.destination());
        if (named != null && named.saType() == saType && open(named, engine)) {
            return named;
        }
        for (Acquire each : engine.acquires().all()) {
            if (fits(each, saType, ends, mode, reqid) && open(each, engine)) {
                return each;
            }
        }
        return null;
    }

    private static boolean open(Acquire acquire, KeyEngine engine) {
        return engine.acquires().progress(acquire) == Acquire.Progress.OPEN;
    }

    /** Whether an SA of that kind between those ends is what was wanted. */
    static boolean fits(Acquire wanted, SaType saType, Checks.Ends ends, int mode, int reqid) {
        return wanted.saType() == saType
                && wanted.demand().mode() == mode
                && wanted.demand().reqid() == reqid
                && ends.source().equals(wanted.source().address())
                && ends.destination().equals(wanted.destination().address());
    }

    /** How long larval SAs live, as their hard limit. */
    static Lifetime life(KeyEngine engine) {
        long seconds = engine.settings().number(LinuxRules.ACQUIRE_EXPIRES);
        return new Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, seconds, 0);
    }

    /** Where the packet that wanted it came from, if the SA has another source. */
    private static @Nullable Address inner(Acquire acquire) {
        Flow flow = acquire.flow();
        return flow.source().equals(acquire.source().address())
                ? null
                : new Address(
                        ExtensionType.ADDRESS_PROXY,
                        flow.protocol(),
                        flow.source().bitLength(),
                        Sockaddr.of(flow.source(), flow.sourcePort()));
    }
}
