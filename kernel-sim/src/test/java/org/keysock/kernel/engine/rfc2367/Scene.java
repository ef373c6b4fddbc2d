package org.keysock.kernel.engine.rfc2367;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** An engine with the RFC's rules alone, an asker, a bystander, and messages to send. */
final class Scene {

    static final Ipv4Address HERE = Ipv4Address.of(10, 0, 0, 1);
    static final Ipv4Address THERE = Ipv4Address.of(10, 0, 0, 2);
    static final int PID = 4242;
    static final String CIPHER_KEY = "000102030405060708090a0b0c0d0e0f";
    static final String AUTH_KEY = "000102030405060708090a0b0c0d0e0f10111213";

    final Harness harness =
            new Harness(Map.of(DialectName.RFC2367, new Rfc2367Rules()), List.of(HERE));
    final KeySocket asker = harness.open(DialectName.RFC2367);
    final KeySocket bystander = harness.open(DialectName.RFC2367);

    static SadbMessage message(
            MessageType type, SaType saType, int sequence, Extension... extensions) {
        return SadbMessage.of(BaseHeader.of(type, saType, sequence, PID), extensions);
    }

    static SadbMessage esp(MessageType type, int sequence, Extension... extensions) {
        return message(type, SaType.ESP, sequence, extensions);
    }

    static Extension.Sa sa(int spi, SaState state) {
        return new Extension.Sa(
                new Spi(spi),
                32,
                state,
                AuthAlgorithm.HMAC_SHA1,
                EncryptionAlgorithm.AES_CBC,
                SaFlags.NONE);
    }

    static Extension.Sa mature(int spi) {
        return sa(spi, SaState.MATURE);
    }

    static Extension.Sa named(int spi) {
        return Extension.Sa.of(new Spi(spi));
    }

    static Extension.Address end(ExtensionType type, IpAddress address) {
        return Ends.shown(type, address);
    }

    static Extension.Address src() {
        return end(ExtensionType.ADDRESS_SRC, HERE);
    }

    static Extension.Address dst() {
        return end(ExtensionType.ADDRESS_DST, THERE);
    }

    static Extension.Key key(ExtensionType type, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new Extension.Key(type, bytes.length * 8, 0, KeyMaterial.of(bytes));
    }

    static Extension.Key authKey() {
        return key(ExtensionType.KEY_AUTH, AUTH_KEY);
    }

    static Extension.Key cipherKey() {
        return key(ExtensionType.KEY_ENCRYPT, CIPHER_KEY);
    }

    static Extension.Lifetime limit(ExtensionType type, long addTime) {
        return new Extension.Lifetime(type, 0, 0, addTime, 0);
    }

    static Extension.Lifetime hard(long addTime) {
        return limit(ExtensionType.LIFETIME_HARD, addTime);
    }

    static Extension.Lifetime soft(long addTime) {
        return limit(ExtensionType.LIFETIME_SOFT, addTime);
    }

    static SadbMessage add(int spi, Extension... more) {
        List<Extension> parts =
                new ArrayList<>(List.of(mature(spi), src(), dst(), authKey(), cipherKey()));
        parts.addAll(List.of(more));
        return esp(MessageType.ADD, 7, parts.toArray(Extension[]::new));
    }

    /** An ADD with one part exchanged, or a further one. */
    static SadbMessage addWith(Extension part) {
        return with(add(0x1000), part);
    }

    static SadbMessage with(SadbMessage message, Extension part) {
        List<Extension> parts = new ArrayList<>(message.without(part.type()).extensions());
        parts.add(part);
        return SadbMessage.of(message.header(), parts);
    }

    static SadbMessage ofType(SadbMessage message, SaType saType) {
        return message.withHeader(message.header().withSaType(saType));
    }

    static SadbMessage get(int spi) {
        return esp(MessageType.GET, 9, named(spi), src(), dst());
    }

    static SadbMessage getSpi(int min, int max) {
        return esp(
                MessageType.GETSPI,
                5,
                src(),
                dst(),
                new Extension.SpiRange(new Spi(min), new Spi(max)));
    }

    /** Asks, and takes the one answer. */
    SadbMessage answer(SadbMessage request) {
        List<SadbMessage> heard = harness.ask(asker, request);
        assertEquals(1, heard.size(), heard.toString());
        return heard.get(0);
    }

    /** Asks, and expects success: all that is said is the outcome's. */
    void succeeds(SadbMessage request) {
        assertEquals(Errno.OK, answer(request).header().errno());
        harness.heard(bystander);
    }

    /** Asks in vain: the base header with that errno to the asker, nothing to others. */
    void refused(Errno errno, SadbMessage request) {
        SadbMessage answer = answer(request);
        assertEquals(
                SadbMessage.of(
                        new BaseHeader(
                                2,
                                request.type(),
                                errno,
                                request.header().saType(),
                                0,
                                request.header().sequence(),
                                PID)),
                answer);
        assertEquals(List.of(), harness.heard(bystander));
    }

    /** The types of a message's extensions, in their order. */
    static List<ExtensionType> parts(SadbMessage message) {
        return message.extensions().stream().map(Extension::type).toList();
    }
}
