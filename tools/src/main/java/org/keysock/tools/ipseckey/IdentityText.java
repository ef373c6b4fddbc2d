package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IdentityType;

/** The words for kinds of identities, solaris.md 1.11: typed, saved and shown. */
@SuppressWarnings("ImmutableEnumChecker") // nothing in here is ever written to
enum IdentityText {
    PREFIX(IdentityType.PREFIX, "prefix", "prefix"),
    FQDN(IdentityType.FQDN, "FQDN", "fqdn", "domain", "domainname"),
    USER_FQDN(IdentityType.USER_FQDN, "user-FQDN (mbox)", "user_fqdn", "mailbox"),
    DN(IdentityType.X_DN, "ASN.1 DER Distinguished Name", "der_dn"),
    GN(IdentityType.X_GN, "ASN.1 DER Generic Name", "der_gn"),
    KEY_ID(IdentityType.X_KEY_ID, "Generic key id"),
    ADDRESS_RANGE(IdentityType.X_ADDR_RANGE, "Address range");

    private final IdentityType type;
    private final String shown;
    private final String[] words;

    IdentityText(IdentityType type, String shown, String... words) {
        this.type = type;
        this.shown = shown;
        this.words = words;
    }

    /** The type that a word names, in any case, or null. */
    static @Nullable IdentityType type(String word) {
        for (IdentityText text : values()) {
            for (String name : text.words) {
                if (name.equalsIgnoreCase(word)) {
                    return text.type;
                }
            }
        }
        return null;
    }

    /** All words. */
    static List<String> allWords() {
        List<String> all = new ArrayList<>();
        for (IdentityText text : values()) {
            all.addAll(List.of(text.words));
        }
        return all;
    }

    /** How a type is shown. */
    static String shown(IdentityType type) {
        for (IdentityText text : values()) {
            if (text.type == type) {
                return text.shown;
            }
        }
        return "<unknown " + Numbers.of(type) + ">";
    }

    /** How a type is saved: the word that reads back, else its number. */
    static String saved(IdentityType type) {
        for (IdentityText text : values()) {
            if (text.type == type && text.words.length > 0) {
                return text.words[0];
            }
        }
        return Integer.toString(Numbers.of(type));
    }

    /** Whether identities of that type are encoded names that nobody here decodes. */
    static boolean encoded(IdentityType type) {
        return type == IdentityType.X_DN || type == IdentityType.X_GN;
    }
}
