package org.keysock.tools.cli;

import com.google.gson.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An ESP SA with its keys as lines that Wireshark (preference table esp_sa) and tcpdump (option -E)
 * read: the names that Wireshark 4.0 and tcpdump 4.99 with OpenSSL have for algorithms.
 */
final class DissectorKeys {

    private static final int BITS_96 = 96;

    private static final Map<String, String> WIRESHARK_CIPHERS =
            Map.ofEntries(
                    Map.entry("NONE", "NULL"),
                    Map.entry("NULL", "NULL"),
                    Map.entry("DES_CBC", "DES-CBC [RFC2405]"),
                    Map.entry("TRIPLE_DES_CBC", "TripleDES-CBC [RFC2451]"),
                    Map.entry("CAST128_CBC", "CAST5-CBC [RFC2144]"),
                    Map.entry("BLOWFISH_CBC", "BLOWFISH-CBC [RFC2451]"),
                    Map.entry("TWOFISH_CBC", "TWOFISH-CBC"),
                    Map.entry("AES_CBC", "AES-CBC [RFC3602]"),
                    Map.entry("AES_CTR", "AES-CTR [RFC3686]"),
                    Map.entry("AES_GCM_8", "AES-GCM with 8 octet ICV [RFC4106]"),
                    Map.entry("AES_GCM_12", "AES-GCM with 12 octet ICV [RFC4106]"),
                    Map.entry("AES_GCM_16", "AES-GCM with 16 octet ICV [RFC4106]"));

    /** By the algorithm and the bits of its integrity check value. */
    private static final Map<String, String> WIRESHARK_CHECKS =
            Map.of(
                    "HMAC_MD5 96", "HMAC-MD5-96 [RFC2403]",
                    "HMAC_SHA1 96", "HMAC-SHA-1-96 [RFC2404]",
                    "HMAC_SHA256 96", "HMAC-SHA-256-96 [draft-ietf-ipsec-ciph-sha-256-00]",
                    "HMAC_SHA256 128", "HMAC-SHA-256-128 [RFC4868]",
                    "HMAC_SHA384 192", "HMAC-SHA-384-192 [RFC4868]",
                    "HMAC_SHA512 256", "HMAC-SHA-512-256 [RFC4868]",
                    "HMAC_RIPEMD160 96", "MAC-RIPEMD-160-96 [RFC2857]");

    private static final Map<String, String> TCPDUMP_CIPHERS =
            Map.of(
                    "DES_CBC", "des",
                    "TRIPLE_DES_CBC", "3des",
                    "CAST128_CBC", "cast",
                    "BLOWFISH_CBC", "blowfish",
                    "AES_CBC", "aes",
                    "CAMELLIA_CBC", "camellia");

    private DissectorKeys() {}

    /** A line of the file esp_sa; of comment when there are no words for the SA. */
    static String wireshark(JsonObject sa) {
        String cipher = WIRESHARK_CIPHERS.get(text(sa, "encryption"));
        if (cipher == null) {
            return comment(sa, "Wireshark");
        }
        return String.join(
                ",",
                quoted(text(sa, "dst").contains(":") ? "IPv6" : "IPv4"),
                quoted(anyOf(text(sa, "src"))),
                quoted(text(sa, "dst")),
                quoted(text(sa, "spi")),
                quoted(cipher),
                quoted(cipher.equals("NULL") ? "" : hex(sa, "encryptionKey")),
                quoted(check(sa)),
                quoted(isChecked(sa) ? hex(sa, "authenticationKey") : ""));
    }

    /** Its name, or that of a value of its length which is not tested. */
    private static String check(JsonObject sa) {
        String bits = text(sa, "icvBits");
        if (!isChecked(sa)) {
            return "NULL";
        }
        return WIRESHARK_CHECKS.getOrDefault(
                text(sa, "authentication") + " " + bits,
                "ANY " + bits + " bit authentication [no checking]");
    }

    private static boolean isChecked(JsonObject sa) {
        String algorithm = text(sa, "authentication");
        return !algorithm.equals("NONE") && !algorithm.equals("NULL");
    }

    /** A line of a file for -E; of comment when there are no words for the SA. */
    static String tcpdump(JsonObject sa) {
        @Nullable String cipher = TCPDUMP_CIPHERS.get(text(sa, "encryption"));
        int icvBits = isChecked(sa) ? sa.get("icvBits").getAsInt() : 0;
        if (cipher == null || (icvBits != 0 && icvBits != BITS_96)) {
            return comment(sa, "tcpdump");
        }
        String key = text(sa, "encryptionKey");
        boolean sized = cipher.equals("aes") || cipher.equals("camellia");
        return text(sa, "spi")
                + "@"
                + text(sa, "dst")
                + " "
                + cipher
                + (sized ? 4 * key.length() : "")
                + (icvBits == 0 ? "" : "-hmac96")
                + ":0x"
                + key;
    }

    private static String comment(JsonObject sa, String program) {
        return "# "
                + text(sa, "spi")
                + " to "
                + text(sa, "dst")
                + ": "
                + program
                + " has no words for "
                + text(sa, "encryption")
                + " with "
                + text(sa, "authentication")
                + " of "
                + text(sa, "icvBits")
                + " bits";
    }

    /** An SA without a source is for packets of any. */
    private static String anyOf(String address) {
        return address.equals("0.0.0.0") || address.equals("::") ? "*" : address;
    }

    private static String hex(JsonObject sa, String name) {
        return "0x" + text(sa, name);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String text(JsonObject sa, String name) {
        return sa.get(name).getAsString();
    }
}
