package org.keysock.kernel.engine.klips;

import java.util.List;
import java.util.Locale;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Setting;
import org.keysock.pfkey.model.KlipsForm;

/** The documented switches of KLIPS. */
final class KlipsSettings {

    static final Setting FORM =
            Setting.choice(
                    "klips.form",
                    "which KLIPS is spoken: FreeS/WAN 2 and Openswan 2.4, Openswan 2.6, Libreswan",
                    "classic",
                    "modern",
                    "libreswan");

    static final Setting FLUSH =
            Setting.choice(
                    "klips.flush",
                    "what FLUSH with an SA type removes: SAs of that type, or all as KLIPS did",
                    "satype",
                    "all");

    static final Setting ALGORITHMS =
            Setting.choice(
                    "klips.algorithms",
                    "what was built in: 3DES and AES, 3DES alone, or DES, NULL, SHA-2, XCBC too",
                    "aes",
                    "3des",
                    "all");

    private KlipsSettings() {}

    static List<Setting> all() {
        return List.of(FORM, FLUSH, ALGORITHMS, TableForm.SETTING);
    }

    /** The form that is spoken. */
    static KlipsForm form(KernelSettings settings) {
        return KlipsForm.valueOf(settings.value(FORM).toUpperCase(Locale.ROOT));
    }

    static boolean modern(KeyEngine engine) {
        return form(engine.settings()).modern();
    }
}
