package org.keysock.kernel.engine.linux;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Outcome;
import org.keysock.pfkey.model.ExtensionType;

/** EXPIRE: section 8.11. Sockets registered for anything hear of it; nobody can send it. */
final class Expire {

    private Expire() {}

    static void announce(Outcome outcome, Audience audience) {
        @Nullable ExtensionType limit = outcome.lifetime();
        if (limit == ExtensionType.LIFETIME_HARD || limit == ExtensionType.LIFETIME_SOFT) {
            audience.registered(StateMessage.expired(outcome.theSa(), limit, audience.engine()));
        }
    }
}
