package org.keysock.pfkey.wire;

import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
 * The tables of Solaris: solaris.md sections 1 and 2. Every fault is answered with a message,
 * except that nothing can be answered to a record without a whole base header. An unknown message
 * type is not the codec's to refuse: that comes after the extensions.
 */
final class Solaris {

    private static final NumberSpace<MessageType> MESSAGE_TYPES =
            NumberSpace.of(MessageType.all(), MessageType::unknown)
                    .from(Rfc2367.MESSAGE_TYPES)
                    .put(12, MessageType.X_INVERSE_ACQUIRE)
                    .put(13, MessageType.X_UPDATEPAIR)
                    .put(14, MessageType.X_DELPAIR)
                    .put(15, MessageType.X_DELPAIR_STATE)
                    .build();

    private static final NumberSpace<SaType> SA_TYPES =
            NumberSpace.of(SaType.all(), SaType::unknown)
                    .from(Rfc2367.SA_TYPES)
                    .put(4, SaType.X_TCPSIG)
                    .build();

    private static final NumberSpace<SaState> STATES =
            NumberSpace.of(SaState.all(), SaState::unknown)
                    .from(Rfc2367.STATES)
                    .put(4, SaState.X_ACTIVE_ELSEWHERE)
                    .put(5, SaState.X_IDLE)
                    .put(6, SaState.X_ACTIVE)
                    .build();

    private static final NumberSpace<IdentityType> IDENTITIES =
            NumberSpace.of(IdentityType.all(), IdentityType::unknown)
                    .from(Rfc2367.IDENTITIES)
                    .put(4, IdentityType.X_DN)
                    .put(5, IdentityType.X_GN)
                    .put(6, IdentityType.X_KEY_ID)
                    .put(7, IdentityType.X_ADDR_RANGE)
                    .build();

    private static final NumberSpace<Errno> ERRNOS =
            NumberSpace.of(Errno.all(), Errno::unknown)
                    .put(0, Errno.OK)
                    .put(1, Errno.EPERM)
                    .put(2, Errno.ENOENT)
                    .put(3, Errno.ESRCH)
                    .put(4, Errno.EINTR)
                    .put(5, Errno.EIO)
                    .put(12, Errno.ENOMEM)
                    .put(13, Errno.EACCES)
                    .put(14, Errno.EFAULT)
                    .put(16, Errno.EBUSY)
                    .put(17, Errno.EEXIST)
                    .put(19, Errno.ENODEV)
                    .put(21, Errno.EISDIR)
                    .put(22, Errno.EINVAL)
                    .put(28, Errno.ENOSPC)
                    .put(29, Errno.ESPIPE)
                    .put(61, Errno.ENODATA)
                    .put(71, Errno.EPROTO)
                    .put(89, Errno.ENOSYS)
                    .put(90, Errno.ELOOP)
                    .put(97, Errno.EMSGSIZE)
                    .put(98, Errno.EPROTOTYPE)
                    .put(99, Errno.ENOPROTOOPT)
                    .put(120, Errno.EPROTONOSUPPORT)
                    .put(121, Errno.ESOCKTNOSUPPORT)
                    .put(122, Errno.EOPNOTSUPP)
                    .put(123, Errno.EPFNOSUPPORT)
                    .put(124, Errno.EAFNOSUPPORT)
                    .put(127, Errno.ENETDOWN)
                    .put(132, Errno.ENOBUFS)
                    .put(145, Errno.ETIMEDOUT)
                    .build();

    private static final Fault TOO_SHORT = Fault.dropped("shorter than a base header");
    private static final Fault LENGTH =
            Fault.answered(
                    Errno.EMSGSIZE,
                    Diagnostic.NONE,
                    "sadb_msg_len is not the length of the record");
    private static final Fault VERSION =
            Fault.answered(Errno.EINVAL, Diagnostic.NONE, "version is not 2");

    private Solaris() {}

    static Dialect dialect(ByteOrder order) {
        AlgorithmTable algorithms = AlgorithmTable.of(DialectName.SOLARIS);
        Numbers numbers =
                Numbers.of(
                        algorithms,
                        MESSAGE_TYPES,
                        SA_TYPES,
                        STATES,
                        IDENTITIES,
                        ERRNOS,
                        new FlagBits(flags()));
        Fault unknownType = invalid(Diagnostic.UNKNOWN_EXT);
        Grammar requests =
                new Grammar(
                        new Framing(
                                TOO_SHORT,
                                VERSION,
                                null,
                                null,
                                0,
                                LENGTH,
                                Framing.Place.FIRST,
                                false),
                        new Rows(
                                        numbers,
                                        AddressCodec.Shape.ONE_OF_TWO_SIZES,
                                        KeyCodec.Shape.EXACT_WORDS,
                                        invalid(Diagnostic.MALFORMED_RANGE))
                                .all(),
                        new Grammar.WalkFaults(
                                unknownType, unknownType, invalid(Diagnostic.BAD_EXTLEN)));
        List<ExtensionRow> replies =
                new Rows(numbers, AddressCodec.Shape.ROOM, KeyCodec.Shape.SALT_BEHIND, null).all();
        return new Dialect(DialectName.SOLARIS, order, numbers, requests, replies, false);
    }

    private static Map<SaFlag, Integer> flags() {
        Map<SaFlag, Integer> flags = new EnumMap<>(SaFlag.class);
        flags.put(SaFlag.PFS, 0x1);
        flags.put(SaFlag.NOREPLAY, 0x2);
        flags.put(SaFlag.X_NATTED, 0x1000);
        flags.put(SaFlag.X_TCPSIG, 0x2000);
        flags.put(SaFlag.X_INBOUND, 0x4000);
        flags.put(SaFlag.X_OUTBOUND, 0x8000);
        flags.put(SaFlag.X_PAIRED, 0x10000);
        flags.put(SaFlag.X_TUNNEL, 0x20000);
        flags.put(SaFlag.X_KRES2, 0x40000);
        flags.put(SaFlag.X_NATT_REM, 0x80000);
        flags.put(SaFlag.X_NATT_LOC, 0x100000);
        flags.put(SaFlag.X_KRES1, 0x200000);
        flags.put(SaFlag.X_KM4, 0x400000);
        flags.put(SaFlag.X_KM3, 0x800000);
        flags.put(SaFlag.X_KM2, 0x1000000);
        flags.put(SaFlag.X_KM1, 0x2000000);
        flags.put(SaFlag.X_EALG2, 0x4000000);
        flags.put(SaFlag.X_EALG1, 0x8000000);
        flags.put(SaFlag.X_AALG2, 0x10000000);
        flags.put(SaFlag.X_AALG1, 0x20000000);
        flags.put(SaFlag.X_UNIQUE, 0x40000000);
        flags.put(SaFlag.X_USED, 0x80000000);
        return flags;
    }

    private static Fault invalid(Diagnostic diagnostic) {
        return Fault.answered(Errno.EINVAL, diagnostic, diagnostic.wording());
    }

    /** The table of extensions, for one side of the socket. */
    private record Rows(
            Numbers numbers,
            AddressCodec.Shape address,
            KeyCodec.Shape key,
            @Nullable Fault reversedRange) {

        List<ExtensionRow> all() {
            return List.of(
                    row(
                                    1,
                                    ExtensionType.SA,
                                    16,
                                    new SaCodec(numbers),
                                    Diagnostic.MALFORMED_SA,
                                    Diagnostic.DUPLICATE_SA)
                            .exactly(),
                    lifetime(2, ExtensionType.LIFETIME_CURRENT),
                    lifetime(3, ExtensionType.LIFETIME_HARD),
                    lifetime(4, ExtensionType.LIFETIME_SOFT),
                    address(
                            5,
                            ExtensionType.ADDRESS_SRC,
                            Diagnostic.MALFORMED_SRC,
                            Diagnostic.DUPLICATE_SRC),
                    address(
                            6,
                            ExtensionType.ADDRESS_DST,
                            Diagnostic.MALFORMED_DST,
                            Diagnostic.DUPLICATE_DST),
                    address(
                            7,
                            ExtensionType.ADDRESS_PROXY,
                            Diagnostic.MALFORMED_INNER_SRC,
                            Diagnostic.DUPLICATE_INNER_SRC),
                    key(
                            8,
                            ExtensionType.KEY_AUTH,
                            Diagnostic.MALFORMED_AKEY,
                            Diagnostic.DUPLICATE_AKEY),
                    key(
                            9,
                            ExtensionType.KEY_ENCRYPT,
                            Diagnostic.MALFORMED_EKEY,
                            Diagnostic.DUPLICATE_EKEY),
                    identity(10, ExtensionType.IDENTITY_SRC),
                    identity(11, ExtensionType.IDENTITY_DST),
                    label(12, ExtensionType.SENSITIVITY),
                    row(
                            13,
                            ExtensionType.PROPOSAL,
                            8,
                            new ProposalCodec(numbers, ProposalCodec.Layout.SALTED)),
                    supported(14, ExtensionType.SUPPORTED_AUTH),
                    supported(15, ExtensionType.SUPPORTED_ENCRYPT),
                    row(
                            16,
                            ExtensionType.SPIRANGE,
                            16,
                            new SpiRangeCodec(true, reversedRange),
                            Diagnostic.MALFORMED_RANGE,
                            Diagnostic.DUPLICATE_RANGE),
                    row(
                            17,
                            ExtensionType.X_EREG,
                            8,
                            new SolarisCodecs.ExtendedRegister(numbers.saTypes())),
                    row(
                                    18,
                                    ExtensionType.X_EPROP,
                                    8,
                                    new ExtendedProposalCodec(
                                            numbers, invalid(Diagnostic.BAD_EXTLEN)))
                            .unchecked(),
                    row(19, ExtensionType.X_KM_COOKIE, 16, new SolarisCodecs.KmCookie()),
                    address(
                            20,
                            ExtensionType.X_ADDRESS_NATT_LOC,
                            Diagnostic.MALFORMED_NATT_LOC,
                            Diagnostic.NONE),
                    address(
                            21,
                            ExtensionType.X_ADDRESS_NATT_REM,
                            Diagnostic.MALFORMED_NATT_REM,
                            Diagnostic.NONE),
                    address(
                            22,
                            ExtensionType.X_ADDRESS_INNER_DST,
                            Diagnostic.MALFORMED_INNER_DST,
                            Diagnostic.DUPLICATE_INNER_DST),
                    row(23, ExtensionType.X_PAIR, 8, new SolarisCodecs.Pair()),
                    row(24, ExtensionType.X_REPLAY_VALUE, 16, new SolarisCodecs.ReplayValue()),
                    row(25, ExtensionType.X_EDUMP, 16, new SolarisCodecs.ExtendedDump()),
                    row(
                            26,
                            ExtensionType.X_LIFETIME_IDLE,
                            32,
                            new LifetimeCodec(ExtensionType.X_LIFETIME_IDLE)),
                    label(27, ExtensionType.X_OUTER_SENS),
                    key(
                            28,
                            ExtensionType.X_STR_AUTH,
                            Diagnostic.MALFORMED_ASTR,
                            Diagnostic.DUPLICATE_ASTR));
        }

        private static ExtensionRow row(
                int number,
                ExtensionType type,
                int bytes,
                ExtensionCodec<? extends Extension> codec,
                Diagnostic wrongLength,
                Diagnostic duplicate) {
            return ExtensionRow.of(
                    number, type, bytes, codec, invalid(wrongLength), invalid(duplicate));
        }

        /**
         * A row whose length the original does not check at all; shorter than its structure is
         * refused here, where the original reads past the end.
         */
        private static ExtensionRow row(
                int number,
                ExtensionType type,
                int bytes,
                ExtensionCodec<? extends Extension> codec) {
            return row(number, type, bytes, codec, Diagnostic.BAD_EXTLEN, Diagnostic.NONE);
        }

        private static ExtensionRow lifetime(int number, ExtensionType type) {
            return row(number, type, 32, new LifetimeCodec(type), Diagnostic.NONE, Diagnostic.NONE)
                    .exactly();
        }

        private ExtensionRow address(
                int number, ExtensionType type, Diagnostic malformed, Diagnostic duplicate) {
            AddressCodec codec =
                    new AddressCodec(type, SockaddrForm.SOLARIS, address, invalid(malformed));
            return row(number, type, 16, codec, malformed, duplicate);
        }

        private ExtensionRow key(
                int number, ExtensionType type, Diagnostic malformed, Diagnostic duplicate) {
            KeyCodec codec = new KeyCodec(type, key, invalid(malformed));
            return row(number, type, 8, codec, malformed, duplicate);
        }

        private ExtensionRow identity(int number, ExtensionType type) {
            return row(number, type, 16, new IdentityCodec(type, IDENTITIES, true));
        }

        private static ExtensionRow label(int number, ExtensionType type) {
            SensitivityCodec codec = new SensitivityCodec(type, invalid(Diagnostic.BAD_EXTLEN));
            return row(number, type, 16, codec).unchecked();
        }

        private ExtensionRow supported(int number, ExtensionType type) {
            return row(
                    number,
                    type,
                    8,
                    new SupportedCodec(type, numbers, SupportedCodec.Layout.DETAILED));
        }
    }
}
