package org.keysock.tools.setkey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Sa;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.NatTPort;
import org.keysock.pfkey.model.KameExtension.NatTType;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/**
 * Makes the messages about SAs, with their extensions in the original's order: section 12.3.
 *
 * @param name the SA
 * @param options its options
 * @param algorithms its algorithms and keys
 */
record SaMessages(SaName name, SaOptions options, SaAlgorithms algorithms) {

    private static final int UDP_ENCAPSULATED = 2;
    private static final int NAT_T_PORT = 4500;

    /** A message for each pair of addresses that are of one family; there may be none. */
    List<SadbMessage> forEachPair(MessageType type, int pid) {
        List<SadbMessage> messages = new ArrayList<>();
        for (IpAddress source : name.source().addresses()) {
            for (IpAddress destination : name.destination().addresses()) {
                if (Numbers.bits(source) == Numbers.bits(destination)) {
                    messages.add(message(type, pid, source, destination));
                }
            }
        }
        return messages;
    }

    /** The message about the SA between two addresses. */
    private SadbMessage message(
            MessageType type, int pid, IpAddress source, IpAddress destination) {
        List<Extension> extensions = new ArrayList<>();
        boolean adds = type == MessageType.ADD;
        if (adds) {
            put(extensions, algorithms.cipherKey());
            put(extensions, algorithms.authKey());
            put(extensions, options.hard());
            put(extensions, options.soft());
            put(extensions, options.context());
        }
        if (type == MessageType.GETSPI && name.spi().value() != 0) {
            extensions.add(new Extension.SpiRange(name.spi(), name.spi()));
        }
        int flags = options.flags() | (algorithms.rawCpi() ? SaOptions.RAW_CPI : 0);
        extensions.add(
                new Sa(
                        name.spi(),
                        options.replay(),
                        SaState.LARVAL,
                        algorithms.auth(),
                        algorithms.cipher(),
                        Numbers.flags(flags)));
        extensions.add(new Sa2(options.mode(), 0, options.reqid()));
        boolean encapsulated = adds && name.protocol().encapsulated();
        if (encapsulated) {
            extensions.add(new NatTType(UDP_ENCAPSULATED));
            if (name.original() != null) {
                extensions.add(address(ExtensionType.X_NAT_T_OA, name.original(), 0));
            }
        }
        extensions.add(address(ExtensionType.ADDRESS_SRC, source, name.source().portOr(0)));
        extensions.add(
                address(ExtensionType.ADDRESS_DST, destination, name.destination().portOr(0)));
        if (encapsulated) {
            extensions.add(port(ExtensionType.X_NAT_T_SPORT, name.source()));
            extensions.add(port(ExtensionType.X_NAT_T_DPORT, name.destination()));
        }
        SaType saType = name.protocol().saType();
        return SadbMessage.of(Requests.header(type, saType, pid), extensions);
    }

    /** The DELETE of an SA that a DUMP has shown. */
    static SadbMessage delete(SaType saType, Spi spi, IpAddress from, IpAddress to, int pid) {
        return SadbMessage.of(
                Requests.header(MessageType.DELETE, saType, pid),
                new Sa(
                        spi,
                        0,
                        SaState.LARVAL,
                        SaAlgorithms.NONE.auth(),
                        SaAlgorithms.NONE.cipher(),
                        Numbers.flags(SaOptions.CYCLIC)),
                new Sa2(0, 0, 0),
                address(ExtensionType.ADDRESS_SRC, from, 0),
                address(ExtensionType.ADDRESS_DST, to, 0));
    }

    private static void put(List<Extension> extensions, @Nullable Extension extension) {
        if (extension != null) {
            extensions.add(extension);
        }
    }

    private static Address address(ExtensionType type, IpAddress address, int port) {
        Sockaddr sockaddr = Sockaddr.of(address, port);
        return new Address(type, Numbers.ANY_PROTOCOL, Numbers.bits(address), sockaddr);
    }

    private static NatTPort port(ExtensionType type, Endpoint end) {
        return new NatTPort(type, end.portOr(NAT_T_PORT));
    }
}
