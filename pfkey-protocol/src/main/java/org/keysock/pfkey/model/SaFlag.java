package org.keysock.pfkey.model;

/** One bit of {@code sadb_sa_flags}, by meaning; its place in the word depends on the dialect. */
public enum SaFlag {
    /** SADB_SAFLAGS_PFS, RFC 2367; in what a KLIPS kernel says of an SA: inbound. */
    PFS,
    /** SADB_SAFLAGS_NOREPLAY (Solaris). */
    NOREPLAY,
    /** SADB_X_SAFLAGS_NATTED (Solaris): the local node is behind a NAT. */
    X_NATTED,
    /** SADB_X_SAFLAGS_TCPSIG (Solaris, 2024). */
    X_TCPSIG,
    /** SADB_X_SAFLAGS_INBOUND (Solaris). */
    X_INBOUND,
    /** SADB_X_SAFLAGS_OUTBOUND (Solaris). */
    X_OUTBOUND,
    /** SADB_X_SAFLAGS_PAIRED (Solaris). */
    X_PAIRED,
    /** SADB_X_SAFLAGS_TUNNEL (Solaris). */
    X_TUNNEL,
    /** SADB_X_SAFLAGS_KRES2 (Solaris): kernel private, do not cache. */
    X_KRES2,
    /** SADB_X_SAFLAGS_NATT_REM (Solaris). */
    X_NATT_REM,
    /** SADB_X_SAFLAGS_NATT_LOC (Solaris). */
    X_NATT_LOC,
    /** SADB_X_SAFLAGS_KRES1 (Solaris): kernel private, asynchronous crypto. */
    X_KRES1,
    /** SADB_X_SAFLAGS_KM4 (Solaris): free for key managers, as are KM1 to KM3. */
    X_KM4,
    /** SADB_X_SAFLAGS_KM3 (Solaris). */
    X_KM3,
    /** SADB_X_SAFLAGS_KM2 (Solaris). */
    X_KM2,
    /** SADB_X_SAFLAGS_KM1 (Solaris). */
    X_KM1,
    /** SADB_X_SAFLAGS_EALG2 (Solaris): set by the kernel for counter modes. */
    X_EALG2,
    /** SADB_X_SAFLAGS_EALG1 (Solaris): set by the kernel for combined modes. */
    X_EALG1,
    /** SADB_X_SAFLAGS_AALG2 (Solaris). */
    X_AALG2,
    /** SADB_X_SAFLAGS_AALG1 (Solaris). */
    X_AALG1,
    /** SADB_X_SAFLAGS_UNIQUE (Solaris): bound to ports or a protocol. */
    X_UNIQUE,
    /** SADB_X_SAFLAGS_USED (Solaris): set on first use. */
    X_USED,
    /** SADB_SAFLAGS_NOPMTUDISC (Linux). */
    NOPMTUDISC,
    /** SADB_SAFLAGS_DECAP_DSCP (Linux). */
    DECAP_DSCP,
    /** SADB_SAFLAGS_NOECN (Linux). */
    NOECN,
    /** SADB_X_SAFLAGS_REPLACEFLOW (KLIPS): X_ADDFLOW replaces an eroute. */
    X_REPLACEFLOW,
    /** SADB_X_SAFLAGS_CLEARFLOW (KLIPS): X_DELFLOW clears all eroutes. */
    X_CLEARFLOW,
    /** SADB_X_SAFLAGS_INFLOW (KLIPS): X_ADDFLOW sets the inbound policy of a tunnel. */
    X_INFLOW,
    /** SADB_X_SAFLAGS_POLICYONLY (KLIPS since Openswan 2.6). */
    X_POLICYONLY;

    /** This flag's bit in {@link SaFlags#meanings()}. */
    public int bit() {
        return 1 << ordinal();
    }
}
