package org.keysock.pfkey.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Kind of an extension: {@code sadb_ext_type}, RFC 2367 section 2.2. */
public final class ExtensionType extends Code {

    private static final List<ExtensionType> KNOWN = new ArrayList<>();

    /** SADB_EXT_SA. */
    public static final ExtensionType SA = known("SA");

    /** SADB_EXT_LIFETIME_CURRENT. */
    public static final ExtensionType LIFETIME_CURRENT = known("LIFETIME_CURRENT");

    /** SADB_EXT_LIFETIME_HARD. */
    public static final ExtensionType LIFETIME_HARD = known("LIFETIME_HARD");

    /** SADB_EXT_LIFETIME_SOFT. */
    public static final ExtensionType LIFETIME_SOFT = known("LIFETIME_SOFT");

    /** SADB_EXT_ADDRESS_SRC. */
    public static final ExtensionType ADDRESS_SRC = known("ADDRESS_SRC");

    /** SADB_EXT_ADDRESS_DST. */
    public static final ExtensionType ADDRESS_DST = known("ADDRESS_DST");

    /** SADB_EXT_ADDRESS_PROXY; Solaris: SADB_X_EXT_ADDRESS_INNER_SRC. */
    public static final ExtensionType ADDRESS_PROXY = known("ADDRESS_PROXY");

    /** SADB_EXT_KEY_AUTH. */
    public static final ExtensionType KEY_AUTH = known("KEY_AUTH");

    /** SADB_EXT_KEY_ENCRYPT. */
    public static final ExtensionType KEY_ENCRYPT = known("KEY_ENCRYPT");

    /** SADB_EXT_IDENTITY_SRC. */
    public static final ExtensionType IDENTITY_SRC = known("IDENTITY_SRC");

    /** SADB_EXT_IDENTITY_DST. */
    public static final ExtensionType IDENTITY_DST = known("IDENTITY_DST");

    /** SADB_EXT_SENSITIVITY. */
    public static final ExtensionType SENSITIVITY = known("SENSITIVITY");

    /** SADB_EXT_PROPOSAL. */
    public static final ExtensionType PROPOSAL = known("PROPOSAL");

    /** SADB_EXT_SUPPORTED_AUTH. */
    public static final ExtensionType SUPPORTED_AUTH = known("SUPPORTED_AUTH");

    /** SADB_EXT_SUPPORTED_ENCRYPT. */
    public static final ExtensionType SUPPORTED_ENCRYPT = known("SUPPORTED_ENCRYPT");

    /** SADB_EXT_SPIRANGE. */
    public static final ExtensionType SPIRANGE = known("SPIRANGE");

    /** SADB_X_EXT_KMPRIVATE: carried, never read. */
    public static final ExtensionType X_KMPRIVATE = known("X_KMPRIVATE");

    /** SADB_X_EXT_EREG (Solaris). */
    public static final ExtensionType X_EREG = known("X_EREG");

    /** SADB_X_EXT_EPROP (Solaris). */
    public static final ExtensionType X_EPROP = known("X_EPROP");

    /** SADB_X_EXT_KM_COOKIE (Solaris). */
    public static final ExtensionType X_KM_COOKIE = known("X_KM_COOKIE");

    /** SADB_X_EXT_ADDRESS_NATT_LOC (Solaris). */
    public static final ExtensionType X_ADDRESS_NATT_LOC = known("X_ADDRESS_NATT_LOC");

    /** SADB_X_EXT_ADDRESS_NATT_REM (Solaris). */
    public static final ExtensionType X_ADDRESS_NATT_REM = known("X_ADDRESS_NATT_REM");

    /** SADB_X_EXT_ADDRESS_INNER_DST (Solaris). */
    public static final ExtensionType X_ADDRESS_INNER_DST = known("X_ADDRESS_INNER_DST");

    /** SADB_X_EXT_PAIR (Solaris). */
    public static final ExtensionType X_PAIR = known("X_PAIR");

    /** SADB_X_EXT_REPLAY_VALUE (Solaris). */
    public static final ExtensionType X_REPLAY_VALUE = known("X_REPLAY_VALUE");

    /** SADB_X_EXT_EDUMP (Solaris). */
    public static final ExtensionType X_EDUMP = known("X_EDUMP");

    /** SADB_X_EXT_LIFETIME_IDLE (Solaris). */
    public static final ExtensionType X_LIFETIME_IDLE = known("X_LIFETIME_IDLE");

    /** SADB_X_EXT_OUTER_SENS (Solaris). */
    public static final ExtensionType X_OUTER_SENS = known("X_OUTER_SENS");

    /** SADB_X_EXT_STR_AUTH (Solaris, 2024). */
    public static final ExtensionType X_STR_AUTH = known("X_STR_AUTH");

    /** SADB_X_EXT_POLICY (KAME, Linux). */
    public static final ExtensionType X_POLICY = known("X_POLICY");

    /** SADB_X_EXT_SA2 (KAME, Linux). */
    public static final ExtensionType X_SA2 = known("X_SA2");

    /** SADB_X_EXT_NAT_T_TYPE (Linux). */
    public static final ExtensionType X_NAT_T_TYPE = known("X_NAT_T_TYPE");

    /** SADB_X_EXT_NAT_T_SPORT (Linux). */
    public static final ExtensionType X_NAT_T_SPORT = known("X_NAT_T_SPORT");

    /** SADB_X_EXT_NAT_T_DPORT (Linux). */
    public static final ExtensionType X_NAT_T_DPORT = known("X_NAT_T_DPORT");

    /** SADB_X_EXT_NAT_T_OA (Linux). */
    public static final ExtensionType X_NAT_T_OA = known("X_NAT_T_OA");

    /** SADB_X_EXT_SEC_CTX (Linux). */
    public static final ExtensionType X_SEC_CTX = known("X_SEC_CTX");

    /** SADB_X_EXT_KMADDRESS (Linux). */
    public static final ExtensionType X_KMADDRESS = known("X_KMADDRESS");

    /** SADB_X_EXT_FILTER (Linux). */
    public static final ExtensionType X_FILTER = known("X_FILTER");

    /** SADB_X_EXT_SATYPE2 (KLIPS): the type of the second SA of a group. */
    public static final ExtensionType X_SATYPE2 = known("X_SATYPE2");

    /** SADB_X_EXT_SA2 of KLIPS: the second SA of a group; not KAME's {@link #X_SA2}. */
    public static final ExtensionType X_GRP_SA2 = known("X_GRP_SA2");

    /** SADB_X_EXT_ADDRESS_DST2 (KLIPS): the destination of the second SA of a group. */
    public static final ExtensionType X_ADDRESS_DST2 = known("X_ADDRESS_DST2");

    /** SADB_X_EXT_ADDRESS_SRC_FLOW (KLIPS): the source network of an eroute. */
    public static final ExtensionType X_ADDRESS_SRC_FLOW = known("X_ADDRESS_SRC_FLOW");

    /** SADB_X_EXT_ADDRESS_DST_FLOW (KLIPS): the destination network of an eroute. */
    public static final ExtensionType X_ADDRESS_DST_FLOW = known("X_ADDRESS_DST_FLOW");

    /** SADB_X_EXT_ADDRESS_SRC_MASK (KLIPS). */
    public static final ExtensionType X_ADDRESS_SRC_MASK = known("X_ADDRESS_SRC_MASK");

    /** SADB_X_EXT_ADDRESS_DST_MASK (KLIPS). */
    public static final ExtensionType X_ADDRESS_DST_MASK = known("X_ADDRESS_DST_MASK");

    /** SADB_X_EXT_DEBUG (KLIPS). */
    public static final ExtensionType X_DEBUG = known("X_DEBUG");

    /** SADB_X_EXT_PROTOCOL (KLIPS): the transport protocol of an eroute. */
    public static final ExtensionType X_PROTOCOL = known("X_PROTOCOL");

    /** SADB_X_EXT_PLUMBIF (KLIPS since Openswan 2.6). */
    public static final ExtensionType X_PLUMBIF = known("X_PLUMBIF");

    /** SADB_X_EXT_SAREF (KLIPS since Openswan 2.6). */
    public static final ExtensionType X_SAREF = known("X_SAREF");

    /** No extension but a whole message, see {@link Extension.Enclosed}; it has no number. */
    public static final ExtensionType X_ENCLOSED = known("X_ENCLOSED");

    private ExtensionType(String name, int ordinal) {
        super(name, ordinal);
    }

    private ExtensionType(int number) {
        super(number);
    }

    private static ExtensionType known(String name) {
        ExtensionType code = new ExtensionType(name, KNOWN.size());
        KNOWN.add(code);
        return code;
    }

    /** The entry for a number that the dialect at hand has no name for. */
    public static ExtensionType unknown(int number) {
        return new ExtensionType(number);
    }

    /** All known entries of all dialects, by ordinal. */
    public static List<ExtensionType> all() {
        return Collections.unmodifiableList(KNOWN);
    }
}
