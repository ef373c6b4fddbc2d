package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.Extension.Sa;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;

/**
 * The SA references that a classic KLIPS spends on requests that make no SA, and shows in their
 * answers: klips.md section 1.7. Later ones spend none.
 */
final class Scratch {

    private int first = Sa.NO_REFERENCE;
    private int second = Sa.NO_REFERENCE;

    /** Draws what a request spends, before it is carried out. */
    void draw(Request request, KeyEngine engine) {
        first = Sa.NO_REFERENCE;
        second = Sa.NO_REFERENCE;
        MessageType type = request.header().type();
        boolean makesSa =
                type == MessageType.GETSPI || type == MessageType.ADD || type == MessageType.UPDATE;
        if (!makesSa && !KlipsSettings.modern(engine)) {
            first = engine.sadb().drawReference();
            if (request.message().has(ExtensionType.X_GRP_SA2)) {
                second = engine.sadb().drawReference();
            }
        }
    }

    /** The SA of the request at hand, with what was drawn for it. */
    Sa first(Sa sa) {
        return Description.referring(sa, first);
    }

    /** The second SA of the request at hand, with what was drawn for it. */
    Sa second(Sa sa) {
        return Description.referring(sa, second);
    }
}
