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
        requireFit(pair.spi().value() != 0, "SPI 0");
        requireFit(!pair.spi().equals(sa.spi()), "the SA's own SPI");
        requireFit(sa.direction() != Direction.BOTH, "the SA runs both ways");
        requireFit(!sa.source().unspecified(), "the SA's source is unspecified");
        boolean lenient = engine.settings().is(SolarisSettings.LENIENT_PAIRING, "on");
        SecurityAssociation partner = find(sa, pair.spi(), sa.source(), sa.destination(), engine);
        if (partner == null && lenient) {
            partner = find(sa, pair.spi(), sa.destination(), sa.source(), engine);
        }
        if (partner == null) {
            throw invalid(
                    ExtensionType.X_PAIR,
                    Diagnostic.PAIR_INAPPROPRIATE,
                    "there is no SA "
                            + pair.spi()
                            + " from "
                            + sa.destination()
                            + " to "
                            + sa.source());
        }
        requireFit(partner.direction() != Direction.BOTH, "the partner runs both ways");
        requireFit(
                lenient || partner.direction() != sa.direction(), "the partner runs the same way");
        requireFit(pairable(partner.state()), "the partner is DYING or DEAD");
        require(
                partner.partner() == null,
                ExtensionType.X_PAIR,
                Diagnostic.PAIR_ALREADY,
                "the partner has another one");
        require(sa.partner() == null, ExtensionType.X_PAIR, Diagnostic.PAIR_ALREADY);
        return partner;
    }

    private static void requireFit(boolean condition, String detail) throws Refusal {
        require(condition, ExtensionType.X_PAIR, Diagnostic.PAIR_INAPPROPRIATE, detail);
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
