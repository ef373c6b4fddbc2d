package org.keysock.kernel.engine.klips;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * X_PLUMBIF and X_UNPLUMBIF of the modern forms: klips.md section 3.15. Virtual interfaces have
 * numbers and no more. The asker alone hears of it; a failure stands in the answer's errno, and
 * {@code send} succeeds.
 */
final class Plumbing implements KlipsVerb {

    private final Set<Integer> plumbed = new TreeSet<>();
    private Errno last = Errno.OK;

    /** The numbers of the interfaces that there are. */
    Set<Integer> plumbed() {
        return Collections.unmodifiableSet(plumbed);
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        KlipsExtension.PlumbIf named =
                Checks.present(
                        request.message()
                                .find(ExtensionType.X_PLUMBIF, KlipsExtension.PlumbIf.class),
                        ExtensionType.X_PLUMBIF);
        if (request.header().type() == MessageType.X_PLUMBIF) {
            last = plumbed.add(named.number()) ? Errno.OK : Errno.EEXIST;
        } else {
            last = plumbed.remove(named.number()) ? Errno.OK : Errno.ENODEV;
        }
        return Outcome.of(Outcome.Event.CARRIED_OUT, request, 0);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        SadbMessage request = outcome.theRequest().message();
        BaseHeader header = request.header().answered();
        audience.asker(
                SadbMessage.of(
                        last == Errno.OK ? header : header.refused(last, Diagnostic.NONE),
                        request.extensions()));
    }
}
