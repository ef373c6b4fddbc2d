package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.Setting;
import org.keysock.pfkey.text.SaidText;

/** How the tables of SAs and groups are written: klips.md section 6.1. */
enum TableForm {
    /** As the kernels of Openswan 2.4 print them. */
    KERNEL(SaidText.Style.HEXADECIMAL, "addtime", "usetime"),
    /** As those of Openswan 2.6 and 3.0 do. */
    MODERN(SaidText.Style.HEXADECIMAL, "addtime", "usetime"),
    /** As those of Libreswan do. */
    LIBRESWAN(SaidText.Style.HEXADECIMAL, "addtime", "usetime"),
    /** As ipsec_spi(5) and ipsec_spigrp(5) show them, each entry in a line. */
    MANUAL(SaidText.Style.PLAIN, "add", "use");

    /** The switch to the manual pages' form; else it is that of {@link KlipsSettings#FORM}. */
    static final Setting SETTING =
            Setting.choice(
                    "klips.table",
                    "tables of SAs as kernels print them, or as the manual pages show them",
                    "kernel",
                    "manual");

    private final SaidText.Style saids;
    private final String added;
    private final String used;

    TableForm(SaidText.Style saids, String added, String used) {
        this.saids = saids;
        this.added = added;
        this.used = used;
    }

    /** The form that a kernel was told to use. */
    static TableForm of(KernelSettings settings) {
        if (settings.is(SETTING, "manual")) {
            return MANUAL;
        }
        return switch (KlipsSettings.form(settings)) {
            case CLASSIC -> KERNEL;
            case MODERN -> MODERN;
            case LIBRESWAN -> LIBRESWAN;
        };
    }

    /** Whether a kernel prints so, and not a manual page. */
    boolean kernel() {
        return this != MANUAL;
    }

    /** Whether a kernel prints so that came after Openswan 2.4. */
    boolean modern() {
        return this == MODERN || this == LIBRESWAN;
    }

    /** How SAIDs are written. */
    SaidText.Style saids() {
        return saids;
    }

    /** What stands before the time since the SA was added. */
    String added() {
        return added;
    }

    /** What stands before the time since the SA was first used. */
    String used() {
        return used;
    }
}
