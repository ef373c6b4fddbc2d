package org.keysock.tools.klips;

/** What {@code ipsec spi} can do. */
enum SpiAction {
    /** Adds an SA. */
    ADD,
    /** Deletes an SA, and all that it is grouped with. */
    DELETE,
    /** Deletes all. */
    CLEAR
}
