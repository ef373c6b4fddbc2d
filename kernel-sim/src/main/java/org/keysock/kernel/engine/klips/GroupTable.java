package org.keysock.kernel.engine.klips;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.sadb.Group;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.SaType;

/**
 * {@code ipsec_spigrp}: a line for each group, from inside to outside; an SA in none is a group by
 * itself. Each name is followed by a blank, the last one too: klips.md section 6.6.
 */
final class GroupTable implements TextTable {

    private final Sadb.Walk walk;
    private final TableForm form;

    GroupTable(Sadb sadb, KernelSettings settings) {
        this.walk = sadb.walk(SaType.UNSPEC, Sadb.Order.INSERTION);
        this.form = TableForm.of(settings);
    }

    @Override
    public @Nullable String nextLine() {
        SecurityAssociation sa = walk.next();
        while (sa != null && (sa.inner() != null || !Checks.isProtocol(sa.protocol()))) {
            sa = walk.next();
        }
        return sa == null ? null : line(sa);
    }

    private String line(SecurityAssociation innermost) {
        StringBuilder line = new StringBuilder();
        for (SecurityAssociation member : Group.of(innermost)) {
            line.append(SpiLine.said(member, form)).append(' ');
        }
        return line.toString();
    }

    @Override
    public void close() {
        walk.close();
    }
}
