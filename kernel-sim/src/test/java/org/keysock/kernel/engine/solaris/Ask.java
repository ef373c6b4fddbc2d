package org.keysock.kernel.engine.solaris;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.SolarisExtension.KmCookie;
import org.keysock.pfkey.model.SolarisExtension.Pair;
import org.keysock.pfkey.model.SolarisExtension.ReplayValue;
import org.keysock.pfkey.model.Spi;

/** A request in the making: extensions in the order in which they are named. */
final class Ask {

    static final Ipv4Address ME = Ipv4Address.of(192, 0, 2, 1);
    static final Ipv4Address YOU = Ipv4Address.of(192, 0, 2, 2);
    static final Ipv4Address PEER = Ipv4Address.of(192, 0, 2, 3);
    static final String MD5_KEY = "bde359723576fdea08e56cbe876e24ad";
    static final String DES_KEY = "be02938e7def2839";
    static final int SEQ = 7;
    static final int PID = 4711;

    private final MessageType type;
    private final SaType saType;
    private final List<Extension> parts = new ArrayList<>();
    private int seq = SEQ;

    private Ask(MessageType type, SaType saType) {
        this.type = type;
        this.saType = saType;
    }

    static Ask of(MessageType type, SaType saType) {
        return new Ask(type, saType);
    }

    /** ADD of an ESP SA with DES and MD5, complete. */
    static Ask addEsp(int spi, IpAddress source, IpAddress destination) {
        return addEspSa(spi).src(source).dst(destination);
    }

    /** ADD of an ESP SA with DES and MD5, without addresses. */
    static Ask addEspSa(int spi, SaFlag... flags) {
        return of(MessageType.ADD, SaType.ESP)
                .sa(
                        spi,
                        SaState.MATURE,
                        AuthAlgorithm.HMAC_MD5,
                        EncryptionAlgorithm.DES_CBC,
                        SaFlags.of(flags))
                .encryptKey(DES_KEY)
                .authKey(MD5_KEY);
    }

    /** ADD of an AH SA with MD5, complete. */
    static Ask addAh(int spi, IpAddress source, IpAddress destination) {
        return of(MessageType.ADD, SaType.AH)
                .sa(
                        spi,
                        SaState.MATURE,
                        AuthAlgorithm.HMAC_MD5,
                        EncryptionAlgorithm.NONE,
                        SaFlags.NONE)
                .authKey(MD5_KEY)
                .dst(destination)
                .src(source);
    }

    /** A request that names an SA by SPI and destination. */
    static Ask naming(MessageType type, SaType saType, int spi, IpAddress destination) {
        return of(type, saType)
                .with(
                        new Extension.Sa(
                                new Spi(spi),
                                0,
                                SaState.MATURE,
                                AuthAlgorithm.NONE,
                                EncryptionAlgorithm.NONE,
                                SaFlags.NONE))
                .dst(destination);
    }

    /** UPDATE of an SA, source unspecified as the client sends it. */
    static Ask update(SaType saType, int spi, IpAddress destination) {
        return naming(MessageType.UPDATE, saType, spi, destination).src(destination.any());
    }

    Ask seq(int number) {
        seq = number;
        return this;
    }

    Ask with(Extension part) {
        parts.add(part);
        return this;
    }

    /** This request without the parts of a type. */
    Ask less(ExtensionType gone) {
        parts.removeIf(part -> part.type() == gone);
        return this;
    }

    Ask sa(int spi, SaState state, AuthAlgorithm auth, EncryptionAlgorithm encrypt, SaFlags flags) {
        return with(new Extension.Sa(new Spi(spi), 0, state, auth, encrypt, flags));
    }

    /** The SA extension again with another replay window. */
    Ask replay(int window) {
        Extension.Sa old = oldSa();
        parts.set(
                parts.indexOf(old),
                new Extension.Sa(
                        old.spi(), window, old.state(), old.auth(), old.encrypt(), old.flags()));
        return this;
    }

    /** The SA extension again with another state. */
    Ask state(SaState state) {
        Extension.Sa old = oldSa();
        parts.set(
                parts.indexOf(old),
                new Extension.Sa(
                        old.spi(),
                        old.replayWindow(),
                        state,
                        old.auth(),
                        old.encrypt(),
                        old.flags()));
        return this;
    }

    /** The SA extension again with flags. */
    Ask flags(SaFlag... flags) {
        Extension.Sa old = oldSa();
        parts.set(
                parts.indexOf(old),
                new Extension.Sa(
                        old.spi(),
                        old.replayWindow(),
                        old.state(),
                        old.auth(),
                        old.encrypt(),
                        SaFlags.of(flags)));
        return this;
    }

    /** The SA extension again with other algorithms. */
    Ask algorithms(AuthAlgorithm auth, EncryptionAlgorithm encrypt) {
        Extension.Sa old = oldSa();
        parts.set(
                parts.indexOf(old),
                new Extension.Sa(
                        old.spi(), old.replayWindow(), old.state(), auth, encrypt, old.flags()));
        return this;
    }

    private Extension.Sa oldSa() {
        return parts.stream()
                .filter(Extension.Sa.class::isInstance)
                .map(Extension.Sa.class::cast)
                .findFirst()
                .orElseThrow();
    }

    Ask src(IpAddress address) {
        return address(ExtensionType.ADDRESS_SRC, address, 0, 0, 0);
    }

    Ask dst(IpAddress address) {
        return address(ExtensionType.ADDRESS_DST, address, 0, 0, 0);
    }

    /** Any address extension. */
    Ask address(ExtensionType kind, IpAddress address, int protocol, int prefix, int port) {
        return with(new Extension.Address(kind, protocol, prefix, Sockaddr.of(address, port)));
    }

    Ask inner(IpAddress source, int sourcePrefix, IpAddress destination, int prefix) {
        return address(ExtensionType.ADDRESS_PROXY, source, 0, sourcePrefix, 0)
                .address(ExtensionType.X_ADDRESS_INNER_DST, destination, 0, prefix, 0);
    }

    Ask hard(int allocations, long bytes, long addTime, long useTime) {
        return with(
                new Lifetime(ExtensionType.LIFETIME_HARD, allocations, bytes, addTime, useTime));
    }

    Ask soft(int allocations, long bytes, long addTime, long useTime) {
        return with(
                new Lifetime(ExtensionType.LIFETIME_SOFT, allocations, bytes, addTime, useTime));
    }

    Ask idle(long addTime, long useTime) {
        return with(new Lifetime(ExtensionType.X_LIFETIME_IDLE, 0, 0, addTime, useTime));
    }

    Ask authKey(String hex) {
        return key(ExtensionType.KEY_AUTH, hex, 4 * hex.length(), 0);
    }

    Ask encryptKey(String hex) {
        return key(ExtensionType.KEY_ENCRYPT, hex, 4 * hex.length(), 0);
    }

    Ask key(ExtensionType kind, String hex, int bits, int reserved) {
        return with(
                new Extension.Key(
                        kind, bits, reserved, KeyMaterial.of(HexFormat.of().parseHex(hex))));
    }

    Ask pair(int spi) {
        return with(new Pair(new Spi(spi)));
    }

    Ask cookie(int protocol, long cookie) {
        return with(new KmCookie(protocol, cookie));
    }

    Ask replayValue(int value) {
        return with(new ReplayValue(value, 0));
    }

    SadbMessage message() {
        return SadbMessage.of(BaseHeader.of(type, saType, seq, PID), parts);
    }
}
