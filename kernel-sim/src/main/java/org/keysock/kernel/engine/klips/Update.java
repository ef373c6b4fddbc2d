package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Succession;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;

/**
 * UPDATE: klips.md section 3.5. With ports of NAT-T it changes these and no more; else it puts a
 * new SA into the place of the old one, and into its group (section 2.8). All hear of it, without
 * keys.
 */
final class Update implements KlipsVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SecurityAssociation old = Checks.named(request, Errno.ENOENT, engine);
        SadbMessage message = request.message();
        int source = Submission.port(message, ExtensionType.X_NAT_T_SPORT, 0);
        int destination = Submission.port(message, ExtensionType.X_NAT_T_DPORT, 0);
        SecurityAssociation sa = old;
        if (source != 0 && destination != 0) {
            sa.details(sa.details().withNatPorts(source, destination));
        } else {
            sa = Submission.of(request, old, engine);
            Succession.of(old, sa, engine);
        }
        return Outcome.of(Outcome.Event.UPDATED, request, sa);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        SaState state = outcome.theSa().state();
        audience.all(
                Description.of(MessageType.UPDATE, outcome, audience.engine())
                        .association(state == SaState.DYING ? state : SaState.MATURE)
                        .current()
                        .limits()
                        .ends()
                        .names()
                        .message());
    }
}
