package org.keysock.pfkey.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The security protocol a message is about: {@code sadb_msg_satype}, RFC 2367 section 3.2. */
public final class SaType extends Code {

    private static final List<SaType> KNOWN = new ArrayList<>();

    /** SADB_SATYPE_UNSPEC: all, or none. */
    public static final SaType UNSPEC = known("UNSPEC");

    /** SADB_SATYPE_AH, RFC 4302. */
    public static final SaType AH = known("AH");

    /** SADB_SATYPE_ESP, RFC 4303. */
    public static final SaType ESP = known("ESP");

    /** SADB_SATYPE_RSVP. */
    public static final SaType RSVP = known("RSVP");

    /** SADB_SATYPE_OSPFV2. */
    public static final SaType OSPFV2 = known("OSPFV2");

    /** SADB_SATYPE_RIPV2. */
    public static final SaType RIPV2 = known("RIPV2");

    /** SADB_SATYPE_MIP: Mobile IPv4. */
    public static final SaType MIP = known("MIP");

    /** SADB_X_SATYPE_IPCOMP (Linux, KAME), SADB_X_SATYPE_COMP (KLIPS): RFC 3173. */
    public static final SaType X_IPCOMP = known("X_IPCOMP");

    /** SADB_X_SATYPE_TCPSIG (Solaris, 2024). */
    public static final SaType X_TCPSIG = known("X_TCPSIG");

    /** SADB_X_SATYPE_IPIP (KLIPS): a tunnel of either family in either family. */
    public static final SaType X_IPIP = known("X_IPIP");

    /** SADB_X_SATYPE_INT (KLIPS): targets of eroutes that are no SAs, such as %pass. */
    public static final SaType X_INT = known("X_INT");

    private SaType(String name, int ordinal) {
        super(name, ordinal);
    }

    private SaType(int number) {
        super(number);
    }

    private static SaType known(String name) {
        SaType code = new SaType(name, KNOWN.size());
        KNOWN.add(code);
        return code;
    }

    /** The entry for a number that the dialect at hand has no name for. */
    public static SaType unknown(int number) {
        return new SaType(number);
    }

    /** All known entries of all dialects, by ordinal. */
    public static List<SaType> all() {
        return Collections.unmodifiableList(KNOWN);
    }
}
