package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.KeyEngine;
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
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/** GETSPI: klips.md section 3.2. All hear of it. */
final class GetSpi implements KlipsVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SaType saType = request.header().saType();
        if (!Checks.isProtocol(saType)) {
            throw Refusal.invalid(Reasons.saType(saType, "AH, ESP, X_IPIP, X_IPCOMP"));
        }
        IpAddress source = Checks.address(request.message(), ExtensionType.ADDRESS_SRC);
        IpAddress destination = Checks.address(request.message(), ExtensionType.ADDRESS_DST);
        Checks.oneFamily(source, destination);
        SpiRange range =
                Checks.present(
                        request.message().find(ExtensionType.SPIRANGE, SpiRange.class),
                        ExtensionType.SPIRANGE);
        Spi spi =
                SpiChoice.draw(
                        range.min(),
                        range.max(),
                        engine.settings().random(),
                        drawn -> engine.sadb().find(saType, destination, drawn) != null);
        if (spi == null) {
            throw new Refusal(Errno.EEXIST, Reasons.noSpiFree(saType, range.min(), range.max()));
        }
        SecurityAssociation larval =
                new SecurityAssociation(
                        DialectName.KLIPS,
                        saType,
                        spi,
                        source,
                        destination,
                        Submission.direction(destination, SaFlags.NONE, engine.settings()),
                        SaState.LARVAL,
                        SaFlags.NONE,
                        0,
                        SaSecrets.NONE,
                        SaDetails.NONE,
                        request.now().wallSeconds(),
                        request.now().millis());
        Add.insert(larval, engine);
        return Outcome.of(Outcome.Event.LARVAL, request, larval);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                Description.of(MessageType.GETSPI, outcome, audience.engine())
                        .association(SaState.LARVAL)
                        .ends()
                        .message());
    }
}
