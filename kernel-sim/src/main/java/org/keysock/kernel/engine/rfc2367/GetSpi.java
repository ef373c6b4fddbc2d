package org.keysock.kernel.engine.rfc2367;

import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Directions;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.SpiChoice;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.SpiRange;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/** GETSPI, RFC 2367 section 3.1.1: makes a larval SA. All hear of it. */
final class GetSpi implements RfcVerb {

    /** Who made which larval SA; entries go with their SAs. */
    private final Map<SecurityAssociation, KeySocket> makers = new WeakHashMap<>();

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Layout.GETSPI.check(request.message());
        SaType saType = request.header().saType();
        Layout.requireServed(saType);
        Ends ends = Ends.of(request.message());
        SpiRange range =
                Ends.present(
                        request.message().find(ExtensionType.SPIRANGE, SpiRange.class),
                        ExtensionType.SPIRANGE);
        if (range.min().compareTo(range.max()) > 0) {
            throw Refusal.invalid(Reasons.reversed(range.min(), range.max()));
        }
        Spi spi =
                SpiChoice.draw(
                        range.min(),
                        range.max(),
                        engine.settings().random(),
                        drawn -> // 0 names no SA
                        drawn.value() == 0 || engine.sadb().find(saType, ends.to(), drawn) != null);
        if (spi == null) {
            throw new Refusal(Errno.EEXIST, Reasons.noSpiFree(saType, range.min(), range.max()));
        }
        SecurityAssociation sa = larval(request, ends, spi, engine);
        if (!engine.insert(sa)) {
            throw new IllegalStateException("not free: " + sa);
        }
        makers.put(sa, request.asker());
        return Outcome.of(Outcome.Event.LARVAL, request, sa);
    }

    /** Whether the socket made that larval SA, or whoever did is gone or speaks another dialect. */
    boolean mayMature(SecurityAssociation sa, KeySocket socket, KeyEngine engine) {
        @Nullable KeySocket maker = makers.get(sa);
        return maker == null || maker == socket || !engine.sockets().contains(maker);
    }

    private static SecurityAssociation larval(
            Request request, Ends ends, Spi spi, KeyEngine engine) {
        return new SecurityAssociation(
                DialectName.RFC2367,
                request.header().saType(),
                spi,
                ends.from(),
                ends.to(),
                Directions.between(engine.settings(), ends.from(), ends.to()),
                SaState.LARVAL,
                SaFlags.NONE,
                0,
                SaSecrets.NONE,
                SaDetails.NONE,
                request.now().wallSeconds(),
                request.now().millis());
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                Description.of(MessageType.GETSPI, outcome.theRequest().header(), outcome.theSa())
                        .name()
                        .ends()
                        .message());
    }
}
