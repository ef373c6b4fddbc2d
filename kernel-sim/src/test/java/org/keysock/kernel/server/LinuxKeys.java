package org.keysock.kernel.server;

import java.util.List;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/** Requests in Linux' dialect about a tunnel from 192.0.2.1 to 192.0.2.2 for all of 10/8. */
final class LinuxKeys {

    private static final Ipv4Address SOURCE = Ipv4Address.of(192, 0, 2, 1);
    private static final Ipv4Address DESTINATION = Ipv4Address.of(192, 0, 2, 2);
    private static final int TUNNEL = 2;
    static final int IN = 1;
    static final int OUT = 2;
    private static final int IPSEC = 2;
    private static final int REQUIRE = 2;
    private static final int ESP = 50;

    private LinuxKeys() {}

    /** An ESP SA of the tunnel, AES-128-CBC with HMAC-SHA-1. */
    static SadbMessage add(int spi, Extension... more) {
        Extension[] extensions = new Extension[6 + more.length];
        extensions[0] =
                new Extension.Sa(
                        new Spi(spi),
                        32,
                        SaState.MATURE,
                        AuthAlgorithm.HMAC_SHA1,
                        EncryptionAlgorithm.AES_CBC,
                        SaFlags.NONE);
        extensions[1] = new KameExtension.Sa2(TUNNEL, 0, 0);
        extensions[2] = Extension.Address.of(ExtensionType.ADDRESS_SRC, SOURCE);
        extensions[3] = Extension.Address.of(ExtensionType.ADDRESS_DST, DESTINATION);
        extensions[4] = key(ExtensionType.KEY_AUTH, 20);
        extensions[5] = key(ExtensionType.KEY_ENCRYPT, 16);
        System.arraycopy(more, 0, extensions, 6, more.length);
        return SadbMessage.of(BaseHeader.of(MessageType.ADD, SaType.ESP, 1, 1), extensions);
    }

    private static Extension.Key key(ExtensionType type, int bytes) {
        byte[] key = new byte[bytes];
        for (int at = 0; at < bytes; at++) {
            key[at] = (byte) (17 * at + bytes);
        }
        return new Extension.Key(type, 8 * bytes, 0, KeyMaterial.of(key));
    }

    /** The policy that packets from 10/8 to 10/8 leave, or arrive, by the tunnel. */
    static SadbMessage policy(int direction) {
        KameExtension.Policy.Request tunnel =
                new KameExtension.Policy.Request(
                        ESP,
                        TUNNEL,
                        REQUIRE,
                        0,
                        Sockaddr.of(SOURCE, 0),
                        Sockaddr.of(DESTINATION, 0));
        return SadbMessage.of(
                BaseHeader.of(MessageType.X_SPDADD, SaType.UNSPEC, 2, 1),
                new KameExtension.Policy(IPSEC, direction, 0, 0, List.of(tunnel)),
                network(ExtensionType.ADDRESS_SRC),
                network(ExtensionType.ADDRESS_DST));
    }

    private static Extension.Address network(ExtensionType type) {
        return new Extension.Address(type, 255, 8, Sockaddr.of(Ipv4Address.of(10, 0, 0, 0), 0));
    }

    static SadbMessage register() {
        return SadbMessage.of(BaseHeader.of(MessageType.REGISTER, SaType.ESP, 1, 1));
    }
}
