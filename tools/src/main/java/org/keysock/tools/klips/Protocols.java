package org.keysock.tools.klips;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.text.KlipsAddressText.Family;

/** The words for parts of a SAID where it is given word by word: klips.md 5.2. */
final class Protocols {

    private Protocols() {}

    /** The SA type of {@code ah}, {@code esp}, {@code tun} or {@code comp}, or null. */
    static @Nullable SaType saType(String word) {
        return switch (word) {
            case "ah" -> SaType.AH;
            case "esp" -> SaType.ESP;
            case "tun" -> SaType.X_IPIP;
            case "comp" -> SaType.X_IPCOMP;
            default -> null;
        };
    }

    /** The family of {@code inet} or {@code inet6}, or null. */
    static @Nullable Family family(String word) {
        return switch (word) {
            case "inet" -> Family.INET;
            case "inet6" -> Family.INET6;
            default -> null;
        };
    }
}
