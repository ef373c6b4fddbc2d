package org.keysock.pfkey.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An encryption algorithm, or the compression algorithm of an IPCOMP SA: {@code sadb_sa_encrypt};
 * or what KLIPS says a tunnel can carry.
 */
public final class EncryptionAlgorithm extends Code {

    private static final List<EncryptionAlgorithm> KNOWN = new ArrayList<>();

    /** No encryption. */
    public static final EncryptionAlgorithm NONE = known("NONE");

    /** DES-CBC, RFC 2405. */
    public static final EncryptionAlgorithm DES_CBC = known("DES_CBC");

    /** 3DES-CBC, RFC 2451. */
    public static final EncryptionAlgorithm TRIPLE_DES_CBC = known("TRIPLE_DES_CBC");

    /** CAST-128-CBC, RFC 2451. */
    public static final EncryptionAlgorithm CAST128_CBC = known("CAST128_CBC");

    /** Blowfish-CBC, RFC 2451. */
    public static final EncryptionAlgorithm BLOWFISH_CBC = known("BLOWFISH_CBC");

    /** NULL encryption, RFC 2410. */
    public static final EncryptionAlgorithm NULL = known("NULL");

    /** AES-CBC, RFC 3602. */
    public static final EncryptionAlgorithm AES_CBC = known("AES_CBC");

    /** AES-CTR, RFC 3686. */
    public static final EncryptionAlgorithm AES_CTR = known("AES_CTR");

    /** AES-CCM with a tag of 8 bytes, RFC 4309. */
    public static final EncryptionAlgorithm AES_CCM_8 = known("AES_CCM_8");

    /** AES-CCM with a tag of 12 bytes. */
    public static final EncryptionAlgorithm AES_CCM_12 = known("AES_CCM_12");

    /** AES-CCM with a tag of 16 bytes. */
    public static final EncryptionAlgorithm AES_CCM_16 = known("AES_CCM_16");

    /** AES-GCM with a tag of 8 bytes, RFC 4106. */
    public static final EncryptionAlgorithm AES_GCM_8 = known("AES_GCM_8");

    /** AES-GCM with a tag of 12 bytes. */
    public static final EncryptionAlgorithm AES_GCM_12 = known("AES_GCM_12");

    /** AES-GCM with a tag of 16 bytes. */
    public static final EncryptionAlgorithm AES_GCM_16 = known("AES_GCM_16");

    /** NULL encryption with AES-GMAC, RFC 4543. */
    public static final EncryptionAlgorithm AES_GMAC = known("AES_GMAC");

    /** ChaCha20-Poly1305, RFC 7634. */
    public static final EncryptionAlgorithm CHACHA20_POLY1305 = known("CHACHA20_POLY1305");

    /** Camellia-CBC, RFC 4312. */
    public static final EncryptionAlgorithm CAMELLIA_CBC = known("CAMELLIA_CBC");

    /** SM4-CBC (Linux). */
    public static final EncryptionAlgorithm SM4_CBC = known("SM4_CBC");

    /** Serpent-CBC (Linux). */
    public static final EncryptionAlgorithm SERPENT_CBC = known("SERPENT_CBC");

    /** Twofish-CBC (Linux). */
    public static final EncryptionAlgorithm TWOFISH_CBC = known("TWOFISH_CBC");

    /** IPCOMP by a vendor's algorithm. */
    public static final EncryptionAlgorithm COMP_OUI = known("COMP_OUI");

    /** IPCOMP DEFLATE, RFC 2394. */
    public static final EncryptionAlgorithm COMP_DEFLATE = known("COMP_DEFLATE");

    /** IPCOMP LZS, RFC 2395. */
    public static final EncryptionAlgorithm COMP_LZS = known("COMP_LZS");

    /** IPCOMP LZJH, RFC 3051. */
    public static final EncryptionAlgorithm COMP_LZJH = known("COMP_LZJH");

    /** IPv4 in IPv4 (KLIPS). */
    public static final EncryptionAlgorithm TUNNEL_4_IN_4 = known("TUNNEL_4_IN_4");

    /** IPv6 in IPv4 (KLIPS). */
    public static final EncryptionAlgorithm TUNNEL_6_IN_4 = known("TUNNEL_6_IN_4");

    /** IPv4 in IPv6 (KLIPS). */
    public static final EncryptionAlgorithm TUNNEL_4_IN_6 = known("TUNNEL_4_IN_6");

    /** IPv6 in IPv6 (KLIPS). */
    public static final EncryptionAlgorithm TUNNEL_6_IN_6 = known("TUNNEL_6_IN_6");

    private EncryptionAlgorithm(String name, int ordinal) {
        super(name, ordinal);
    }

    private EncryptionAlgorithm(int number) {
        super(number);
    }

    private static EncryptionAlgorithm known(String name) {
        EncryptionAlgorithm code = new EncryptionAlgorithm(name, KNOWN.size());
        KNOWN.add(code);
        return code;
    }

    /** The entry for a number that the dialect at hand has no name for. */
    public static EncryptionAlgorithm unknown(int number) {
        return new EncryptionAlgorithm(number);
    }

    /** All known entries of all dialects, by ordinal. */
    public static List<EncryptionAlgorithm> all() {
        return Collections.unmodifiableList(KNOWN);
    }
}
