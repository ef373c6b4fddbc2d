package org.keysock.pfkey.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** What KLIPS' parser refuses: klips.md 1.6 and 2.2 to 2.5. */
class KlipsFaultsTest {

    private static final Dialect KLIPS = Dialect.of(DialectName.KLIPS, ByteOrder.LITTLE_ENDIAN);
    private static final Dialect MODERN = Dialect.klips(KlipsForm.MODERN, ByteOrder.LITTLE_ENDIAN);

    private static final String ESP_SA = "00001000 00 01 02 03 00000000 ffffffff";
    private static final String INET = "00 00 0000 0200 0000 0a000001";
    private static final int GETSPI = 1;
    private static final int ADD = 3;
    private static final int DELETE = 4;
    private static final int ACQUIRE = 6;
    private static final int REGISTER = 7;
    private static final int FLUSH = 9;
    private static final int GRPSA = 13;
    private static final int DELFLOW = 15;

    private static Bytes add(String sa) {
        return Bytes.message(ADD).extension(1, 3, sa).extension(5, 3, INET).extension(6, 3, INET);
    }

    private static Bytes delete(String source) {
        return Bytes.message(DELETE)
                .extension(1, 3, ESP_SA)
                .extension(5, 3, source)
                .extension(6, 3, INET);
    }

    private static Bytes group() {
        return Bytes.message(GRPSA).extension(1, 3, ESP_SA).extension(6, 3, INET);
    }

    private static Bytes getSpi(String range) {
        return Bytes.message(GETSPI)
                .extension(5, 3, INET)
                .extension(6, 3, INET)
                .extension(16, 2, range);
    }

    private static Bytes flow(int type) {
        return Bytes.message(type)
                .extension(21, 3, INET)
                .extension(22, 3, INET)
                .extension(23, 3, INET)
                .extension(24, 3, INET);
    }

    private static Fault fault(Dialect dialect, byte[] bytes) {
        MessageReader reader = new MessageReader(dialect);
        Fault fault = reader.validate(bytes, 0, bytes.length);
        Reading reading = reader.read(bytes, 0, bytes.length);
        assertEquals(fault, reading instanceof Reading.Broken broken ? broken.fault() : null);
        return Objects.requireNonNullElse(fault, Fault.dropped("none"));
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                arguments("nothing", new byte[0], Errno.EMSGSIZE),
                arguments("15 bytes", new byte[15], Errno.EMSGSIZE),
                arguments("version 1", Bytes.message(FLUSH).with(0, 1).done(), Errno.EINVAL),
                arguments(
                        "version before length",
                        Bytes.message(FLUSH).with(0, 1).asTheyAre(),
                        Errno.EINVAL),
                arguments("length 0", Bytes.message(FLUSH).asTheyAre(), Errno.EMSGSIZE),
                arguments(
                        "length before reserved",
                        Bytes.message(FLUSH).with(6, 1).asTheyAre(),
                        Errno.EMSGSIZE),
                arguments(
                        "17 bytes",
                        Bytes.message(FLUSH).raw("00").with(4, 2).asTheyAre(),
                        Errno.EMSGSIZE),
                arguments("reserved", Bytes.message(FLUSH).with(6, 1).done(), Errno.EINVAL),
                arguments("type 0", Bytes.message(0).done(), Errno.EINVAL),
                arguments("type 18", Bytes.message(18).done(), Errno.EINVAL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void aBadFrameFailsTheSendAlone(String what, byte[] bytes, Errno errno) {
        Fault fault = fault(KLIPS, bytes);
        assertEquals(errno, fault.errno());
        assertTrue(fault.refusedBySend());
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments("SA type 12", Bytes.message(FLUSH).with(3, 12), Errno.EINVAL),
                arguments("ADD of RSVP", add(ESP_SA).with(3, 5), Errno.EINVAL),
                arguments("DELETE of none", delete(INET).with(3, 0), Errno.EINVAL),
                arguments("REGISTER of none", Bytes.message(REGISTER).with(3, 0), Errno.EINVAL),
                arguments("REGISTER of RSVP", Bytes.message(REGISTER).with(3, 5), Errno.OK),
                arguments("FLUSH of none", Bytes.message(FLUSH).with(3, 0), Errno.OK),
                arguments("an errno", delete(INET).with(2, 3), Errno.EINVAL),
                arguments("a key manager gives up", Bytes.message(ACQUIRE).with(2, 3), Errno.OK),
                arguments("an empty ACQUIRE", Bytes.message(ACQUIRE), Errno.EINVAL),
                arguments("X_PROMISC", Bytes.message(11), Errno.EINVAL),
                arguments("X_PCHANGE", Bytes.message(12), Errno.EINVAL),
                arguments("a good DELETE", delete(INET), Errno.OK),
                arguments(
                        "DELETE without source",
                        Bytes.message(DELETE).extension(1, 3, ESP_SA).extension(6, 3, INET),
                        Errno.EINVAL),
                arguments("X_GRPSA", group(), Errno.OK),
                arguments("X_GRPSA with source", group().extension(5, 3, INET), Errno.EINVAL),
                arguments("ADD with CURRENT", add(ESP_SA).extension(2, 5, ""), Errno.EINVAL),
                arguments("ADD with packets", add(ESP_SA).extension(3, 5, ""), Errno.OK),
                arguments("a lifetime of 32", add(ESP_SA).extension(3, 4, ""), Errno.EINVAL),
                arguments("an extension twice", group().extension(6, 3, INET), Errno.EINVAL),
                arguments("extension 0", group().extension(0, 1, ""), Errno.EINVAL),
                arguments("extension 31", group().extension(31, 1, ""), Errno.EINVAL),
                arguments("no length", group().raw("0000 0700 00000000"), Errno.EINVAL),
                arguments("too long", group().raw("0200 1200 03000000"), Errno.EINVAL),
                arguments("a tail", group().raw("00000000 00000000"), Errno.EINVAL),
                arguments("a DELFLOW of nothing", Bytes.message(DELFLOW), Errno.EINVAL),
                arguments("a DELFLOW", flow(DELFLOW).with(3, 0), Errno.OK),
                arguments(
                        "a DELFLOW of all",
                        Bytes.message(DELFLOW)
                                .extension(1, 3, "00000000 00000000 04000000 ffffffff"),
                        Errno.OK),
                arguments(
                        "a DELFLOW of one SA",
                        Bytes.message(DELFLOW).extension(1, 3, ESP_SA),
                        Errno.EINVAL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void theParserLooksAtTheWholeMessage(String what, Bytes bytes, Errno errno) {
        Fault fault = fault(KLIPS, bytes.done());
        assertEquals(errno, fault.errno(), fault.reason());
        assertTrue(!fault.refusedBySend());
    }

    @ParameterizedTest
    @CsvSource({
        "3, 00001000 00 01 02 03 00000000 ffffffff, OK",
        "3, 00001000 40 01 00 03 00000000 ffffffff, OK",
        "3, 00001000 41 01 02 03 00000000 ffffffff, EINVAL",
        "3, 00001000 00 00 02 03 00000000 ffffffff, EINVAL",
        "3, 00001000 00 02 02 03 00000000 ffffffff, EINVAL",
        "3, 00001000 00 03 02 03 00000000 ffffffff, EINVAL",
        "3, 00001000 00 01 fc 03 00000000 ffffffff, EINVAL",
        "3, 00001000 00 01 fb 03 00000000 ffffffff, OK",
        "3, 00001000 00 01 02 fe 00000000 ffffffff, EINVAL",
        "3, 00001000 00 01 02 00 00000000 ffffffff, EINVAL",
        "3, 00001000 00 01 00 0b 00000000 ffffffff, EINVAL",
        "3, 00001000 00 01 02 0b 00000000 ffffffff, OK",
        "3, 000000ff 00 01 02 03 00000000 ffffffff, EINVAL",
        "3, 00000100 00 01 02 03 00000000 ffffffff, OK",
        "3, ffffffff 00 01 02 03 00000000 ffffffff, OK",
        "3, 00001000 00 01 02 03 00000000 ffff0000, OK",
        "3, 00001000 00 01 02 03 00000000 00000100, EINVAL",
        "2, 00001000 00 01 02 00 00000000 ffffffff, OK",
        "2, 00001000 00 01 00 00 00000000 ffffffff, EINVAL",
        "2, 00001000 00 01 02 03 00000000 ffffffff, EINVAL",
        "10, 00001000 00 01 00 02 00000000 ffffffff, OK",
        "10, 00001000 00 01 00 00 00000000 ffffffff, EINVAL",
        "10, 00001000 00 01 02 02 00000000 ffffffff, EINVAL",
        "9, 00001000 00 01 00 00 00000000 ffffffff, OK",
        "9, 00001000 00 01 02 03 00000000 ffffffff, OK"
    })
    void anAddSaysWhatFitsItsType(int saType, String sa, String errno) {
        Fault fault = fault(KLIPS, add(sa).with(3, saType).done());
        assertEquals(errno, fault.errno().toString(), fault.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "3, 00 00 0000 0200 0000 0a000001, OK",
        "3, 32 00 0000 0200 0000 0a000001, OK",
        "3, 00 20 0000 0200 0000 0a000001, EAFNOSUPPORT",
        "3, 00 00 0100 0200 0000 0a000001, EINVAL",
        "5, 00 00 0000 0a00 0000 0a000001, OK",
        "3, 00 00 0000 0a00 0000 0a000001, EINVAL",
        "5, 00 00 0000 0200 0000 0a000001, EINVAL",
        "2, 00 00 0000 0200 0000, EINVAL",
        "1, 00 00 0000, EINVAL",
        "3, 00 00 0000 1800 0000 0a000001, EPFNOSUPPORT",
        "5, 00 00 0000 1c00 0000 0a000001, EPFNOSUPPORT"
    })
    void anAddressHasNoPrefix(int words, String body, String errno) {
        Bytes bytes =
                Bytes.message(DELETE)
                        .extension(1, 3, ESP_SA)
                        .extension(5, words, body)
                        .extension(6, 3, INET);
        assertEquals(errno, fault(KLIPS, bytes.done()).errno().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "00000100 000001ff 00000000, OK",
        "00000200 000001ff 00000000, EINVAL",
        "00000100 000001ff 01000000, EINVAL",
        "000000ff 000001ff 00000000, EEXIST"
    })
    void aRangeOfSpisBeginsAt256(String range, String errno) {
        assertEquals(errno, fault(KLIPS, getSpi(range).done()).errno().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "8, 3, 8000 0000, OK",
        "8, 3, 4100 0000, OK",
        "8, 3, 4000 0000, EINVAL",
        "8, 1, 0000 0000, EINVAL",
        "8, 3, 8000 0100, EINVAL",
        "9, 4, c000 0000, OK",
        "10, 3, 0200 0000 0000000000000000 61, OK",
        "10, 3, 0500 0000 0000000000000000 61, EINVAL",
        "10, 3, 0200 0100 0000000000000000 61, EINVAL",
        "10, 3, 0200 0000 0000000000000000 6161616161616161, EINVAL",
        "10, 2, 0400 0000, OK",
        "17, 1, 00000000, EINVAL",
        "27, 1, 02000000, OK",
        "28, 1, 94110000, OK"
    })
    void theOtherExtensionsOfAnAdd(int type, int words, String body, String errno) {
        Fault fault = fault(KLIPS, add(ESP_SA).extension(type, words, body).done());
        assertEquals(errno, fault.errno().toString(), fault.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "18, 1, 0a000000, OK",
        "18, 1, 00000000, EINVAL",
        "18, 1, 0c000000, EINVAL",
        "18, 1, 05000000, EINVAL",
        "18, 1, 0a000001, EINVAL",
        "18, 2, 0a000000, EINVAL",
        "19, 3, 00001000 00000000 00000000 ffffffff, OK",
        "19, 3, 00001000 00030000 00000000 ffffffff, EINVAL",
        "19, 2, 00001000 00000000 00000000, EINVAL"
    })
    void theOtherExtensionsOfAGroup(int type, int words, String body, String errno) {
        Fault fault = fault(KLIPS, group().extension(type, words, body).done());
        assertEquals(errno, fault.errno().toString(), fault.reason());
    }

    /** A wrong extension is told by the first that is wrong: not permitted, before its content. */
    @Test
    void faultsComeInTheOrderOfTheWalk() {
        String prefixed = "00 20 0000 0200 0000 0a000001";
        assertEquals(Errno.EINVAL, fault(KLIPS, group().extension(5, 3, prefixed).done()).errno());
        byte[] first = delete(prefixed).extension(6, 3, INET).done();
        assertEquals(Errno.EAFNOSUPPORT, fault(KLIPS, first).errno());
    }

    @Test
    void theModernFormHasTwoMessagesAndExtensionsMore() {
        byte[] plumb = Bytes.message(18).with(3, 0).extension(31, 1, "00c00000").done();
        assertEquals(Errno.OK, fault(MODERN, plumb).errno());
        byte[] add = add(ESP_SA).extension(32, 2, "01000000 02000000").done();
        assertEquals(Errno.OK, fault(MODERN, add).errno());
        assertEquals(Errno.EINVAL, fault(KLIPS, add).errno());
        assertEquals(Errno.EINVAL, fault(MODERN, Bytes.message(20).done()).errno());
    }

    /** Both ways of saying none are read; the form's own is written. */
    @Test
    void noReferenceIsAllOnesOrZero() {
        byte[] ones = add(ESP_SA).done();
        byte[] zero = add(ESP_SA.replace("ffffffff", "00000000")).done();
        SadbMessage modern = whole(MODERN, zero);
        assertEquals(Extension.Sa.NO_REFERENCE, sa(modern).reference());
        assertEquals(Extension.Sa.NO_REFERENCE, sa(whole(MODERN, ones)).reference());
        assertEquals(Extension.Sa.NO_REFERENCE, sa(whole(KLIPS, ones)).reference());
        assertEquals(0, sa(whole(KLIPS, zero)).reference());
        assertEquals(
                HexFormat.of().formatHex(ones),
                HexFormat.of()
                        .formatHex(
                                Objects.requireNonNull(new MessageWriter(KLIPS).toBytes(modern))));
    }

    private static Extension.Sa sa(SadbMessage message) {
        return Objects.requireNonNull(message.sa());
    }

    private static SadbMessage whole(Dialect dialect, byte[] bytes) {
        MessageReader reader = new MessageReader(dialect);
        return ((Reading.Whole) reader.read(bytes, 0, bytes.length)).message();
    }

    @Test
    void whatTheNumbersMean() {
        byte[] bytes =
                add("00001000 20 01 00 02 09000000 02000000")
                        .extension(
                                3,
                                5,
                                "01000000 0200000000000000 0300000000000000"
                                        + "0400000000000000 05000000")
                        .extension(28, 1, "94110000")
                        .with(3, 10)
                        .done();
        SadbMessage message = whole(KLIPS, bytes);
        assertEquals(SaType.X_IPCOMP, message.header().saType());
        Extension.Sa sa = sa(message);
        assertEquals(EncryptionAlgorithm.COMP_DEFLATE, sa.encrypt());
        assertEquals(2, sa.reference());
        assertTrue(sa.flags().has(SaFlag.X_INFLOW) && sa.flags().has(SaFlag.PFS));
        assertEquals(
                new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 1, 2, 3, 4, 5),
                message.lifetime(ExtensionType.LIFETIME_HARD));
        assertEquals(
                new KameExtension.NatTPort(ExtensionType.X_NAT_T_SPORT, 4500),
                message.find(ExtensionType.X_NAT_T_SPORT));
        assertEquals(MessageType.X_GRPSA, KLIPS.messageTypes().code(GRPSA));
    }

    /** Every recorded request of the tools passes the parser that they themselves run. */
    @Test
    void whatTheToolsWroteIsRight() {
        for (Golden.Folder folder : Golden.folders().toList()) {
            if (folder.dialect().name() == DialectName.KLIPS) {
                for (Golden.Sample sample : folder.samples()) {
                    if (sample.request()) {
                        assertNull(
                                sample.reader().validate(sample.bytes(), 0, sample.bytes().length),
                                sample.toString());
                    }
                }
            }
        }
    }
}
