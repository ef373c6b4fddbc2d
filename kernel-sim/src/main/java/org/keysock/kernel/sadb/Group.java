package org.keysock.kernel.sadb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SAs that protect packets one after the other and live and die together: KLIPS' groups, klips.md
 * section 3.6. A chain of links in the SAs themselves, as long as one likes.
 */
public final class Group {

    private Group() {}

    /** The members of an SA's group, innermost first; the SA alone when it is in none. */
    public static List<SecurityAssociation> of(SecurityAssociation sa) {
        List<SecurityAssociation> members = new ArrayList<>(2);
        for (SecurityAssociation at = sa.innermost(); at != null; at = at.outer) {
            members.add(at);
        }
        return members;
    }

    /** Whether one SA comes to the other going outward, or is the other. */
    public static boolean reaches(SecurityAssociation from, SecurityAssociation to) {
        SecurityAssociation at = from;
        while (at != null && at != to) {
            at = at.outer;
        }
        return at != null;
    }

    static void join(SecurityAssociation inside, SecurityAssociation outside) {
        if (inside.outer != null || outside.inner != null || reaches(outside, inside)) {
            throw new IllegalStateException("no neighbours: " + inside + " and " + outside);
        }
        inside.outer = outside;
        outside.inner = inside;
    }

    static void leave(SecurityAssociation sa) {
        replace(sa, null);
        sa.inner = null;
        sa.outer = null;
    }

    static void succeed(SecurityAssociation old, SecurityAssociation heir) {
        replace(old, heir);
        heir.inner = old.inner;
        heir.outer = old.outer;
        old.inner = null;
        old.outer = null;
    }

    private static void replace(SecurityAssociation sa, @Nullable SecurityAssociation by) {
        SecurityAssociation within = sa.inner;
        SecurityAssociation around = sa.outer;
        if (within != null) {
            within.outer = by;
        }
        if (around != null) {
            around.inner = by;
        }
    }
}
