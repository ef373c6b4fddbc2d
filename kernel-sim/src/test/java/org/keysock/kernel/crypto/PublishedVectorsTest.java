package org.keysock.kernel.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.crypto.Vectors.bytes;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.KeyMaterial;

/** The published vectors of algorithms and of whole ESP packets, with each provider. */
final class PublishedVectorsTest {

    private static final int AT = 37;

    @AfterEach
    void anyProvider() {
        System.clearProperty("pfkey.crypto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "bc"})
    void integrity(String provider) {
        System.setProperty("pfkey.crypto", provider);
        Random random = new Random(6);
        Vectors.run(
                "mac.json",
                11,
                vector -> {
                    String name = vector.get("algorithm").getAsString();
                    AuthAlgorithm algorithm = Names.auth(name);
                    KeyMaterial key = KeyMaterial.of(bytes(vector, "key"));
                    if (algorithm == null) {
                        return "no dialect has a number for " + name;
                    }
                    if (name.startsWith("prf-aes") && key.length() != 16) {
                        return "a PRF that makes its key 128 bits long first";
                    }
                    byte[] icv = bytes(vector, "icv");
                    Integrity mac = Protections.integrity(algorithm, key, 8 * icv.length);
                    byte[] message = bytes(vector, "message");
                    byte[] place = new byte[icv.length + 2];
                    for (int time = 0; time < 3; time++) {
                        feed(mac, message, random);
                        mac.finish(place, 1);
                        assertArrayEquals(icv, Arrays.copyOfRange(place, 1, 1 + icv.length));
                        feed(mac, message, random);
                        assertTrue(mac.matches(place, 1));
                        place[1 + random.nextInt(icv.length)] ^= (byte) (1 << random.nextInt(8));
                        feed(mac, message, random);
                        assertFalse(mac.matches(place, 1));
                    }
                    return "";
                });
    }

    /** In pieces of any length. */
    private static void feed(Integrity mac, byte[] message, Random random) {
        for (int at = 0; at < message.length; ) {
            int length = 1 + random.nextInt(message.length - at);
            mac.update(message, at, length);
            at += length;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "bc"})
    void ciphers(String provider) {
        System.setProperty("pfkey.crypto", provider);
        Vectors.run(
                "cipher.json",
                0,
                vector -> {
                    EncryptionAlgorithm algorithm =
                            Names.encrypt(vector.get("algorithm").getAsString());
                    PayloadCipher cipher =
                            Ciphers.plain(algorithm, bytes(vector, "key"), bytes(vector, "nonce"));
                    assertNotNull(cipher);
                    byte[] iv = bytes(vector, "iv");
                    assertEquals(iv.length, cipher.ivLength());
                    byte[] plain = Vectors.joined(iv, bytes(vector, "plaintext"));
                    byte[] hidden = Vectors.joined(iv, bytes(vector, "ciphertext"));
                    byte[] work = plain.clone();
                    cipher.encrypt(work, 0, iv.length, work.length - iv.length);
                    assertArrayEquals(hidden, work);
                    cipher.decrypt(work, 0, iv.length, work.length - iv.length);
                    assertArrayEquals(plain, work);
                    return "";
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "bc"})
    void combinedModes(String provider) {
        System.setProperty("pfkey.crypto", provider);
        Vectors.run(
                "aead.json",
                0,
                vector -> {
                    byte[] icv = bytes(vector, "icv");
                    byte[] plain = bytes(vector, "plaintext");
                    byte[] aad = bytes(vector, "aad");
                    Aead aead =
                            Ciphers.combined(
                                    Names.encrypt(vector.get("algorithm").getAsString()),
                                    bytes(vector, "key"),
                                    icv.length);
                    assertNotNull(aead);
                    byte[] nonce = bytes(vector, "nonce");
                    byte[] work = Arrays.copyOf(plain, plain.length + 16);
                    aead.seal(nonce, aad, aad.length, work, 0, plain.length);
                    byte[] sealed = Vectors.joined(bytes(vector, "ciphertext"), icv);
                    assertArrayEquals(sealed, Arrays.copyOf(work, sealed.length));
                    assertTrue(aead.open(nonce, aad, aad.length, work, 0, plain.length));
                    assertArrayEquals(plain, Arrays.copyOf(work, plain.length));
                    System.arraycopy(sealed, 0, work, 0, sealed.length);
                    work[sealed.length - 1] ^= 1;
                    assertFalse(aead.open(nonce, aad, aad.length, work, 0, plain.length));
                    return "";
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "bc"})
    void packets(String provider) {
        System.setProperty("pfkey.crypto", provider);
        Vectors.run(
                "esp-packets.json",
                0,
                vector -> {
                    EncryptionAlgorithm algorithm =
                            Names.encrypt(vector.get("algorithm").getAsString());
                    boolean combined = algorithm != EncryptionAlgorithm.AES_CBC;
                    Suite suite =
                            new Suite(
                                    algorithm,
                                    Vectors.key(bytes(vector, "key"), bytes(vector, "salt")),
                                    8 * bytes(vector, "salt").length,
                                    AuthAlgorithm.NONE,
                                    KeyMaterial.EMPTY,
                                    combined ? 128 : 0,
                                    vector.get("esn").getAsBoolean());
                    throughAndBack(suite, vector, bytes(vector, "plaintext_with_trailer"));
                    return "";
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "bc"})
    void extendedSequenceNumbersBesideTheCiphertext(String provider) {
        System.setProperty("pfkey.crypto", provider);
        Vectors.run(
                "esn-separate-icv.json",
                0,
                vector -> {
                    JsonObject crypt = vector.getAsJsonObject("crypt");
                    JsonObject auth = vector.getAsJsonObject("auth");
                    AuthAlgorithm integrity = Names.auth(auth.get("algorithm").getAsString());
                    assertNotNull(integrity);
                    Suite suite =
                            new Suite(
                                    Names.encrypt(crypt.get("algorithm").getAsString()),
                                    Vectors.key(bytes(crypt, "key")),
                                    0,
                                    integrity,
                                    Vectors.key(bytes(auth, "key")),
                                    8 * auth.get("icv_len").getAsInt(),
                                    true);
                    int padding = vector.get("pad_len").getAsInt();
                    byte[] payload = bytes(vector, "payload");
                    byte[] plain = Arrays.copyOf(payload, payload.length + padding + 2);
                    for (int i = 1; i <= padding; i++) {
                        plain[payload.length - 1 + i] = (byte) i;
                    }
                    plain[plain.length - 2] = (byte) padding;
                    plain[plain.length - 1] = vector.get("next_header").getAsByte();
                    vector.add("iv", crypt.get("iv"));
                    throughAndBack(suite, vector, plain);
                    return "";
                });
    }

    /** Sealed it is the packet of the vector; opened it is the payload; changed it is refused. */
    private static void throughAndBack(Suite suite, JsonObject vector, byte[] plain) {
        byte[] iv = bytes(vector, "iv");
        byte[] packet = bytes(vector, "esp_packet");
        long sequence = vector.get("seq").getAsLong();
        if (suite.extendedSequence()) {
            sequence |= vector.get("seq_hi").getAsLong() << 32;
        }
        EspProtection protection =
                Protections.esp(
                        suite,
                        (bytes, at, length, number) -> System.arraycopy(iv, 0, bytes, at, length));
        assertEquals(iv.length, protection.ivLength());
        byte[] work = new byte[AT + packet.length + 64];
        System.arraycopy(packet, 0, work, AT, 8);
        protection.writeIv(work, AT + 8, sequence);
        int end = AT + 8 + iv.length + plain.length;
        System.arraycopy(plain, 0, work, AT + 8 + iv.length, plain.length);
        protection.seal(work, AT, end, sequence);
        assertEquals(AT + packet.length, end + protection.icvLength());
        assertArrayEquals(packet, Arrays.copyOfRange(work, AT, AT + packet.length));

        byte[] forged = work.clone();
        assertTrue(protection.open(work, AT, end, sequence));
        assertArrayEquals(plain, Arrays.copyOfRange(work, end - plain.length, end));
        if (protection.icvLength() > 0) {
            for (int at : new int[] {0, 3, 8 + iv.length - 1, packet.length - 1}) {
                byte[] changed = forged.clone();
                changed[AT + at] ^= 0x10;
                assertFalse(protection.open(changed, AT, end, sequence), "byte " + at);
            }
        }
        if (suite.extendedSequence()) {
            assertFalse(protection.open(forged, AT, end, sequence + (1L << 32)), "upper half");
        }
    }
}
