package org.keysock.kernel.engine.solaris;

import static org.keysock.kernel.engine.solaris.Checks.invalid;
import static org.keysock.kernel.engine.solaris.Checks.require;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Directions;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.Pair;
import org.keysock.pfkey.model.Spi;

/**
 * Which SA another one may be paired with: solaris.md section 3.16. What the original accepts
 * without pairing anything is refused here, as the manual page has it.
 */
final class Pairs {

    private Pairs() {}

    /**
     * The partner that the message's X_PAIR asks for, null when it has none.
     *
     * @param sa not necessarily in the database yet
     */
    static @Nullable SecurityAssociation wanted(
            SecurityAssociation sa, SadbMessage message, KeyEngine engine) throws Refusal {
        Pair pair = message.find(ExtensionType.X_PAIR, Pair.class);
        if (pair == null) {
            return null;
        }
        require(
                pair.spi().value() != 0
                        && !pair.spi().equals(sa.spi())
                        && sa.direction() != Direction.BOTH
                        && !sa.source().unspecified(),
                Diagnostic.PAIR_INAPPROPRIATE);
        boolean lenient = engine.settings().is(SolarisSettings.LENIENT_PAIRING, "on");
        SecurityAssociation partner = find(sa, pair.spi(), sa.source(), sa.destination(), engine);
        if (partner == null && lenient) {
            partner = find(sa, pair.spi(), sa.destination(), sa.source(), engine);
        }
        if (partner == null
                || partner.direction() == Direction.BOTH
                || !(lenient || partner.direction() != sa.direction())
                || !pairable(partner.state())) {
            throw invalid(Diagnostic.PAIR_INAPPROPRIATE);
        }
        require(partner.partner() == null && sa.partner() == null, Diagnostic.PAIR_ALREADY);
        return partner;
    }

    /** Whether a grown SA and its partner from larval days make a pair. */
    static boolean fit(
            SecurityAssociation sa, SecurityAssociation partner, KernelSettings settings) {
        return Directions.opposite(sa, partner)
                || (settings.is(SolarisSettings.LENIENT_PAIRING, "on")
                        && sa.direction() != Direction.BOTH
                        && sa.direction() == partner.direction());
    }

    private static @Nullable SecurityAssociation find(
            SecurityAssociation sa,
            Spi spi,
            IpAddress destination,
            IpAddress source,
            KeyEngine engine) {
        SecurityAssociation found = engine.sadb().find(sa.protocol(), destination, spi);
        return found != null && Lookup.matches(found.source(), source) ? found : null;
    }

    private static boolean pairable(SaState state) {
        return state != SaState.DYING && state != SaState.DEAD;
    }
}
