package org.keysock.pfkey.wire;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaType;

/** The tables of Linux: rfc2367-linux-kame.md sections 2 to 7 and the recorded 6.1 kernel. */
final class Linux {

    static final NumberSpace<Errno> ERRNOS =
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
                    .put(38, Errno.ENOSYS)
                    .put(40, Errno.ELOOP)
                    .put(61, Errno.ENODATA)
                    .put(71, Errno.EPROTO)
                    .put(90, Errno.EMSGSIZE)
                    .put(91, Errno.EPROTOTYPE)
                    .put(92, Errno.ENOPROTOOPT)
                    .put(93, Errno.EPROTONOSUPPORT)
                    .put(94, Errno.ESOCKTNOSUPPORT)
                    .put(95, Errno.EOPNOTSUPP)
                    .put(96, Errno.EPFNOSUPPORT)
                    .put(97, Errno.EAFNOSUPPORT)
                    .put(100, Errno.ENETDOWN)
                    .put(105, Errno.ENOBUFS)
                    .put(110, Errno.ETIMEDOUT)
                    .build();

    private static final NumberSpace<MessageType> MESSAGE_TYPES =
            NumberSpace.of(MessageType.all(), MessageType::unknown)
                    .from(Rfc2367.MESSAGE_TYPES)
                    .put(13, MessageType.X_SPDUPDATE)
                    .put(14, MessageType.X_SPDADD)
                    .put(15, MessageType.X_SPDDELETE)
                    .put(16, MessageType.X_SPDGET)
                    .put(17, MessageType.X_SPDACQUIRE)
                    .put(18, MessageType.X_SPDDUMP)
                    .put(19, MessageType.X_SPDFLUSH)
                    .put(20, MessageType.X_SPDSETIDX)
                    .put(21, MessageType.X_SPDEXPIRE)
                    .put(22, MessageType.X_SPDDELETE2)
                    .put(23, MessageType.X_NAT_T_NEW_MAPPING)
                    .put(24, MessageType.X_MIGRATE)
                    .build();

    private static final NumberSpace<SaType> SA_TYPES =
            NumberSpace.of(SaType.all(), SaType::unknown)
                    .from(Rfc2367.SA_TYPES)
                    .put(9, SaType.X_IPCOMP)
                    .build();

    private static final FlagBits FLAGS =
            new FlagBits(
                    Map.of(
                            SaFlag.PFS, 0x1,
                            SaFlag.NOPMTUDISC, 0x20000000,
                            SaFlag.DECAP_DSCP, 0x40000000,
                            SaFlag.NOECN, 0x80000000));

    private static final Fault CONTEXT =
            Fault.answered(
                    Errno.EINVAL, Diagnostic.NONE, "context length other than the extension's");
    private static final Fault POLICY =
            Fault.answered(Errno.EINVAL, Diagnostic.NONE, "policy malformed");
    private static final Fault PAIR =
            Fault.answered(Errno.EINVAL, Diagnostic.NONE, "key manager addresses malformed");

    private Linux() {}

    static Dialect dialect(ByteOrder order) {
        AlgorithmTable algorithms = AlgorithmTable.of(DialectName.LINUX);
        Numbers numbers =
                Numbers.of(
                        algorithms,
                        MESSAGE_TYPES,
                        SA_TYPES,
                        Rfc2367.STATES,
                        Rfc2367.IDENTITIES,
                        ERRNOS,
                        FLAGS);
        Grammar requests =
                new Grammar(
                        Framing.refusedBySend(24, Framing.Place.LAST, true),
                        rows(numbers, AddressCodec.Shape.EXACT),
                        new Grammar.WalkFaults(
                                Rfc2367.EXTENSION_ZERO, null, Rfc2367.EXTENSION_LENGTH));
        List<ExtensionRow> replies = rows(numbers, AddressCodec.Shape.ROOM);
        return new Dialect(DialectName.LINUX, order, numbers, requests, replies, false);
    }

    private static List<ExtensionRow> rows(Numbers numbers, AddressCodec.Shape address) {
        List<ExtensionRow> rows = new ArrayList<>();
        for (ExtensionRow row : Rfc2367.rows(numbers, address, KeyCodec.Shape.ENOUGH)) {
            rows.add(row.type() == ExtensionType.SENSITIVITY ? row.unchecked() : row);
        }
        SockaddrForm form = SockaddrForm.LINUX;
        rows.add(
                Rfc2367.row(18, ExtensionType.X_POLICY, 16, new PolicyCodec(form, POLICY))
                        .unchecked());
        rows.add(Rfc2367.row(19, ExtensionType.X_SA2, 16, new KameCodecs.Sa2()));
        rows.add(Rfc2367.row(20, ExtensionType.X_NAT_T_TYPE, 8, new KameCodecs.NatTType()));
        rows.add(port(21, ExtensionType.X_NAT_T_SPORT));
        rows.add(port(22, ExtensionType.X_NAT_T_DPORT));
        rows.add(Rfc2367.address(23, ExtensionType.X_NAT_T_OA, address));
        rows.add(
                Rfc2367.row(
                        24, ExtensionType.X_SEC_CTX, 8, new KameCodecs.SecurityContext(CONTEXT)));
        rows.add(
                Rfc2367.row(25, ExtensionType.X_KMADDRESS, 8, new KameCodecs.KmAddress(form, PAIR))
                        .unchecked());
        rows.add(Rfc2367.row(26, ExtensionType.X_FILTER, 40, new KameCodecs.Filter()));
        return rows;
    }

    private static ExtensionRow port(int number, ExtensionType type) {
        return Rfc2367.row(number, type, 8, new KameCodecs.NatTPort(type, true));
    }
}
