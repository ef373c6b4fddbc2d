package org.keysock.kernel.engine.klips;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.linux.LinuxRules;
import org.keysock.kernel.engine.rfc2367.Rfc2367Rules;
import org.keysock.kernel.engine.solaris.SolarisRules;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.pfkey.wire.MessageWriter;

/** An engine with all rules, two sockets of KLIPS and one of each other dialect, and requests. */
public final class Scene {

    static final Ipv4Address WEST = Ipv4Address.of(192, 1, 2, 23);
    static final Ipv4Address EAST = Ipv4Address.of(192, 1, 2, 45);
    static final int PID = 987;

    private static final Dialect KLIPS = Dialect.of(DialectName.KLIPS, ByteOrder.LITTLE_ENDIAN);

    final KlipsRules rules = new KlipsRules();
    final Harness harness;
    final KeySocket asker;
    final KeySocket other;
    final KeySocket linux;
    final KeySocket solaris;
    final KeySocket rfc;

    Scene(String... switches) {
        harness =
                new Harness(
                        Map.of(
                                DialectName.KLIPS,
                                rules,
                                DialectName.LINUX,
                                new LinuxRules(),
                                DialectName.SOLARIS,
                                new SolarisRules(),
                                DialectName.RFC2367,
                                new Rfc2367Rules()),
                        List.of(WEST),
                        switches);
        asker = harness.open(DialectName.KLIPS);
        other = harness.open(DialectName.KLIPS);
        linux = harness.open(DialectName.LINUX);
        solaris = harness.open(DialectName.SOLARIS);
        rfc = harness.open(DialectName.RFC2367);
    }

    // Bytes.

    static Reading read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        return new MessageReader(KLIPS).read(bytes, 0, bytes.length);
    }

    static String hex(SadbMessage message) {
        return HexFormat.of().formatHex(requireNonNull(new MessageWriter(KLIPS).toBytes(message)));
    }

    static String compact(String hex) {
        return hex.replaceAll("\\s", "");
    }

    // Parts.

    static Address end(ExtensionType type, IpAddress address) {
        return new Address(type, 0, 0, Sockaddr.of(address, 0));
    }

    static Address src(IpAddress address) {
        return end(ExtensionType.ADDRESS_SRC, address);
    }

    static Address dst(IpAddress address) {
        return end(ExtensionType.ADDRESS_DST, address);
    }

    static Extension.Key key(ExtensionType type, int bits) {
        byte[] bytes = new byte[bits / 8];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (at + 1);
        }
        return new Extension.Key(type, bits, 0, KeyMaterial.of(bytes));
    }

    static Extension.Sa sa(int spi, AuthAlgorithm auth, EncryptionAlgorithm encrypt) {
        return new Extension.Sa(new Spi(spi), 0, SaState.MATURE, auth, encrypt, SaFlags.NONE);
    }

    static Extension.Sa flagged(int spi, SaFlag... flags) {
        return new Extension.Sa(
                new Spi(spi),
                0,
                SaState.LARVAL,
                AuthAlgorithm.NONE,
                EncryptionAlgorithm.NONE,
                SaFlags.of(flags));
    }

    static Extension.Lifetime limit(
            ExtensionType type, long bytes, long addTime, long useTime, int packets) {
        return new Extension.Lifetime(type, 0, bytes, addTime, useTime, packets);
    }

    static Extension.Sa sa(SadbMessage message) {
        return requireNonNull(message.sa());
    }

    static Extension.Lifetime lifetime(SadbMessage message, ExtensionType type) {
        return requireNonNull(message.lifetime(type));
    }

    // Requests.

    static SadbMessage ask(MessageType type, SaType saType, Extension... parts) {
        return SadbMessage.of(BaseHeader.of(type, saType, 1, PID), parts);
    }

    /** ADD, or UPDATE, of an SA from WEST to EAST, of the usual algorithms of its type. */
    static SadbMessage add(SaType saType, int spi, Extension... more) {
        return add(saType, spi, EAST, more);
    }

    static SadbMessage add(SaType saType, int spi, IpAddress destination, Extension... more) {
        List<Extension> parts = new ArrayList<>();
        boolean esp = saType == SaType.ESP;
        boolean ah = saType == SaType.AH;
        parts.add(
                sa(
                        spi,
                        esp || ah ? AuthAlgorithm.HMAC_MD5 : AuthAlgorithm.NONE,
                        esp
                                ? EncryptionAlgorithm.TRIPLE_DES_CBC
                                : saType == SaType.X_IPCOMP
                                        ? EncryptionAlgorithm.COMP_DEFLATE
                                        : EncryptionAlgorithm.NONE));
        parts.addAll(List.of(more));
        parts.add(src(destination.equals(WEST) ? EAST : WEST));
        parts.add(dst(destination));
        if (esp || ah) {
            parts.add(key(ExtensionType.KEY_AUTH, 128));
        }
        if (esp) {
            parts.add(key(ExtensionType.KEY_ENCRYPT, 192));
        }
        return ask(MessageType.ADD, saType, parts.toArray(Extension[]::new));
    }

    static SadbMessage as(MessageType type, SadbMessage message) {
        return message.withHeader(message.header().withType(type));
    }

    static SadbMessage named(MessageType type, SaType saType, int spi) {
        return ask(type, saType, Extension.Sa.of(new Spi(spi)), src(WEST), dst(EAST));
    }

    static SadbMessage group(SaType one, int spi, SaType two, int spi2) {
        return ask(
                MessageType.X_GRPSA,
                one,
                Extension.Sa.of(new Spi(spi)),
                dst(EAST),
                new KlipsExtension.SaType2(two),
                new KlipsExtension.Sa2(Extension.Sa.of(new Spi(spi2))),
                end(ExtensionType.X_ADDRESS_DST2, EAST));
    }

    static SadbMessage ungroup(SaType one, int spi) {
        return ask(MessageType.X_GRPSA, one, Extension.Sa.of(new Spi(spi)), dst(EAST));
    }

    /** Between 192.0.2.0 and 192.0.1.0, with that many bits each. */
    static SadbMessage flow(
            MessageType type, SaType saType, Extension.Sa target, int bits, Extension... more) {
        IpAddress mask = FlowRequest.network(Ipv4Address.of(255, 255, 255, 255), bits);
        List<Extension> parts = new ArrayList<>();
        parts.add(target);
        parts.addAll(List.of(more));
        parts.add(end(ExtensionType.X_ADDRESS_SRC_FLOW, Ipv4Address.of(192, 0, 2, 0)));
        parts.add(end(ExtensionType.X_ADDRESS_DST_FLOW, Ipv4Address.of(192, 0, 1, 0)));
        parts.add(end(ExtensionType.X_ADDRESS_SRC_MASK, mask));
        parts.add(end(ExtensionType.X_ADDRESS_DST_MASK, mask));
        return ask(type, saType, parts.toArray(Extension[]::new));
    }

    static SadbMessage addFlow(SaType saType, int spi, SaFlag... flags) {
        return flow(MessageType.X_ADDFLOW, saType, flagged(spi, flags), 24, dst(EAST));
    }

    // What comes of them.

    /** Asks and expects success: the answers, of which others hear the same. */
    List<SadbMessage> succeed(SadbMessage request) {
        List<SadbMessage> heard = harness.ask(asker, request);
        assertEquals(List.of(), harness.sendFailures(asker), heard.toString());
        return heard;
    }

    /** Asks and expects one answer, that all KLIPS sockets hear. */
    SadbMessage told(SadbMessage request) {
        harness.heard(other);
        List<SadbMessage> heard = succeed(request);
        assertEquals(1, heard.size(), heard.toString());
        assertEquals(heard, harness.heard(other));
        return heard.get(0);
    }

    /** Asks in vain: all hear the header with the errno, and {@code send} fails with it. */
    void refused(Errno errno, SadbMessage request) {
        harness.heard(other);
        BaseHeader header = request.header();
        SadbMessage refusal =
                SadbMessage.of(new BaseHeader(2, header.type(), errno, header.saType(), 0, 1, PID));
        assertEquals(List.of(refusal), harness.ask(asker, request));
        assertEquals(List.of(refusal), harness.heard(other));
        assertEquals(List.of(errno), harness.sendFailures(asker));
    }

    SecurityAssociation find(SaType saType, int spi) {
        return requireNonNull(harness.sa(saType, EAST, spi));
    }

    /** Packets leave through an SA. */
    boolean use(SecurityAssociation sa, long bytes) {
        return harness.engine().used(sa, bytes, 1, harness.clock().now());
    }

    int size() {
        return harness.engine().sadb().size();
    }

    List<MessageType> types(KeySocket socket) {
        return harness.heard(socket).stream().map(SadbMessage::type).toList();
    }
}
