package org.keysock.kernel.spd;

/** Which packets a policy judges. */
public enum PolicyDirection {
    /** Packets that arrive for this host. */
    IN,
    /** Packets that this host sends. */
    OUT,
    /** Packets that pass through. */
    FORWARD
}
