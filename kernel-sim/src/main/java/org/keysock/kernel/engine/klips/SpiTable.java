package org.keysock.kernel.engine.klips;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.SaType;

/** {@code ipsec_spi}: a line for each SA of a type that KLIPS has, in the order of their making. */
final class SpiTable implements TextTable {

    private final Sadb.Walk walk;
    private final SpiLine line;
    private final KernelSettings settings;

    /**
     * A table that tells ages as of that moment.
     *
     * @param debugging whether the mask of {@code xform} has a bit set
     */
    SpiTable(Sadb sadb, KernelSettings settings, Now now, boolean debugging) {
        this.walk = sadb.walk(SaType.UNSPEC, Sadb.Order.INSERTION);
        this.line = new SpiLine(TableForm.of(settings), now, debugging);
        this.settings = settings;
    }

    @Override
    public @Nullable String nextLine() {
        SecurityAssociation sa = walk.next();
        while (sa != null && !Checks.isProtocol(sa.protocol())) {
            sa = walk.next();
        }
        return sa == null ? null : line.of(sa, Description.inbound(sa, settings));
    }

    @Override
    public void close() {
        walk.close();
    }
}
