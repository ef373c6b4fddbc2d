package org.keysock.kernel.engine.klips;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.SaType;

/**
 * {@code ipsec_spigrp}: a line for each group, from inside to outside; an SA in none is a group by
 * itself. Newer kernels have a line for each SA and those that follow it, and inbound groups the
 * other way round. Each name is followed by a blank, the last one too: klips.md section 6.6.
 */
final class GroupTable implements TextTable {

    private final Sadb.Walk walk;
    private final TableForm form;
    private final KernelSettings settings;

    GroupTable(Sadb sadb, KernelSettings settings) {
        this.walk = sadb.walk(SaType.UNSPEC, Sadb.Order.INSERTION);
        this.form = TableForm.of(settings);
        this.settings = settings;
    }

    @Override
    public @Nullable String nextLine() {
        SecurityAssociation sa = walk.next();
        while (sa != null && !begins(sa)) {
            sa = walk.next();
        }
        return sa == null ? null : line(sa);
    }

    private boolean begins(SecurityAssociation sa) {
        return Checks.isProtocol(sa.protocol()) && (form.modern() || sa.inner() == null);
    }

    private String line(SecurityAssociation first) {
        boolean inward = form.modern() && Description.inbound(first, settings);
        StringBuilder line = new StringBuilder();
        SecurityAssociation member = first;
        while (member != null) {
            line.append(SpiLine.said(member, form)).append(' ');
            member = inward ? member.inner() : member.outer();
        }
        return line.toString();
    }

    @Override
    public void close() {
        walk.close();
    }
}
