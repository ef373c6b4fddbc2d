package org.keysock.pfkey.model;

/** The forms in which KLIPS' dialect was spoken: klips.md 0.2. */
public enum KlipsForm {
    /** FreeS/WAN 2.x and Openswan 2.4: the one to imitate. */
    CLASSIC(0x10000),
    /** Openswan 2.6 and 3.x: two messages and two extensions more, no packets in proposals. */
    MODERN(0x8000),
    /** Libreswan since 2017: as modern, no packets in lifetimes either. */
    LIBRESWAN(0x8000);

    private final int references;

    KlipsForm(int references) {
        this.references = references;
    }

    /** How many SA references there are, from 0. */
    public int references() {
        return references;
    }

    /** Whether this form has X_PLUMBIF, X_UNPLUMBIF and X_SAREF, and 0 for no SA reference. */
    public boolean modern() {
        return this != CLASSIC;
    }

    /** Whether lifetimes have a field for packets. */
    public boolean countsPackets() {
        return this != LIBRESWAN;
    }
}
