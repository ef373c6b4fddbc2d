package org.keysock.kernel.engine;

import org.keysock.kernel.sadb.SecurityAssociation;

/** How an SA takes the place of another of the same identity. */
public final class Succession {

    private Succession() {}

    /**
     * Puts an SA into the place of another, as the newest: a grown one into that of a larval one,
     * or an updated one. It keeps the group of the old one, and its partner, if that runs the other
     * way between the same ends.
     *
     * @throws IllegalArgumentException if they are not of the same identity
     */
    public static void of(SecurityAssociation old, SecurityAssociation heir, KeyEngine engine) {
        if (!old.spi().equals(heir.spi())
                || old.protocol() != heir.protocol()
                || !old.destination().equals(heir.destination())) {
            throw new IllegalArgumentException(heir + " does not succeed " + old);
        }
        SecurityAssociation partner = old.partner();
        engine.sadb().succeed(old, heir);
        engine.remove(old);
        if (!engine.insert(heir)) {
            throw new IllegalStateException("the place of " + old + " is taken");
        }
        if (partner != null && Directions.opposite(heir, partner)) {
            heir.pairWith(partner);
        }
    }
}
