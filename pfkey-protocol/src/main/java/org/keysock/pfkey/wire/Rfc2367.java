package org.keysock.pfkey.wire;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

/**
 * The tables of RFC 2367; the numbers of the others begin with these. Where the RFC is silent this
 * dialect does as Linux, but always answers with a message.
 */
final class Rfc2367 {

    static final NumberSpace<MessageType> MESSAGE_TYPES =
            NumberSpace.of(MessageType.all(), MessageType::unknown)
                    .put(1, MessageType.GETSPI)
                    .put(2, MessageType.UPDATE)
                    .put(3, MessageType.ADD)
                    .put(4, MessageType.DELETE)
                    .put(5, MessageType.GET)
                    .put(6, MessageType.ACQUIRE)
                    .put(7, MessageType.REGISTER)
                    .put(8, MessageType.EXPIRE)
                    .put(9, MessageType.FLUSH)
                    .put(10, MessageType.DUMP)
                    .put(11, MessageType.X_PROMISC)
                    .put(12, MessageType.X_PCHANGE)
                    .build();

    static final NumberSpace<SaType> SA_TYPES =
            NumberSpace.of(SaType.all(), SaType::unknown)
                    .put(0, SaType.UNSPEC)
                    .put(2, SaType.AH)
                    .put(3, SaType.ESP)
                    .put(5, SaType.RSVP)
                    .put(6, SaType.OSPFV2)
                    .put(7, SaType.RIPV2)
                    .put(8, SaType.MIP)
                    .build();

    static final NumberSpace<SaState> STATES =
            NumberSpace.of(SaState.all(), SaState::unknown)
                    .put(0, SaState.LARVAL)
                    .put(1, SaState.MATURE)
                    .put(2, SaState.DYING)
                    .put(3, SaState.DEAD)
                    .build();

    static final NumberSpace<IdentityType> IDENTITIES =
            NumberSpace.of(IdentityType.all(), IdentityType::unknown)
                    .put(0, IdentityType.RESERVED)
                    .put(1, IdentityType.PREFIX)
                    .put(2, IdentityType.FQDN)
                    .put(3, IdentityType.USER_FQDN)
                    .build();

    private static final Fault TOO_SHORT =
            Fault.refused(Errno.EMSGSIZE, "shorter than a base header");
    private static final Fault LENGTH =
            fault(Errno.EMSGSIZE, "sadb_msg_len is not the length of the record");
    private static final Fault VERSION = fault(Errno.EINVAL, "version is not 2");
    private static final Fault TYPE = fault(Errno.EINVAL, "message type not known");
    static final Fault EXTENSION_LENGTH =
            fault(Errno.EINVAL, "extension length 0, or beyond the end of the message");
    static final Fault EXTENSION_ZERO = fault(Errno.EINVAL, "extension type 0 is reserved");
    private static final Fault SHORT = fault(Errno.EINVAL, "extension shorter than its structure");
    private static final Fault TWICE = fault(Errno.EINVAL, "extension given twice");
    private static final Fault ADDRESS =
            fault(
                    Errno.EINVAL,
                    "neither IPv4 nor IPv6, or a length or prefix other than the family's");
    private static final Fault KEY_LENGTH =
            fault(Errno.EINVAL, "more key bits than the extension holds");
    private static final Fault KEY_LENGTH_OR_NONE =
            fault(Errno.EINVAL, "no key bits, or more than the extension holds");
    private static final Fault LABEL =
            fault(Errno.EINVAL, "longer bitmaps than the extension holds");

    private Rfc2367() {}

    static Dialect dialect(ByteOrder order) {
        AlgorithmTable algorithms = AlgorithmTable.of(DialectName.RFC2367);
        Numbers numbers =
                Numbers.of(
                        algorithms,
                        MESSAGE_TYPES,
                        SA_TYPES,
                        STATES,
                        IDENTITIES,
                        Linux.ERRNOS,
                        new FlagBits(Map.of(SaFlag.PFS, 0x1)));
        Grammar requests =
                new Grammar(
                        new Framing(
                                TOO_SHORT,
                                VERSION,
                                null,
                                TYPE,
                                12,
                                LENGTH,
                                Framing.Place.LAST,
                                false),
                        rows(numbers, AddressCodec.Shape.EXACT, KeyCodec.Shape.ENOUGH_NOT_EMPTY),
                        new Grammar.WalkFaults(EXTENSION_ZERO, null, EXTENSION_LENGTH));
        List<ExtensionRow> replies = rows(numbers, AddressCodec.Shape.ROOM, KeyCodec.Shape.ENOUGH);
        return new Dialect(DialectName.RFC2367, order, numbers, requests, replies, true);
    }

    private static Fault fault(Errno errno, String reason) {
        return Fault.answered(errno, Diagnostic.NONE, reason);
    }

    /** The extensions of the RFC; Linux' are laid out alike and refused with the same errno. */
    static List<ExtensionRow> rows(
            Numbers numbers, AddressCodec.Shape address, KeyCodec.Shape key) {
        return List.of(
                row(1, ExtensionType.SA, 16, new SaCodec(numbers)),
                lifetime(2, ExtensionType.LIFETIME_CURRENT),
                lifetime(3, ExtensionType.LIFETIME_HARD),
                lifetime(4, ExtensionType.LIFETIME_SOFT),
                address(5, ExtensionType.ADDRESS_SRC, address),
                address(6, ExtensionType.ADDRESS_DST, address),
                address(7, ExtensionType.ADDRESS_PROXY, address),
                row(8, ExtensionType.KEY_AUTH, 8, key(ExtensionType.KEY_AUTH, key)),
                row(9, ExtensionType.KEY_ENCRYPT, 8, key(ExtensionType.KEY_ENCRYPT, key)),
                identity(10, ExtensionType.IDENTITY_SRC),
                identity(11, ExtensionType.IDENTITY_DST),
                row(
                        12,
                        ExtensionType.SENSITIVITY,
                        16,
                        new SensitivityCodec(ExtensionType.SENSITIVITY, LABEL)),
                row(
                        13,
                        ExtensionType.PROPOSAL,
                        8,
                        new ProposalCodec(numbers, ProposalCodec.Layout.PLAIN)),
                supported(14, ExtensionType.SUPPORTED_AUTH, numbers),
                supported(15, ExtensionType.SUPPORTED_ENCRYPT, numbers),
                row(16, ExtensionType.SPIRANGE, 16, new SpiRangeCodec(false, null)),
                row(17, ExtensionType.X_KMPRIVATE, 8, new OpaqueCodec(ExtensionType.X_KMPRIVATE)));
    }

    static ExtensionRow row(
            int number, ExtensionType type, int bytes, ExtensionCodec<? extends Extension> codec) {
        return ExtensionRow.of(number, type, bytes, codec, SHORT, TWICE);
    }

    private static ExtensionRow lifetime(int number, ExtensionType type) {
        return row(number, type, 32, new LifetimeCodec(type));
    }

    static ExtensionRow address(int number, ExtensionType type, AddressCodec.Shape shape) {
        return row(number, type, 16, new AddressCodec(type, SockaddrForm.LINUX, shape, ADDRESS));
    }

    private static KeyCodec key(ExtensionType type, KeyCodec.Shape shape) {
        return new KeyCodec(
                type, shape, shape == KeyCodec.Shape.ENOUGH ? KEY_LENGTH : KEY_LENGTH_OR_NONE);
    }

    private static ExtensionRow identity(int number, ExtensionType type) {
        return row(number, type, 16, new IdentityCodec(type, IDENTITIES, false));
    }

    private static ExtensionRow supported(int number, ExtensionType type, Numbers numbers) {
        return row(number, type, 8, new SupportedCodec(type, numbers, SupportedCodec.Layout.PLAIN));
    }
}
