package org.keysock.pfkey.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Kind of an identity: {@code sadb_ident_type}, RFC 2367 section 2.3.5. */
public final class IdentityType extends Code {

    private static final List<IdentityType> KNOWN = new ArrayList<>();

    /** SADB_IDENTTYPE_RESERVED. */
    public static final IdentityType RESERVED = known("RESERVED");

    /** SADB_IDENTTYPE_PREFIX: ADDRESS/LENGTH. */
    public static final IdentityType PREFIX = known("PREFIX");

    /** SADB_IDENTTYPE_FQDN. */
    public static final IdentityType FQDN = known("FQDN");

    /** SADB_IDENTTYPE_USERFQDN: a mailbox. */
    public static final IdentityType USER_FQDN = known("USER_FQDN");

    /** SADB_X_IDENTTYPE_ADDR (KAME). */
    public static final IdentityType X_ADDR = known("X_ADDR");

    /** SADB_X_IDENTTYPE_DN (Solaris): ASN.1 DER distinguished name. */
    public static final IdentityType X_DN = known("X_DN");

    /** SADB_X_IDENTTYPE_GN (Solaris): ASN.1 DER general name. */
    public static final IdentityType X_GN = known("X_GN");

    /** SADB_X_IDENTTYPE_KEY_ID (Solaris). */
    public static final IdentityType X_KEY_ID = known("X_KEY_ID");

    /** SADB_X_IDENTTYPE_ADDR_RANGE (Solaris). */
    public static final IdentityType X_ADDR_RANGE = known("X_ADDR_RANGE");

    /** SADB_X_IDENTTYPE_CONNECTION (KLIPS). */
    public static final IdentityType X_CONNECTION = known("X_CONNECTION");

    private IdentityType(String name, int ordinal) {
        super(name, ordinal);
    }

    private IdentityType(int number) {
        super(number);
    }

    private static IdentityType known(String name) {
        IdentityType code = new IdentityType(name, KNOWN.size());
        KNOWN.add(code);
        return code;
    }

    /** The entry for a number that the dialect at hand has no name for. */
    public static IdentityType unknown(int number) {
        return new IdentityType(number);
    }

    /** All known entries of all dialects, by ordinal. */
    public static List<IdentityType> all() {
        return Collections.unmodifiableList(KNOWN);
    }
}
