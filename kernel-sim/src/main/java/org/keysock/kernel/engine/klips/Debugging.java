package org.keysock.kernel.engine.klips;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.KlipsExtension.Debug;
import org.keysock.pfkey.model.SadbMessage;

/**
 * X_DEBUG: klips.md section 3.15. The masks are kept and mean nothing else here. The asker is
 * answered with the header, which KLIPS did not do (section 2.8).
 */
final class Debugging implements KlipsVerb {

    private static final int SET = 1 << 31;

    private Debug masks = new Debug(Collections.nCopies(Debug.Part.values().length, 0));

    /** The masks as they are now. */
    Debug masks() {
        return masks;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Debug asked =
                Checks.present(
                        request.message().find(ExtensionType.X_DEBUG, Debug.class),
                        ExtensionType.X_DEBUG);
        boolean set = (asked.mask(Debug.Part.NETLINK) & SET) != 0;
        List<Integer> now = new ArrayList<>();
        for (Debug.Part part : KlipsExtension.Debug.Part.values()) {
            int mask = asked.mask(part) & (part == Debug.Part.NETLINK ? ~SET : -1);
            now.add(set ? masks.mask(part) | mask : masks.mask(part) & mask);
        }
        masks = new Debug(now);
        return Outcome.of(Outcome.Event.CARRIED_OUT, request, 0);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.asker(SadbMessage.of(outcome.theRequest().header().answered()));
    }
}
