package org.keysock.kernel.sadb;

import org.keysock.pfkey.model.SaType;

/** Tells whether a protocol uses an SPI towards any destination: Linux' GETSPI asks that. */
final class SpiIndex {

    private final Buckets buckets = new Buckets();
    private int size;

    /** Whether any SA of the protocol has that SPI. */
    boolean inUse(SaType protocol, int spi) {
        SecurityAssociation sa = buckets.head(buckets.indexOf(hash(protocol, spi)));
        while (sa != null && !(sa.spiBits() == spi && sa.protocol() == protocol)) {
            sa = sa.spiAfter;
        }
        return sa != null;
    }

    /** Adds an SA. */
    void add(SecurityAssociation sa) {
        if (size >= buckets.count()) {
            split();
        }
        push(sa);
        size++;
    }

    /** Takes out an SA that is in here, at the same cost however many share its SPI. */
    void remove(SecurityAssociation sa) {
        SecurityAssociation after = sa.spiAfter;
        SecurityAssociation before = sa.spiBefore;
        if (after != null) {
            after.spiBefore = before;
        }
        if (before != null) {
            before.spiAfter = after;
        } else {
            buckets.head(indexOf(sa), after);
        }
        sa.spiAfter = null;
        sa.spiBefore = null;
        size--;
    }

    private void push(SecurityAssociation sa) {
        int index = indexOf(sa);
        SecurityAssociation head = buckets.head(index);
        if (head != null) {
            head.spiBefore = sa;
        }
        sa.spiAfter = head;
        sa.spiBefore = null;
        buckets.head(index, sa);
    }

    private void split() {
        int index = buckets.grow();
        SecurityAssociation sa = buckets.head(index);
        buckets.head(index, null);
        while (sa != null) {
            SecurityAssociation next = sa.spiAfter;
            push(sa);
            sa = next;
        }
    }

    private int indexOf(SecurityAssociation sa) {
        return buckets.indexOf(hash(sa.protocol(), sa.spiBits()));
    }

    private static int hash(SaType protocol, int spi) {
        return Buckets.mix((long) spi << 4 ^ protocol.ordinal());
    }
}
