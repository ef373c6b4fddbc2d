package org.keysock.pfkey.model;

import org.jspecify.annotations.Nullable;

/**
 * Solaris' reason behind an errno: {@code sadb_x_msg_diagnostic}, the 16 bits of the base header
 * that RFC 2367 calls reserved. The constants are SADB_X_DIAGNOSTIC_NAME; the number is the ordinal
 * and the wording is ours (solaris.md section 2).
 */
public enum Diagnostic {
    NONE("no diagnostic given"),
    UNKNOWN_MSG("message type not known"),
    UNKNOWN_EXT("extension type not known"),
    BAD_EXTLEN("extension length is wrong"),
    UNKNOWN_SATYPE("SA type not known"),
    SATYPE_NEEDED("a specific SA type is needed"),
    NO_SADBS("no SA database is present"),
    NO_EXT("this message takes no extensions"),
    BAD_SRC_AF("source address family is wrong"),
    BAD_DST_AF("destination address family is wrong"),
    BAD_INNER_SRC_AF("inner source address family is wrong"),
    AF_MISMATCH("source and destination families differ"),
    BAD_SRC("source address not usable"),
    BAD_DST("destination address not usable"),
    ALLOC_HSERR("soft allocation limit above hard limit"),
    BYTES_HSERR("soft byte limit above hard limit"),
    ADDTIME_HSERR("soft or idle add time after hard add time"),
    USETIME_HSERR("soft or idle use time after hard use time"),
    MISSING_SRC("source address missing"),
    MISSING_DST("destination address missing"),
    MISSING_SA("SA extension missing"),
    MISSING_EKEY("encryption key missing"),
    MISSING_AKEY("authentication key missing"),
    MISSING_RANGE("SPI range missing"),
    DUPLICATE_SRC("source address given twice"),
    DUPLICATE_DST("destination address given twice"),
    DUPLICATE_SA("SA extension given twice"),
    DUPLICATE_EKEY("encryption key given twice"),
    DUPLICATE_AKEY("authentication key given twice"),
    DUPLICATE_RANGE("SPI range given twice"),
    MALFORMED_SRC("source address malformed"),
    MALFORMED_DST("destination address malformed"),
    MALFORMED_SA("SA extension malformed"),
    MALFORMED_EKEY("encryption key malformed"),
    MALFORMED_AKEY("authentication key malformed"),
    MALFORMED_RANGE("SPI range malformed"),
    AKEY_PRESENT("authentication key not allowed here"),
    EKEY_PRESENT("encryption key not allowed here"),
    PROP_PRESENT("proposal not allowed here"),
    SUPP_PRESENT("algorithm list not allowed here"),
    BAD_AALG("authentication algorithm not supported"),
    BAD_EALG("encryption algorithm not supported"),
    BAD_SAFLAGS("SA flags not allowed"),
    BAD_SASTATE("SA state not allowed"),
    BAD_AKEYBITS("wrong number of authentication key bits"),
    BAD_EKEYBITS("wrong number of encryption key bits"),
    ENCR_NOTSUPP("this SA type does not encrypt"),
    WEAK_EKEY("encryption key is weak"),
    WEAK_AKEY("authentication key is weak"),
    DUPLICATE_KMP("key management protocol differs"),
    DUPLICATE_KMC("key management cookie differs"),
    MISSING_NATT_LOC("NAT-T local address missing"),
    MISSING_NATT_REM("NAT-T remote address missing"),
    DUPLICATE_NATT_LOC("NAT-T local address given twice"),
    DUPLICATE_NATT_REM("NAT-T remote address given twice"),
    MALFORMED_NATT_LOC("NAT-T local address malformed"),
    MALFORMED_NATT_REM("NAT-T remote address malformed"),
    DUPLICATE_NATT_PORTS("NAT-T ports given twice"),
    MISSING_INNER_SRC("inner source address missing"),
    MISSING_INNER_DST("inner destination address missing"),
    DUPLICATE_INNER_SRC("inner source address given twice"),
    DUPLICATE_INNER_DST("inner destination address given twice"),
    MALFORMED_INNER_SRC("inner source address malformed"),
    MALFORMED_INNER_DST("inner destination address malformed"),
    PREFIX_INNER_SRC("inner source prefix length is wrong"),
    PREFIX_INNER_DST("inner destination prefix length is wrong"),
    BAD_INNER_DST_AF("inner destination address family is wrong"),
    INNER_AF_MISMATCH("inner address families differ"),
    BAD_NATT_REM_AF("NAT-T remote address family is wrong"),
    BAD_NATT_LOC_AF("NAT-T local address family is wrong"),
    PROTO_MISMATCH("source and destination protocols differ"),
    INNER_PROTO_MISMATCH("inner protocols differ"),
    DUAL_PORT_SETS("inner and outer ports both set"),
    PAIR_INAPPROPRIATE("SA cannot be paired with the named SA"),
    PAIR_ADD_MISMATCH("pair addresses differ"),
    PAIR_ALREADY("SA is already paired"),
    PAIR_SA_NOTFOUND("paired SA not found"),
    BAD_SA_DIRECTION("SA direction not allowed"),
    SA_NOTFOUND("SA not found"),
    SA_EXPIRED("SA no longer valid"),
    BAD_CTX("algorithm or key refused by the cipher engine"),
    INVALID_REPLAY("replay value not allowed"),
    MISSING_LIFETIME("lifetime kind not allowed here"),
    BAD_LABEL("security label not allowed"),
    MISSING_ASTR("authentication string missing"),
    DUPLICATE_ASTR("authentication string given twice"),
    MALFORMED_ASTR("authentication string malformed");

    private static final Diagnostic[] BY_NUMBER = values();

    private final String wording;

    Diagnostic(String wording) {
        this.wording = wording;
    }

    /** The number on the wire. */
    public int number() {
        return ordinal();
    }

    /** A short English phrase for people. */
    public String wording() {
        return wording;
    }

    /** The diagnostic of that number, or null when there is none. */
    public static @Nullable Diagnostic of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }
}
