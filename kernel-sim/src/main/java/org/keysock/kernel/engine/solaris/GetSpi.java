package org.keysock.kernel.engine.solaris;

import static org.keysock.kernel.engine.solaris.Checks.present;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.SpiChoice;
import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.SpiRange;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** SADB_GETSPI: solaris.md section 3.10, trying on inside the range where the original gives up. */
final class GetSpi implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        IpAddress source = Lookup.address(Checks.source(message));
        IpAddress destination = Lookup.address(Checks.destination(message));
        SpiRange range =
                present(
                        message.find(ExtensionType.SPIRANGE, SpiRange.class),
                        ExtensionType.SPIRANGE,
                        Diagnostic.MISSING_RANGE);
        if (range.min().compareTo(range.max()) > 0) {
            throw new Refusal(
                    Errno.EINVAL,
                    Diagnostic.MALFORMED_RANGE,
                    Reasons.reversed(range.min(), range.max()));
        }
        SaType saType = request.header().saType();
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
                        DialectName.SOLARIS,
                        saType,
                        spi,
                        source,
                        destination,
                        Direction.INBOUND,
                        SaState.LARVAL,
                        SaFlags.NONE,
                        0,
                        SaSecrets.NONE,
                        SaDetails.NONE,
                        request.now().wallSeconds(),
                        request.now().millis());
        engine.insert(larval);
        return Outcome.of(Outcome.Event.LARVAL, request, larval);
    }
}
