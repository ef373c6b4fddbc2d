package org.keysock.pfkey.wire;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.KlipsSyntax;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaType;

/**
 * The tables of KLIPS: klips.md sections 1 and 2. A bad frame fails the {@code send}; what is wrong
 * further on is answered with a message to everybody, and fails the {@code send} too.
 */
final class Klips {

    private static final NumberSpace<MessageType> CLASSIC_MESSAGE_TYPES =
            messageTypes()
                    .from(Rfc2367.MESSAGE_TYPES)
                    .put(13, MessageType.X_GRPSA)
                    .put(14, MessageType.X_ADDFLOW)
                    .put(15, MessageType.X_DELFLOW)
                    .put(16, MessageType.X_DEBUG)
                    .put(17, MessageType.X_NAT_T_NEW_MAPPING)
                    .build();

    private static final NumberSpace<MessageType> MODERN_MESSAGE_TYPES =
            messageTypes()
                    .from(CLASSIC_MESSAGE_TYPES)
                    .put(18, MessageType.X_PLUMBIF)
                    .put(19, MessageType.X_UNPLUMBIF)
                    .build();

    private static final NumberSpace<SaType> SA_TYPES =
            NumberSpace.of(SaType.all(), SaType::unknown)
                    .from(Rfc2367.SA_TYPES)
                    .put(9, SaType.X_IPIP)
                    .put(10, SaType.X_IPCOMP)
                    .put(11, SaType.X_INT)
                    .build();

    private static final NumberSpace<IdentityType> IDENTITIES =
            NumberSpace.of(IdentityType.all(), IdentityType::unknown)
                    .from(Rfc2367.IDENTITIES)
                    .put(4, IdentityType.X_CONNECTION)
                    .build();

    private static final int CLEARFLOW = 0x4;

    private static final FlagBits FLAGS =
            new FlagBits(
                    Map.of(
                            SaFlag.PFS, 0x1,
                            SaFlag.X_REPLACEFLOW, 0x2,
                            SaFlag.X_CLEARFLOW, CLEARFLOW,
                            SaFlag.X_INFLOW, 0x8,
                            SaFlag.X_POLICYONLY, 0x10));

    private static final Fault EXTENSION_TYPE = KlipsChecks.invalid("extension type not known");

    private Klips() {}

    /** In one place: of two equal method references a class-data archive keeps but one. */
    private static NumberSpace.Builder<MessageType> messageTypes() {
        return NumberSpace.of(MessageType.all(), MessageType::unknown);
    }

    static Dialect dialect(KlipsForm form, ByteOrder order) {
        AlgorithmTable algorithms = AlgorithmTable.of(DialectName.KLIPS);
        Numbers numbers =
                Numbers.of(
                        algorithms,
                        form.modern() ? MODERN_MESSAGE_TYPES : CLASSIC_MESSAGE_TYPES,
                        SA_TYPES,
                        Rfc2367.STATES,
                        IDENTITIES,
                        Linux.ERRNOS,
                        FLAGS);
        int messages = form.modern() ? 19 : 17;
        List<ExtensionRow> rows = new Rows(numbers, form, true).all();
        KlipsParser parser =
                new KlipsParser(
                        numbers,
                        extensions(rows),
                        KlipsSyntax.towardsKernel(form),
                        messages,
                        CLEARFLOW);
        Grammar requests =
                new Grammar(
                        Framing.refusedBySend(messages, Framing.Place.SECOND, false),
                        rows,
                        new Grammar.WalkFaults(
                                EXTENSION_TYPE, EXTENSION_TYPE, Rfc2367.EXTENSION_LENGTH),
                        parser);
        List<ExtensionRow> replies = new Rows(numbers, form, false).all();
        return new Dialect(DialectName.KLIPS, order, numbers, requests, replies, false);
    }

    /** The numbers of extensions, as {@link Dialect} has them too. */
    private static NumberSpace<ExtensionType> extensions(List<ExtensionRow> rows) {
        NumberSpace.Builder<ExtensionType> types =
                NumberSpace.of(ExtensionType.all(), ExtensionType::unknown);
        for (ExtensionRow row : rows) {
            types.put(row.number(), row.type());
        }
        return types.build();
    }

    /**
     * The table of extensions.
     *
     * @param checked whether bodies are checked as KLIPS' parser does
     */
    private record Rows(Numbers numbers, KlipsForm form, boolean checked) {

        List<ExtensionRow> all() {
            SaCodec sa = new SaCodec(numbers, form);
            CheckedCodec.Check saCheck = saCheck();
            List<ExtensionRow> rows =
                    new ArrayList<>(
                            List.of(
                                    row(1, ExtensionType.SA, 24, sa, saCheck).exactly(),
                                    lifetime(2, ExtensionType.LIFETIME_CURRENT),
                                    lifetime(3, ExtensionType.LIFETIME_HARD),
                                    lifetime(4, ExtensionType.LIFETIME_SOFT),
                                    address(5, ExtensionType.ADDRESS_SRC),
                                    address(6, ExtensionType.ADDRESS_DST),
                                    address(7, ExtensionType.ADDRESS_PROXY),
                                    key(8, ExtensionType.KEY_AUTH),
                                    key(9, ExtensionType.KEY_ENCRYPT),
                                    identity(10, ExtensionType.IDENTITY_SRC),
                                    identity(11, ExtensionType.IDENTITY_DST),
                                    label(12),
                                    Rfc2367.row(13, ExtensionType.PROPOSAL, 8, proposal()),
                                    supported(14, ExtensionType.SUPPORTED_AUTH),
                                    supported(15, ExtensionType.SUPPORTED_ENCRYPT),
                                    spiRange(16),
                                    kmPrivate(17),
                                    saType2(18),
                                    row(
                                                    19,
                                                    ExtensionType.X_GRP_SA2,
                                                    24,
                                                    new KlipsCodecs.Sa2(sa),
                                                    saCheck)
                                            .exactly(),
                                    address(20, ExtensionType.X_ADDRESS_DST2),
                                    address(21, ExtensionType.X_ADDRESS_SRC_FLOW),
                                    address(22, ExtensionType.X_ADDRESS_DST_FLOW),
                                    address(23, ExtensionType.X_ADDRESS_SRC_MASK),
                                    address(24, ExtensionType.X_ADDRESS_DST_MASK),
                                    debug(25),
                                    protocol(26),
                                    Rfc2367.row(
                                            27,
                                            ExtensionType.X_NAT_T_TYPE,
                                            8,
                                            new KameCodecs.NatTType()),
                                    port(28, ExtensionType.X_NAT_T_SPORT),
                                    port(29, ExtensionType.X_NAT_T_DPORT),
                                    address(30, ExtensionType.X_NAT_T_OA)));
            if (form.modern()) {
                rows.add(
                        Rfc2367.row(31, ExtensionType.X_PLUMBIF, 8, new KlipsCodecs.PlumbIf())
                                .exactly());
                rows.add(
                        Rfc2367.row(32, ExtensionType.X_SAREF, 16, new KlipsCodecs.SaRef())
                                .exactly());
            }
            return rows;
        }

        private <E extends Extension> ExtensionRow row(
                int number,
                ExtensionType type,
                int bytes,
                ExtensionCodec<E> layout,
                CheckedCodec.Check check) {
            return Rfc2367.row(
                    number, type, bytes, checked ? new CheckedCodec<>(layout, check) : layout);
        }

        private CheckedCodec.Check saCheck() {
            AlgorithmTable algorithms = AlgorithmTable.of(DialectName.KLIPS);
            return form.modern()
                    ? new KlipsChecks.Sa(form, 0xff, 0xff)
                    : new KlipsChecks.Sa(
                            form,
                            algorithms.highest(Algorithm.Kind.AUTH),
                            algorithms.highest(Algorithm.Kind.ENCRYPT));
        }

        private ExtensionRow lifetime(int number, ExtensionType type) {
            boolean packets = form.countsPackets();
            LifetimeCodec codec = new LifetimeCodec(type, packets);
            return Rfc2367.row(number, type, packets ? 40 : 32, codec).exactly();
        }

        private ExtensionRow address(int number, ExtensionType type) {
            AddressCodec layout =
                    new AddressCodec(
                            type,
                            SockaddrForm.LINUX,
                            AddressCodec.Shape.ROOM,
                            Rfc2367.EXTENSION_LENGTH);
            return row(number, type, 8, layout, KlipsChecks::address);
        }

        private ExtensionRow key(int number, ExtensionType type) {
            KeyCodec layout = new KeyCodec(type, KeyCodec.Shape.ENOUGH, Rfc2367.EXTENSION_LENGTH);
            return row(number, type, 8, layout, KlipsChecks::key);
        }

        private ExtensionRow identity(int number, ExtensionType type) {
            IdentityCodec layout = new IdentityCodec(type, IDENTITIES, false);
            return row(number, type, 16, layout, KlipsChecks::identity);
        }

        private static ExtensionRow label(int number) {
            SensitivityCodec layout =
                    new SensitivityCodec(ExtensionType.SENSITIVITY, Rfc2367.EXTENSION_LENGTH);
            return Rfc2367.row(number, ExtensionType.SENSITIVITY, 16, layout).unchecked();
        }

        private ProposalCodec proposal() {
            return new ProposalCodec(
                    numbers,
                    form.modern() ? ProposalCodec.Layout.PLAIN : ProposalCodec.Layout.COUNTING);
        }

        private ExtensionRow supported(int number, ExtensionType type) {
            SupportedCodec layout =
                    new SupportedCodec(type, numbers, SupportedCodec.Layout.BY_SA_TYPE);
            return Rfc2367.row(number, type, 8, layout);
        }

        private ExtensionRow spiRange(int number) {
            SpiRangeCodec layout = new SpiRangeCodec(true, null);
            return row(number, ExtensionType.SPIRANGE, 16, layout, KlipsChecks::spiRange).exactly();
        }

        private ExtensionRow kmPrivate(int number) {
            OpaqueCodec layout = new OpaqueCodec(ExtensionType.X_KMPRIVATE);
            return row(number, ExtensionType.X_KMPRIVATE, 8, layout, KlipsChecks::neverTaken);
        }

        private ExtensionRow saType2(int number) {
            KlipsCodecs.SaType2 layout = new KlipsCodecs.SaType2(SA_TYPES);
            return row(number, ExtensionType.X_SATYPE2, 8, layout, KlipsChecks::saType2).exactly();
        }

        private ExtensionRow debug(int number) {
            return row(
                            number,
                            ExtensionType.X_DEBUG,
                            8 + KlipsCodecs.Debug.BYTES,
                            new KlipsCodecs.Debug(),
                            KlipsChecks::debug)
                    .exactly();
        }

        private ExtensionRow protocol(int number) {
            return row(
                            number,
                            ExtensionType.X_PROTOCOL,
                            8,
                            new KlipsCodecs.Protocol(),
                            KlipsChecks::protocolExtension)
                    .exactly();
        }

        private static ExtensionRow port(int number, ExtensionType type) {
            return Rfc2367.row(number, type, 8, new KameCodecs.NatTPort(type, false));
        }
    }
}
