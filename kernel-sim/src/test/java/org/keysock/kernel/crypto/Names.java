package org.keysock.kernel.crypto;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;

/** What the vectors call algorithms. */
final class Names {

    private static final Map<String, AuthAlgorithm> AUTH =
            Map.ofEntries(
                    Map.entry("hmac-md5-96", AuthAlgorithm.HMAC_MD5),
                    Map.entry("hmac-sha1-96", AuthAlgorithm.HMAC_SHA1),
                    Map.entry("hmac-sha2-256", AuthAlgorithm.HMAC_SHA256),
                    Map.entry("hmac-sha2-256-128", AuthAlgorithm.HMAC_SHA256),
                    Map.entry("prf-hmac-sha2-256", AuthAlgorithm.HMAC_SHA256),
                    Map.entry("hmac-sha2-384", AuthAlgorithm.HMAC_SHA384),
                    Map.entry("hmac-sha2-384-192", AuthAlgorithm.HMAC_SHA384),
                    Map.entry("prf-hmac-sha2-384", AuthAlgorithm.HMAC_SHA384),
                    Map.entry("hmac-sha2-512", AuthAlgorithm.HMAC_SHA512),
                    Map.entry("hmac-sha2-512-256", AuthAlgorithm.HMAC_SHA512),
                    Map.entry("prf-hmac-sha2-512", AuthAlgorithm.HMAC_SHA512),
                    Map.entry("hmac-ripemd160-96", AuthAlgorithm.HMAC_RIPEMD160),
                    Map.entry("aes-xcbc-mac-96", AuthAlgorithm.AES_XCBC),
                    Map.entry("prf-aes128-xcbc", AuthAlgorithm.AES_XCBC),
                    Map.entry("aes-cmac-96", AuthAlgorithm.AES_CMAC),
                    Map.entry("prf-aes128-cmac", AuthAlgorithm.AES_CMAC));

    private static final Map<String, EncryptionAlgorithm> ENCRYPT =
            Map.ofEntries(
                    Map.entry("aes-cbc", EncryptionAlgorithm.AES_CBC),
                    Map.entry("aes-ctr", EncryptionAlgorithm.AES_CTR),
                    Map.entry("des-cbc", EncryptionAlgorithm.DES_CBC),
                    Map.entry("3des-cbc", EncryptionAlgorithm.TRIPLE_DES_CBC),
                    Map.entry("blowfish-cbc", EncryptionAlgorithm.BLOWFISH_CBC),
                    Map.entry("cast128-cbc", EncryptionAlgorithm.CAST128_CBC),
                    Map.entry("aes-gcm-8", EncryptionAlgorithm.AES_GCM_8),
                    Map.entry("aes-gcm-12", EncryptionAlgorithm.AES_GCM_12),
                    Map.entry("aes-gcm-16", EncryptionAlgorithm.AES_GCM_16),
                    Map.entry("aes-ccm-8", EncryptionAlgorithm.AES_CCM_8),
                    Map.entry("aes-ccm-12", EncryptionAlgorithm.AES_CCM_12),
                    Map.entry("aes-ccm-16", EncryptionAlgorithm.AES_CCM_16),
                    Map.entry("null-auth-aes-gmac", EncryptionAlgorithm.AES_GMAC),
                    Map.entry("chacha20-poly1305", EncryptionAlgorithm.CHACHA20_POLY1305));

    private Names() {}

    static @Nullable AuthAlgorithm auth(String name) {
        return AUTH.get(name);
    }

    static EncryptionAlgorithm encrypt(String name) {
        EncryptionAlgorithm found = ENCRYPT.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name);
        }
        return found;
    }
}
