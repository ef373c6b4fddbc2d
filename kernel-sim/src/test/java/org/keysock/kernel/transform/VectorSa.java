package org.keysock.kernel.transform;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.crypto.EspProtection;
import org.keysock.kernel.crypto.Integrity;
import org.keysock.kernel.crypto.IvSource;
import org.keysock.kernel.crypto.Protections;
import org.keysock.kernel.crypto.Suite;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.PacketOptions;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/** An SA of a vector, in the database's form and ready for packets. */
final class VectorSa {

    SaType protocol = SaType.ESP;
    DialectName home = DialectName.LINUX;
    int spi;
    IpAddress source = Ipv4Address.ANY;
    IpAddress destination = Ipv4Address.ANY;
    @Nullable IpAddress innerSource;
    @Nullable IpAddress innerDestination;
    int mode = 1;
    int reqid;
    int window;
    boolean extended;
    int tfcLength;
    int encapsulation;
    int sourcePort;
    int destinationPort;
    long sequence;
    SaFlags flags = SaFlags.NONE;
    EncryptionAlgorithm encrypt = EncryptionAlgorithm.NULL;
    byte[] encryptKey = {};
    AuthAlgorithm auth = AuthAlgorithm.NONE;
    byte[] authKey = {};
    int icvBits;

    /** What the next packet's initialisation vector will be. */
    private byte[] iv = {};

    private @Nullable SecurityAssociation made;

    /** The JSON array of a file below {@code vectors}. */
    static JsonArray read(String file) {
        return parse(file + ".json.gz").getAsJsonArray();
    }

    private static JsonElement parse(String file) {
        Path path = Path.of(System.getProperty("pfkey.testdata"), "vectors", file);
        try (Reader reader =
                new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Bytes of a member, none when it is not there. */
    static byte[] bytes(JsonObject object, String name) {
        JsonElement text = object.get(name);
        return text == null ? new byte[0] : HexFormat.of().parseHex(text.getAsString());
    }

    static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().formatHex(bytes, from, to);
    }

    static String text(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsString() : "";
    }

    static long number(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsLong() : 0;
    }

    static IpAddress address(String text) {
        try {
            return IpAddress.ofBytes(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(text, impossible);
        }
    }

    /** Sets the initialisation vector of the next packet. */
    void iv(byte[] next) {
        iv = next;
    }

    /** The SA, once. */
    SecurityAssociation sa() {
        SecurityAssociation sa = made;
        if (sa == null) {
            sa = make();
            made = sa;
        }
        return sa;
    }

    private SecurityAssociation make() {
        KeyMaterial cipherKey = KeyMaterial.of(encryptKey);
        int salt = saltBits();
        SaSecrets secrets =
                new SaSecrets(
                        auth,
                        8 * authKey.length,
                        KeyMaterial.of(authKey),
                        encrypt,
                        8 * encryptKey.length - salt,
                        salt,
                        cipherKey,
                        icvBits);
        SaDetails details =
                new SaDetails(
                        0,
                        0,
                        0,
                        inner(ExtensionType.ADDRESS_PROXY, innerSource),
                        inner(ExtensionType.ADDRESS_DST, innerDestination),
                        null,
                        null,
                        encapsulation,
                        sourcePort,
                        destinationPort,
                        mode,
                        reqid,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new PacketOptions(extended, tfcLength));
        SecurityAssociation sa =
                new SecurityAssociation(
                        home,
                        protocol,
                        new Spi(spi),
                        source,
                        destination,
                        Direction.BOTH,
                        SaState.MATURE,
                        flags,
                        window,
                        secrets,
                        details,
                        0,
                        0);
        sa.ownUse().sequence(sequence);
        return sa;
    }

    /** What the packet path keeps of it. */
    SaContext context() {
        SecurityAssociation sa = sa();
        EspProtection protection = null;
        Integrity integrity = null;
        if (protocol == SaType.ESP) {
            IvSource ivs =
                    (bytes, at, length, number) -> System.arraycopy(iv, 0, bytes, at, length);
            protection =
                    Protections.esp(
                            new Suite(
                                    encrypt,
                                    KeyMaterial.of(encryptKey),
                                    saltBits(),
                                    auth,
                                    KeyMaterial.of(authKey),
                                    icvBits,
                                    extended),
                            ivs);
        } else if (protocol == SaType.AH) {
            integrity = Protections.integrity(auth, KeyMaterial.of(authKey), icvBits);
        }
        return new SaContext(sa, protection, integrity);
    }

    private int saltBits() {
        String name = encrypt.toString();
        return name.startsWith("AES_CCM")
                ? 24
                : name.startsWith("AES_G")
                                || name.startsWith("CHACHA")
                                || name.startsWith("AES_CTR")
                        ? 32
                        : 0;
    }

    private static @Nullable Address inner(ExtensionType type, @Nullable IpAddress address) {
        if (address == null) {
            return null;
        }
        Sockaddr sockaddr =
                address instanceof Ipv6Address six
                        ? new Sockaddr.Inet6(six, 0, 0, 0)
                        : new Sockaddr.Inet4((Ipv4Address) address, 0);
        return new Address(type, 0, address.bitLength(), sockaddr);
    }

    /** An SA as the Linux vectors write it. */
    static VectorSa ofLinux(JsonObject json) {
        VectorSa sa = new VectorSa();
        sa.protocol =
                switch (text(json, "proto")) {
                    case "esp" -> SaType.ESP;
                    case "ah" -> SaType.AH;
                    default -> SaType.X_IPCOMP;
                };
        sa.mode =
                switch (text(json, "mode")) {
                    case "transport" -> 1;
                    case "tunnel" -> 2;
                    default -> 3;
                };
        sa.spi = Long.decode(text(json, "spi")).intValue();
        sa.source = address(text(json, "src"));
        sa.destination = address(text(json, "dst"));
        if (json.has("inner_src")) {
            sa.innerSource = address(text(json, "inner_src"));
            sa.innerDestination = address(text(json, "inner_dst"));
        }
        sa.extended = json.has("esn") && json.get("esn").getAsBoolean();
        sa.window = (int) number(json, "replay_window");
        sa.sequence = number(json, "last_seq_hi") << 32 | number(json, "last_seq");
        sa.tfcLength = (int) number(json, "tfcpad");
        if (json.has("flags")) {
            for (JsonElement flag : json.getAsJsonArray("flags")) {
                sa.flags =
                        switch (flag.getAsString()) {
                            case "noecn" -> sa.flags.with(SaFlag.NOECN);
                            case "nopmtudisc" -> sa.flags.with(SaFlag.NOPMTUDISC);
                            case "decap-dscp" -> sa.flags.with(SaFlag.DECAP_DSCP);
                            case "esn" -> sa.flags;
                            default -> throw new IllegalArgumentException(flag.getAsString());
                        };
            }
        }
        if (json.has("encap")) {
            JsonObject encap = json.getAsJsonObject("encap");
            sa.encapsulation =
                    text(encap, "type").equals("espinudp") ? SaDetails.IN_UDP : SaContext.NON_IKE;
            sa.sourcePort = (int) number(encap, "sport");
            sa.destinationPort = (int) number(encap, "dport");
        }
        sa.algorithm(json.getAsJsonObject("enc"));
        sa.algorithm(json.getAsJsonObject("aead"));
        JsonObject auth = json.getAsJsonObject("auth");
        sa.algorithm(auth == null || text(auth, "name").equals("null") ? null : auth);
        return sa;
    }

    private void algorithm(@Nullable JsonObject json) {
        if (json != null) {
            int bits = (int) number(json, "icv_bits");
            algorithm(text(json, "name"), bytes(json, "key"), bits);
        }
    }

    /** Adds an algorithm by the name that vectors give it. */
    void algorithm(String name, byte[] key, int bits) {
        AuthAlgorithm integrity = integrity(name);
        if (integrity != null) {
            auth = integrity;
            authKey = key;
            icvBits = bits;
            return;
        }
        encrypt = cipher(name, bits);
        encryptKey = key;
        icvBits = Math.max(icvBits, bits);
    }

    private static @Nullable AuthAlgorithm integrity(String name) {
        return switch (name.replaceAll("-[0-9]+$", "")) {
            case "hmac-md5" -> AuthAlgorithm.HMAC_MD5;
            case "hmac-sha1" -> AuthAlgorithm.HMAC_SHA1;
            case "hmac-sha256", "hmac-sha2-256" -> AuthAlgorithm.HMAC_SHA256;
            case "hmac-sha384", "hmac-sha2-384" -> AuthAlgorithm.HMAC_SHA384;
            case "hmac-sha512", "hmac-sha2-512" -> AuthAlgorithm.HMAC_SHA512;
            case "hmac-ripemd160" -> AuthAlgorithm.HMAC_RIPEMD160;
            case "aes-xcbc" -> AuthAlgorithm.AES_XCBC;
            case "aes-cmac" -> AuthAlgorithm.AES_CMAC;
            default -> null;
        };
    }

    private static EncryptionAlgorithm cipher(String name, int bits) {
        String base = name.replaceAll("-icv[0-9]+$", "").replaceAll("-[0-9]+", "");
        return switch (base) {
            case "null" -> EncryptionAlgorithm.NULL;
            case "des-cbc" -> EncryptionAlgorithm.DES_CBC;
            case "3des-cbc" -> EncryptionAlgorithm.TRIPLE_DES_CBC;
            case "blowfish-cbc" -> EncryptionAlgorithm.BLOWFISH_CBC;
            case "cast128-cbc", "cast5-cbc" -> EncryptionAlgorithm.CAST128_CBC;
            case "camellia-cbc" -> EncryptionAlgorithm.CAMELLIA_CBC;
            case "serpent-cbc" -> EncryptionAlgorithm.SERPENT_CBC;
            case "twofish-cbc" -> EncryptionAlgorithm.TWOFISH_CBC;
            case "aes-cbc" -> EncryptionAlgorithm.AES_CBC;
            case "aes-ctr" -> EncryptionAlgorithm.AES_CTR;
            case "aes-gmac" -> EncryptionAlgorithm.AES_GMAC;
            case "chacha20-poly1305", "chacha20-poly" -> EncryptionAlgorithm.CHACHA20_POLY1305;
            case "aes-gcm" ->
                    bits == 64
                            ? EncryptionAlgorithm.AES_GCM_8
                            : bits == 96
                                    ? EncryptionAlgorithm.AES_GCM_12
                                    : EncryptionAlgorithm.AES_GCM_16;
            case "aes-ccm" ->
                    bits == 64
                            ? EncryptionAlgorithm.AES_CCM_8
                            : bits == 96
                                    ? EncryptionAlgorithm.AES_CCM_12
                                    : EncryptionAlgorithm.AES_CCM_16;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** An SA as the Scapy vectors write it, which has no tunnel's ends yet. */
    static VectorSa ofScapy(JsonObject json, IpAddress source, IpAddress destination) {
        VectorSa sa = new VectorSa();
        sa.home = DialectName.RFC2367;
        sa.protocol = text(json, "protocol").equals("ah") ? SaType.AH : SaType.ESP;
        sa.mode = text(json, "mode").equals("tunnel") ? 2 : 1;
        sa.spi = Integer.parseUnsignedInt(text(json, "spi"), 16);
        sa.source = source;
        sa.destination = destination;
        sa.extended = json.has("esn") && json.get("esn").getAsBoolean();
        sa.sequence = number(json, "seq_hi") << 32 | number(json, "seq");
        if (json.has("crypt")) {
            JsonObject crypt = json.getAsJsonObject("crypt");
            byte[] key = bytes(crypt, "key");
            byte[] salt = bytes(crypt, "salt");
            byte[] both = Arrays.copyOf(key, key.length + salt.length);
            System.arraycopy(salt, 0, both, key.length, salt.length);
            boolean combined = text(crypt, "algorithm").matches(".*(gcm|ccm|poly).*");
            sa.algorithm(text(crypt, "algorithm"), both, combined ? 128 : 0);
            sa.iv(bytes(crypt, "iv"));
        }
        if (json.has("auth")) {
            JsonObject auth = json.getAsJsonObject("auth");
            String name = text(auth, "algorithm");
            int bits = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
            sa.algorithm(name, bytes(auth, "key"), bits);
        }
        if (json.has("natt")) {
            JsonObject natt = json.getAsJsonObject("natt");
            sa.encapsulation = SaDetails.IN_UDP;
            sa.sourcePort = (int) number(natt, "sport");
            sa.destinationPort = (int) number(natt, "dport");
        }
        return sa;
    }
}
