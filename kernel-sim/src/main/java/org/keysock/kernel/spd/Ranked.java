package org.keysock.kernel.spd;

import org.jspecify.annotations.Nullable;

/** Holds policies and knows which of them is asked first. */
interface Ranked {

    /** The policy that is asked before all others in here, null when there is none. */
    @Nullable Policy best();
}
