package org.keysock.pfkey.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/** What Solaris says to malformed messages: solaris.md 1.12 and the walk's rows of section 2. */
class SolarisFaultsTest {

    private static final int ADD = 3;
    private static final String KEY_64 = "4000 0000 0123456789abcdef";
    private static final String INET = "00000000 0200 0000 0a000001";

    private final MessageReader reader =
            new MessageReader(Dialect.of(DialectName.SOLARIS, ByteOrder.LITTLE_ENDIAN));

    private Fault fault(byte[] bytes) {
        Fault fault = reader.validate(bytes, 0, bytes.length);
        if (fault == null) {
            throw new AssertionError("nothing is wrong");
        }
        return fault;
    }

    static Stream<Arguments> duplicates() {
        return Stream.of(
                arguments(1, 2, "", Diagnostic.DUPLICATE_SA),
                arguments(2, 4, "", Diagnostic.NONE),
                arguments(3, 4, "", Diagnostic.NONE),
                arguments(4, 4, "", Diagnostic.NONE),
                arguments(5, 3, INET, Diagnostic.DUPLICATE_SRC),
                arguments(6, 3, INET, Diagnostic.DUPLICATE_DST),
                arguments(7, 3, INET, Diagnostic.DUPLICATE_INNER_SRC),
                arguments(8, 2, KEY_64, Diagnostic.DUPLICATE_AKEY),
                arguments(9, 2, KEY_64, Diagnostic.DUPLICATE_EKEY),
                arguments(10, 2, "", Diagnostic.NONE),
                arguments(16, 2, "", Diagnostic.DUPLICATE_RANGE),
                arguments(19, 2, "", Diagnostic.NONE),
                arguments(20, 3, INET, Diagnostic.NONE),
                arguments(21, 3, INET, Diagnostic.NONE),
                arguments(22, 3, INET, Diagnostic.DUPLICATE_INNER_DST),
                arguments(23, 1, "", Diagnostic.NONE),
                arguments(24, 2, "", Diagnostic.NONE),
                arguments(25, 2, "", Diagnostic.NONE),
                arguments(26, 4, "", Diagnostic.NONE),
                arguments(28, 2, KEY_64, Diagnostic.DUPLICATE_ASTR));
    }

    @ParameterizedTest
    @MethodSource("duplicates")
    void theSecondOfAKindIsRefused(int type, int words, String body, Diagnostic diagnostic) {
        Bytes once = Bytes.message(ADD).extension(type, words, body);
        byte[] single = once.done();
        assertNull(reader.validate(single, 0, single.length));
        byte[] twice =
                once.extension(type == 10 ? 11 : 10, 2, "").extension(type, words, body).done();
        Fault fault = fault(twice);
        assertEquals(diagnostic, fault.diagnostic());
        assertEquals(Errno.EINVAL, fault.errno());
        assertFalse(fault.refusedBySend());
        assertTrue(reader.read(twice, 0, twice.length) instanceof Reading.Broken);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("type 0", 0, 1, "", Diagnostic.UNKNOWN_EXT),
                arguments("type above the maximum", 29, 1, "", Diagnostic.UNKNOWN_EXT),
                arguments("length 0", 23, 0, "", Diagnostic.BAD_EXTLEN),
                arguments("unknown type before length 0", 99, 0, "", Diagnostic.UNKNOWN_EXT),
                arguments("SA too short", 1, 1, "", Diagnostic.MALFORMED_SA),
                arguments("SA too long", 1, 3, "", Diagnostic.MALFORMED_SA),
                arguments("current of 3 words", 2, 3, "", Diagnostic.NONE),
                arguments("hard of 5 words", 3, 5, "", Diagnostic.NONE),
                arguments("soft of 1 word", 4, 1, "", Diagnostic.NONE),
                arguments("src without room", 5, 1, "", Diagnostic.MALFORMED_SRC),
                arguments("dst without room", 6, 1, "", Diagnostic.MALFORMED_DST),
                arguments("inner src without room", 7, 1, "", Diagnostic.MALFORMED_INNER_SRC),
                arguments("inner dst without room", 22, 1, "", Diagnostic.MALFORMED_INNER_DST),
                arguments("local without room", 20, 1, "", Diagnostic.MALFORMED_NATT_LOC),
                arguments("remote without room", 21, 1, "", Diagnostic.MALFORMED_NATT_REM),
                arguments("src of 4 words", 5, 4, INET, Diagnostic.MALFORMED_SRC),
                arguments("IPv6 dst in 3 words", 6, 3, "00000000 1a00", Diagnostic.MALFORMED_DST),
                arguments("akey of no bits", 8, 2, "0000", Diagnostic.MALFORMED_AKEY),
                arguments("ekey of 3 bits", 9, 2, "0300", Diagnostic.MALFORMED_EKEY),
                arguments("akey too long", 8, 4, "8000", Diagnostic.MALFORMED_AKEY),
                arguments("ekey too short", 9, 2, "8000", Diagnostic.MALFORMED_EKEY),
                arguments(
                        "range backwards", 16, 2, "00001fff 00001000", Diagnostic.MALFORMED_RANGE),
                arguments("range too short", 16, 1, "", Diagnostic.MALFORMED_RANGE),
                arguments("cookie too short", 19, 1, "", Diagnostic.BAD_EXTLEN),
                arguments("idle too short", 26, 3, "", Diagnostic.BAD_EXTLEN),
                arguments("string of no bits", 28, 1, "", Diagnostic.MALFORMED_ASTR));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedExtensions(String what, int type, int words, String body, Diagnostic diagnostic) {
        byte[] bytes = Bytes.message(ADD).extension(1, 2, "").extension(type, words, body).done();
        if (type == 1) {
            bytes = Bytes.message(ADD).extension(type, words, body).done();
        }
        Fault fault = fault(bytes);
        assertEquals(diagnostic, fault.diagnostic(), what);
        assertEquals(Errno.EINVAL, fault.errno(), what);
        Reading.Broken broken = (Reading.Broken) reader.read(bytes, 0, bytes.length);
        assertEquals(type == 1 ? 16 : 32, broken.offset(), what);
        assertEquals(MessageType.ADD, broken.header().type());
        assertEquals(7, broken.header().sequence());
    }

    @Test
    void anExtensionMustNotReachPastTheMessage() {
        byte[] bytes = Bytes.message(ADD).extension(23, 2, "").done();
        bytes[16] = 3;
        assertEquals(Diagnostic.BAD_EXTLEN, fault(bytes).diagnostic());
    }

    @Test
    void theFirstBadExtensionWins() {
        byte[] bytes =
                Bytes.message(ADD)
                        .extension(8, 2, "0000")
                        .extension(9, 2, "0000")
                        .extension(99, 1, "")
                        .done();
        assertEquals(Diagnostic.MALFORMED_AKEY, fault(bytes).diagnostic());
    }

    @Test
    void duplicatesAreSeenBeforeTheirContent() {
        byte[] bytes = Bytes.message(ADD).extension(8, 2, KEY_64).extension(8, 2, "0000").done();
        assertEquals(Diagnostic.DUPLICATE_AKEY, fault(bytes).diagnostic());
    }

    @Test
    void theLengthMustBeTheBytes() {
        byte[] bytes = Bytes.message(ADD).extension(1, 2, "").raw("00000000").asTheyAre();
        for (int words : new int[] {0, 1, 3, 5}) {
            bytes[4] = (byte) words;
            assertEquals(Errno.EMSGSIZE, fault(bytes).errno());
            assertEquals(Diagnostic.NONE, fault(bytes).diagnostic());
            assertFalse(fault(bytes).refusedBySend());
        }
        bytes[4] = 4;
        assertEquals(Errno.EMSGSIZE, fault(bytes).errno(), "half a word too many");
    }

    @Test
    void nothingCanBeAnsweredToLessThanAHeader() {
        byte[] bytes = {2, 3, 0, 3, 2, 0, 0, 0, 9, 0, 0, 0};
        Reading.Broken broken = (Reading.Broken) reader.read(bytes, 0, bytes.length);
        assertTrue(broken.fault().silent());
        assertFalse(broken.fault().refusedBySend());
        assertEquals(MessageType.ADD, broken.header().type(), "as far as legible");
        assertEquals(9, broken.header().sequence());
        assertEquals(0, broken.header().pid());
    }

    @Test
    void onlyVersionTwo() {
        byte[] bytes = Bytes.message(9).with(0, 1).done();
        assertEquals(Errno.EINVAL, fault(bytes).errno());
    }

    /** An unknown message type is refused after the extensions, by the kernel and not the codec. */
    @Test
    void unknownMessageTypesPass() {
        byte[] bytes = Bytes.message(77).done();
        Reading.Whole whole = (Reading.Whole) reader.read(bytes, 0, bytes.length);
        assertEquals(MessageType.unknown(77), whole.message().type());
        byte[] wrong = Bytes.message(77).extension(8, 1, "").done();
        assertEquals(Diagnostic.MALFORMED_AKEY, fault(wrong).diagnostic());
    }

    @Test
    void aStrangeFamilyPasses() {
        byte[] bytes = Bytes.message(ADD).extension(5, 3, "00000000 0900 0102").done();
        Reading.Whole whole = (Reading.Whole) reader.read(bytes, 0, bytes.length);
        Extension.Address source = whole.message().address(ExtensionType.ADDRESS_SRC);
        assertTrue(source != null && source.address() == null);
    }

    /** The echo of a v4-mapped address keeps the length of the request: solaris.md 1.9.3. */
    @Test
    void anIpv4AddressMayHaveSpareWords() {
        byte[] bytes = Bytes.message(ADD).extension(5, 5, INET).done();
        Reading.Whole whole = (Reading.Whole) reader.read(bytes, 0, bytes.length);
        SadbMessage message = whole.message();
        Extension.Address source = message.address(ExtensionType.ADDRESS_SRC);
        assertTrue(source != null && source.spareWords() == 2 && source.sockaddr().port() == 0);
        assertNull(message.verbatim());
    }

    /** A key of 160 bits is 128 bits and 32 of salt in the answer to a GET: solaris.md 1.9.4. */
    @Test
    void repliesHaveTheirSaltBehindTheKey() {
        byte[] bytes = Bytes.message(5).extension(9, 4, "8000 2000" + "11".repeat(20)).done();
        assertEquals(Diagnostic.MALFORMED_EKEY, fault(bytes).diagnostic());
        MessageReader replies = MessageReader.ofReplies(reader.dialect());
        Reading.Whole whole = (Reading.Whole) replies.read(bytes, 0, bytes.length);
        Extension.Key key = whole.message().key(ExtensionType.KEY_ENCRYPT);
        assertTrue(key != null && key.material().length() == 20);
        assertNull(whole.message().verbatim());
    }

    /** A label or a proposal that makes no sense is not the walk's business. */
    @Test
    void uncheckedExtensionsAreCarried() {
        byte[] bytes =
                Bytes.message(ADD)
                        .extension(12, 2, "01000000 01ff 01ff")
                        .extension(18, 2, "0000 ffff")
                        .done();
        Reading.Whole whole = (Reading.Whole) reader.read(bytes, 0, bytes.length);
        assertTrue(whole.message().extension(0) instanceof Extension.Opaque);
        assertTrue(whole.message().extension(1) instanceof Extension.Opaque);
        assertTrue(whole.message().has(ExtensionType.SENSITIVITY));
    }
}
