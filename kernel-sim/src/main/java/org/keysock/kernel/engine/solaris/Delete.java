package org.keysock.kernel.engine.solaris;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;
import static org.keysock.pfkey.model.ExtensionType.IDENTITY_DST;
import static org.keysock.pfkey.model.ExtensionType.IDENTITY_SRC;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;

/** SADB_DELETE and SADB_X_DELPAIR, with an SA extension and without: solaris.md section 3.8. */
final class Delete implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        return request.message().sa() == null ? purge(request, engine) : one(request, engine);
    }

    /** Deletes one SA; X_DELPAIR takes its partner along if it has one. */
    private static Outcome one(Request request, KeyEngine engine) throws Refusal {
        SecurityAssociation sa = Lookup.named(request.message(), engine);
        SecurityAssociation partner = sa.partner();
        Endings.deleted(sa, request, engine);
        if (partner != null && request.message().type() == MessageType.X_DELPAIR) {
            Endings.deleted(partner, null, engine);
        }
        return Outcome.NOTHING;
    }

    /** Deletes all SAs that match, larval ones excepted; none is a success too. */
    private static Outcome purge(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        Address source = message.address(ADDRESS_SRC);
        Address destination = message.address(ADDRESS_DST);
        if (source == null && destination == null) {
            throw Checks.invalid(ExtensionType.SA, Diagnostic.MISSING_SA, "and no address either");
        }
        int count = 0;
        try (Sadb.Walk walk = engine.sadb().walk(request.header().saType(), Sadb.Order.INSERTION)) {
            for (SecurityAssociation sa = walk.next(); sa != null; sa = walk.next()) {
                if (selected(sa, source, destination, message)) {
                    Endings.deleted(sa, null, engine);
                    count++;
                }
            }
        }
        return Outcome.of(Outcome.Event.PURGED, request, count);
    }

    private static boolean selected(
            SecurityAssociation sa,
            @Nullable Address source,
            @Nullable Address destination,
            SadbMessage message) {
        return sa.state() != SaState.LARVAL
                && isOrAny(source, sa.source())
                && isOrAny(destination, sa.destination())
                && isOrAny(
                        message.find(IDENTITY_SRC, Identity.class), sa.details().sourceIdentity())
                && isOrAny(
                        message.find(IDENTITY_DST, Identity.class),
                        sa.details().destinationIdentity())
                && Cookies.selects(Cookies.stored(message), sa);
    }

    private static boolean isOrAny(@Nullable Address wanted, IpAddress address) {
        return wanted == null || address.equals(wanted.address());
    }

    private static boolean isOrAny(@Nullable Identity wanted, @Nullable Identity identity) {
        return wanted == null
                || (identity != null
                        && wanted.kind().equals(identity.kind())
                        && wanted.text().equals(identity.text()));
    }
}
