package org.keysock.pfkey.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An authentication algorithm: {@code sadb_sa_auth}. */
public final class AuthAlgorithm extends Code {

    private static final List<AuthAlgorithm> KNOWN = new ArrayList<>();

    /** No authentication. */
    public static final AuthAlgorithm NONE = known("NONE");

    /** Keyed MD5 of TCP signatures (RFC 2385), or of KAME. */
    public static final AuthAlgorithm MD5 = known("MD5");

    /** HMAC-MD5-96, RFC 2403. */
    public static final AuthAlgorithm HMAC_MD5 = known("HMAC_MD5");

    /** HMAC-SHA-1-96, RFC 2404. */
    public static final AuthAlgorithm HMAC_SHA1 = known("HMAC_SHA1");

    /** HMAC-SHA-256, RFC 4868 with 128 bits; older systems cut it to 96. */
    public static final AuthAlgorithm HMAC_SHA256 = known("HMAC_SHA256");

    /** HMAC-SHA-384-192, RFC 4868. */
    public static final AuthAlgorithm HMAC_SHA384 = known("HMAC_SHA384");

    /** HMAC-SHA-512-256, RFC 4868. */
    public static final AuthAlgorithm HMAC_SHA512 = known("HMAC_SHA512");

    /** HMAC-RIPEMD-160-96, RFC 2857. */
    public static final AuthAlgorithm HMAC_RIPEMD160 = known("HMAC_RIPEMD160");

    /** AES-XCBC-MAC-96, RFC 3566. */
    public static final AuthAlgorithm AES_XCBC = known("AES_XCBC");

    /** AES-CMAC-96, RFC 4494. */
    public static final AuthAlgorithm AES_CMAC = known("AES_CMAC");

    /** HMAC-SM3-256 (Linux). */
    public static final AuthAlgorithm HMAC_SM3 = known("HMAC_SM3");

    /** Keyed MD5 (KAME), RFC 1828. */
    public static final AuthAlgorithm KEYED_MD5 = known("KEYED_MD5");

    /** Keyed SHA-1 (KAME). */
    public static final AuthAlgorithm KEYED_SHA1 = known("KEYED_SHA1");

    /** The null algorithm: a number for none at all (KAME, Linux). */
    public static final AuthAlgorithm NULL = known("NULL");

    private AuthAlgorithm(String name, int ordinal) {
        super(name, ordinal);
    }

    private AuthAlgorithm(int number) {
        super(number);
    }

    private static AuthAlgorithm known(String name) {
        AuthAlgorithm code = new AuthAlgorithm(name, KNOWN.size());
        KNOWN.add(code);
        return code;
    }

    /** The entry for a number that the dialect at hand has no name for. */
    public static AuthAlgorithm unknown(int number) {
        return new AuthAlgorithm(number);
    }

    /** All known entries of all dialects, by ordinal. */
    public static List<AuthAlgorithm> all() {
        return Collections.unmodifiableList(KNOWN);
    }
}
