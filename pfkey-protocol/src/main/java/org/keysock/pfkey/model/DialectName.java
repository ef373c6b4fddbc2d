package org.keysock.pfkey.model;

import java.util.Locale;
import java.util.Optional;

/** The dialects of PF_KEY v2: one for each kind of kernel that is emulated. */
public enum DialectName {
    /** RFC 2367 as written. */
    RFC2367,
    /** Solaris and illumos. */
    SOLARIS,
    /** FreeS/WAN's KLIPS. */
    KLIPS,
    /** Linux, with KAME's extensions. */
    LINUX;

    /** The dialect's name in options and socket files, such as {@code linux}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The dialect of that name, if there is one. */
    public static Optional<DialectName> of(String text) {
        for (DialectName name : values()) {
            if (name.text().equals(text)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
