package org.keysock.kernel.engine;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.IpAddress;

/** How an SA moves to other ends: RFC 4555, X_MIGRATE. */
public final class Moving {

    private Moving() {}

    /**
     * Moves an SA to other ends, with its keys, limits and use.
     *
     * @return what stands for it now; null when an SA of that protocol and SPI is there already,
     *     and nothing is changed then
     */
    public static @Nullable SecurityAssociation between(
            SecurityAssociation sa, IpAddress source, IpAddress destination, KeyEngine engine) {
        if (!destination.equals(sa.destination())
                && engine.sadb().find(sa.protocol(), destination, sa.spi()) != null) {
            return null;
        }
        SecurityAssociation moved =
                sa.between(
                        source,
                        destination,
                        Directions.between(engine.settings(), source, destination));
        engine.sadb().succeed(sa, moved);
        engine.sadb().remove(sa); // and not by the engine: its keys live on
        engine.insert(moved);
        return moved;
    }
}
