package org.keysock.kernel.sadb;

import org.keysock.pfkey.model.SaType;

/** Numbers of the shelves: by protocol, then IPv4 before IPv6, then outbound before inbound. */
final class Shelf {

    /** Shelves of one protocol. */
    static final int OF_PROTOCOL = 4;

    /** Shelves of all protocols. */
    static final int COUNT = SaType.all().size() * OF_PROTOCOL;

    private Shelf() {}

    /** Where an SA stands: one of both directions on the outbound shelf alone. */
    static int of(SecurityAssociation sa) {
        return first(sa.protocol())
                + (sa.destination().bitLength() == 32 ? 0 : 2)
                + (sa.direction().outbound() ? 0 : 1);
    }

    /** The first shelf of a protocol. */
    static int first(SaType protocol) {
        return protocol.ordinal() * OF_PROTOCOL;
    }
}
