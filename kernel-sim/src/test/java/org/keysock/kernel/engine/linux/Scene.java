package org.keysock.kernel.engine.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.rfc2367.Rfc2367Rules;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
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

/** An engine with Linux' rules and the RFC's, a socket of each, and messages to send. */
final class Scene {

    static final Ipv4Address HERE = Ipv4Address.of(10, 0, 0, 1);
    static final Ipv4Address THERE = Ipv4Address.of(10, 0, 0, 2);
    static final int PID = 4242;

    final Harness harness;
    final KeySocket asker;
    final KeySocket other;
    final KeySocket foreigner;

    Scene(String... switches) {
        harness =
                new Harness(
                        Map.of(
                                DialectName.LINUX,
                                new LinuxRules(),
                                DialectName.RFC2367,
                                new Rfc2367Rules()),
                        List.of(HERE),
                        switches);
        asker = harness.open(DialectName.LINUX);
        other = harness.open(DialectName.LINUX);
        foreigner = harness.open(DialectName.RFC2367);
    }

    static SadbMessage esp(MessageType type, int sequence, Extension... extensions) {
        return SadbMessage.of(BaseHeader.of(type, SaType.ESP, sequence, PID), extensions);
    }

    static Extension.Address src() {
        return StateMessage.end(ExtensionType.ADDRESS_SRC, HERE);
    }

    static Extension.Address dst() {
        return StateMessage.end(ExtensionType.ADDRESS_DST, THERE);
    }

    static Extension.Key key(ExtensionType type, int bytes) {
        byte[] material = new byte[bytes];
        for (int index = 0; index < bytes; index++) {
            material[index] = (byte) (index + 1);
        }
        return new Extension.Key(type, bytes * 8, 0, KeyMaterial.of(material));
    }

    static SadbMessage add(int spi, Extension... more) {
        return addTo(spi, THERE, more);
    }

    static SadbMessage addTo(int spi, IpAddress destination, Extension... more) {
        List<Extension> parts =
                new ArrayList<>(
                        List.of(
                                new Extension.Sa(
                                        new Spi(spi),
                                        32,
                                        SaState.MATURE,
                                        AuthAlgorithm.HMAC_SHA1,
                                        EncryptionAlgorithm.AES_CBC,
                                        SaFlags.NONE),
                                src(),
                                StateMessage.end(ExtensionType.ADDRESS_DST, destination),
                                key(ExtensionType.KEY_AUTH, 20),
                                key(ExtensionType.KEY_ENCRYPT, 16)));
        parts.addAll(List.of(more));
        return esp(MessageType.ADD, 7, parts.toArray(Extension[]::new));
    }

    static Extension.Lifetime limit(ExtensionType type, int allocations, long bytes, long addTime) {
        return new Extension.Lifetime(type, allocations, bytes, addTime, 0);
    }

    SadbMessage register() {
        return harness.ask(asker, esp(MessageType.REGISTER, 1)).get(0);
    }

    /** A message of another SA type. */
    static SadbMessage of(SaType saType, SadbMessage message) {
        return message.withHeader(message.header().withSaType(saType));
    }

    /** A message with that extension, in place of one of its type if there is one. */
    static SadbMessage with(SadbMessage message, Extension part) {
        List<Extension> parts = new ArrayList<>(message.without(part.type()).extensions());
        parts.add(part);
        return SadbMessage.of(message.header(), parts);
    }
}
