package org.keysock.pfkey.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a message asks or tells: {@code sadb_msg_type}, RFC 2367 section 3.1. */
public final class MessageType extends Code {

    private static final List<MessageType> KNOWN = new ArrayList<>();

    /** SADB_GETSPI: choose an SPI and make a larval SA. */
    public static final MessageType GETSPI = known("GETSPI");

    /** SADB_UPDATE. */
    public static final MessageType UPDATE = known("UPDATE");

    /** SADB_ADD. */
    public static final MessageType ADD = known("ADD");

    /** SADB_DELETE. */
    public static final MessageType DELETE = known("DELETE");

    /** SADB_GET. */
    public static final MessageType GET = known("GET");

    /** SADB_ACQUIRE: the kernel wants an SA, or a key manager gives up. */
    public static final MessageType ACQUIRE = known("ACQUIRE");

    /** SADB_REGISTER. */
    public static final MessageType REGISTER = known("REGISTER");

    /** SADB_EXPIRE. */
    public static final MessageType EXPIRE = known("EXPIRE");

    /** SADB_FLUSH. */
    public static final MessageType FLUSH = known("FLUSH");

    /** SADB_DUMP. */
    public static final MessageType DUMP = known("DUMP");

    /** SADB_X_PROMISC. */
    public static final MessageType X_PROMISC = known("X_PROMISC");

    /** SADB_X_PCHANGE: reserved by the RFC's appendix, served by nobody. */
    public static final MessageType X_PCHANGE = known("X_PCHANGE");

    /** SADB_X_INVERSE_ACQUIRE (Solaris). */
    public static final MessageType X_INVERSE_ACQUIRE = known("X_INVERSE_ACQUIRE");

    /** SADB_X_UPDATEPAIR (Solaris). */
    public static final MessageType X_UPDATEPAIR = known("X_UPDATEPAIR");

    /** SADB_X_DELPAIR (Solaris). */
    public static final MessageType X_DELPAIR = known("X_DELPAIR");

    /** SADB_X_DELPAIR_STATE (Solaris, cluster software). */
    public static final MessageType X_DELPAIR_STATE = known("X_DELPAIR_STATE");

    /** SADB_X_SPDUPDATE (KAME, Linux). */
    public static final MessageType X_SPDUPDATE = known("X_SPDUPDATE");

    /** SADB_X_SPDADD (KAME, Linux). */
    public static final MessageType X_SPDADD = known("X_SPDADD");

    /** SADB_X_SPDDELETE (KAME, Linux). */
    public static final MessageType X_SPDDELETE = known("X_SPDDELETE");

    /** SADB_X_SPDGET (KAME, Linux). */
    public static final MessageType X_SPDGET = known("X_SPDGET");

    /** SADB_X_SPDACQUIRE (KAME, Linux). */
    public static final MessageType X_SPDACQUIRE = known("X_SPDACQUIRE");

    /** SADB_X_SPDDUMP (KAME, Linux). */
    public static final MessageType X_SPDDUMP = known("X_SPDDUMP");

    /** SADB_X_SPDFLUSH (KAME, Linux). */
    public static final MessageType X_SPDFLUSH = known("X_SPDFLUSH");

    /** SADB_X_SPDSETIDX (KAME, Linux). */
    public static final MessageType X_SPDSETIDX = known("X_SPDSETIDX");

    /** SADB_X_SPDEXPIRE (KAME, Linux). */
    public static final MessageType X_SPDEXPIRE = known("X_SPDEXPIRE");

    /** SADB_X_SPDDELETE2 (KAME, Linux): delete a policy by its id. */
    public static final MessageType X_SPDDELETE2 = known("X_SPDDELETE2");

    /** SADB_X_NAT_T_NEW_MAPPING (Linux, KLIPS). */
    public static final MessageType X_NAT_T_NEW_MAPPING = known("X_NAT_T_NEW_MAPPING");

    /** SADB_X_MIGRATE (Linux). */
    public static final MessageType X_MIGRATE = known("X_MIGRATE");

    /** SADB_X_GRPSA (KLIPS): group two SAs, or take a group apart. */
    public static final MessageType X_GRPSA = known("X_GRPSA");

    /** SADB_X_ADDFLOW (KLIPS): add or replace an eroute. */
    public static final MessageType X_ADDFLOW = known("X_ADDFLOW");

    /** SADB_X_DELFLOW (KLIPS): delete one eroute, or all. */
    public static final MessageType X_DELFLOW = known("X_DELFLOW");

    /** SADB_X_DEBUG (KLIPS): set the masks of what the kernel tells of itself. */
    public static final MessageType X_DEBUG = known("X_DEBUG");

    /** SADB_X_PLUMBIF (KLIPS since Openswan 2.6): make a virtual interface. */
    public static final MessageType X_PLUMBIF = known("X_PLUMBIF");

    /** SADB_X_UNPLUMBIF (KLIPS since Openswan 2.6). */
    public static final MessageType X_UNPLUMBIF = known("X_UNPLUMBIF");

    private MessageType(String name, int ordinal) {
        super(name, ordinal);
    }

    private MessageType(int number) {
        super(number);
    }

    private static MessageType known(String name) {
        MessageType code = new MessageType(name, KNOWN.size());
        KNOWN.add(code);
        return code;
    }

    /** The entry for a number that the dialect at hand has no name for. */
    public static MessageType unknown(int number) {
        return new MessageType(number);
    }

    /** All known entries of all dialects, by ordinal. */
    public static List<MessageType> all() {
        return Collections.unmodifiableList(KNOWN);
    }
}
