package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension.Enclosed;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** X_PROMISC: section 8.12. SA type 1 is on, 0 off; all hear the request. */
final class Promiscuity implements LinuxVerb {

    private static final SaType ON = SaType.unknown(1);

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SaType saType = request.header().saType();
        if (request.message().size() == 0) {
            if (saType != SaType.UNSPEC && !saType.equals(ON)) {
                throw Refusal.invalid(Reasons.saType(saType, "0 (off) or 1 (on)"));
            }
            request.asker().promiscuous(saType.equals(ON));
        }
        return Outcome.of(Outcome.Event.PROMISCUOUS, request, 0);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        SadbMessage request = outcome.theRequest().message();
        if (request.find(ExtensionType.X_ENCLOSED) instanceof Enclosed) {
            return; // the RFC's form, which this kernel does not know
        }
        BaseHeader header = request.header();
        audience.all(
                request.withHeader(
                        BaseHeader.of(
                                MessageType.X_PROMISC,
                                header.saType(),
                                header.sequence(),
                                header.pid())));
    }
}
