package org.keysock.pfkey.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** State of a security association: {@code sadb_sa_state}, RFC 2367 section 3.3. */
public final class SaState extends Code {

    private static final List<SaState> KNOWN = new ArrayList<>();

    /** SADB_SASTATE_LARVAL: made by GETSPI, has no keys yet. */
    public static final SaState LARVAL = known("LARVAL");

    /** SADB_SASTATE_MATURE. */
    public static final SaState MATURE = known("MATURE");

    /** SADB_SASTATE_DYING: a soft lifetime has passed. */
    public static final SaState DYING = known("DYING");

    /** SADB_SASTATE_DEAD: a hard lifetime has passed, or deleted. */
    public static final SaState DEAD = known("DEAD");

    /** SADB_X_SASTATE_ACTIVE_ELSEWHERE (Solaris cluster). */
    public static final SaState X_ACTIVE_ELSEWHERE = known("X_ACTIVE_ELSEWHERE");

    /** SADB_X_SASTATE_IDLE (Solaris cluster). */
    public static final SaState X_IDLE = known("X_IDLE");

    /** SADB_X_SASTATE_ACTIVE (Solaris cluster): only ever in a request, wakes an idle SA. */
    public static final SaState X_ACTIVE = known("X_ACTIVE");

    private SaState(String name, int ordinal) {
        super(name, ordinal);
    }

    private SaState(int number) {
        super(number);
    }

    private static SaState known(String name) {
        SaState code = new SaState(name, KNOWN.size());
        KNOWN.add(code);
        return code;
    }

    /** The entry for a number that the dialect at hand has no name for. */
    public static SaState unknown(int number) {
        return new SaState(number);
    }

    /** All known entries of all dialects, by ordinal. */
    public static List<SaState> all() {
        return Collections.unmodifiableList(KNOWN);
    }
}
