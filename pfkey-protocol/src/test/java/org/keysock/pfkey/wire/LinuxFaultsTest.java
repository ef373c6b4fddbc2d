package org.keysock.pfkey.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/** What Linux, and the rfc2367 socket after it, say to malformed messages: sheet section 7. */
class LinuxFaultsTest {

    private static final String INET = "0020 0000 0200 0000 0a000001";
    private static final Dialect LINUX = Dialect.of(DialectName.LINUX, ByteOrder.LITTLE_ENDIAN);
    private static final Dialect RFC = Dialect.of(DialectName.RFC2367, ByteOrder.LITTLE_ENDIAN);

    static Stream<Arguments> frames() {
        return Stream.of(
                arguments("nothing", new byte[0], Errno.EMSGSIZE, true),
                arguments("15 bytes", new byte[15], Errno.EMSGSIZE, true),
                arguments("version 1", Bytes.message(9).with(0, 1).done(), Errno.EINVAL, false),
                arguments("type 0", Bytes.message(0).done(), Errno.EINVAL, false),
                arguments("type 25", Bytes.message(25).done(), Errno.EINVAL, false),
                arguments("length 0", Bytes.message(9).asTheyAre(), Errno.EMSGSIZE, false),
                arguments(
                        "two messages",
                        Bytes.message(9)
                                .raw("02090003020000000100000092100000")
                                .with(4, 2)
                                .asTheyAre(),
                        Errno.EMSGSIZE,
                        false),
                arguments(
                        "version before length",
                        Bytes.message(9).with(0, 1).asTheyAre(),
                        Errno.EINVAL,
                        false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void framesAreRefusedBySendOnLinuxAndAnsweredElsewhere(
            String what, byte[] bytes, Errno errno, boolean headless) {
        Fault linux = new MessageReader(LINUX).validate(bytes, 0, bytes.length);
        Fault rfc = new MessageReader(RFC).validate(bytes, 0, bytes.length);
        assertNotNull(linux, what);
        assertNotNull(rfc, what);
        assertEquals(errno, linux.errno(), what);
        assertTrue(linux.refusedBySend(), what);
        assertEquals(errno, rfc.errno(), what);
        assertEquals(headless, rfc.refusedBySend(), "a header is needed to answer: " + what);
    }

    @Test
    void reservedBitsOfTheHeaderMatterOnLinuxOnly() {
        byte[] bytes = Bytes.message(9).with(7, 1).done();
        Fault fault = new MessageReader(LINUX).validate(bytes, 0, bytes.length);
        assertTrue(fault != null && fault.refusedBySend() && fault.errno() == Errno.EINVAL);
        assertNull(new MessageReader(RFC).validate(bytes, 0, bytes.length));
        Reading reply = MessageReader.ofReplies(LINUX).read(bytes, 0, bytes.length);
        assertEquals(256, ((Reading.Whole) reply).message().header().reserved());
    }

    /** A rest below a word passes the frame and is then an extension that is none. */
    @Test
    void aRestOfAWordIsAnswered() {
        byte[] bytes = Bytes.message(9).raw("00").with(4, 2).asTheyAre();
        Reading.Broken linux =
                (Reading.Broken) new MessageReader(LINUX).read(bytes, 0, bytes.length);
        assertEquals(Errno.EINVAL, linux.fault().errno());
        assertTrue(!linux.fault().refusedBySend() && linux.offset() == 16);
        Fault rfc = new MessageReader(RFC).validate(bytes, 0, bytes.length);
        assertTrue(rfc != null && rfc.errno() == Errno.EMSGSIZE);
    }

    static Stream<Arguments> extensions() {
        return Stream.of(
                arguments("type 0", 0, 1, ""),
                arguments("length 0", 1, 0, ""),
                arguments("SA too short", 1, 1, ""),
                arguments("lifetime too short", 3, 3, ""),
                arguments("address without family", 5, 1, ""),
                arguments("IPv4 too short", 5, 2, INET.substring(0, 14)),
                arguments("IPv4 too long", 5, 5, INET),
                arguments("IPv6 too short", 6, 3, "0040 0000 0a00"),
                arguments("IPv6 too long", 6, 6, "0040 0000 0a00"),
                arguments("family 0", 5, 3, "0020 0000"),
                arguments("family of Solaris", 6, 5, "0040 0000 1a00"),
                arguments("prefix 33", 5, 3, "0021 0000 0200"),
                arguments("prefix 129", 7, 5, "0081 0000 0a00"),
                arguments("more bits than bytes", 8, 2, "4100"),
                arguments("range too short", 16, 1, ""),
                arguments("identity too short", 10, 1, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("extensions")
    void malformedExtensionsAreAnsweredWithEinval(String what, int type, int words, String body) {
        byte[] bytes = Bytes.message(3).extension(type, words, body).done();
        for (Dialect dialect : new Dialect[] {LINUX, RFC}) {
            Fault fault = new MessageReader(dialect).validate(bytes, 0, bytes.length);
            assertNotNull(fault, what);
            assertEquals(Errno.EINVAL, fault.errno(), what);
            assertTrue(!fault.refusedBySend(), what);
        }
    }

    @Test
    void duplicatesAreRefusedUnlessUnknown() {
        byte[] twice = Bytes.message(3).extension(1, 2, "").extension(1, 2, "").done();
        byte[] unknown = Bytes.message(3).extension(40, 1, "").extension(40, 1, "").done();
        for (Dialect dialect : new Dialect[] {LINUX, RFC}) {
            MessageReader reader = new MessageReader(dialect);
            Fault fault = reader.validate(twice, 0, twice.length);
            assertTrue(fault != null && fault.errno() == Errno.EINVAL);
            SadbMessage carried = whole(dialect, unknown);
            assertEquals(2, carried.size());
            assertEquals(ExtensionType.unknown(40), carried.extension(1).type());
        }
    }

    private static SadbMessage whole(Dialect dialect, byte[] bytes) {
        Reading reading = new MessageReader(dialect).read(bytes, 0, bytes.length);
        return ((Reading.Whole) reading).message();
    }

    @Test
    void longerThanItsStructureIsKept() {
        byte[] bytes = Bytes.message(3).extension(1, 3, "").done();
        SadbMessage message = whole(LINUX, bytes);
        assertTrue(message.sa() != null && message.verbatim() != null);
    }

    @Test
    void anEmptyKeyIsAnErrorInTheRfcOnly() {
        byte[] bytes = Bytes.message(3).extension(9, 1, "").done();
        assertNull(new MessageReader(LINUX).validate(bytes, 0, bytes.length));
        assertNotNull(new MessageReader(RFC).validate(bytes, 0, bytes.length));
    }

    @Test
    void aPolicyOfNonsenseIsCarriedUntilItIsNeeded() {
        byte[] bytes = Bytes.message(14).extension(18, 4, "0200 02 00".repeat(1)).done();
        SadbMessage message = whole(LINUX, bytes);
        assertTrue(message.extension(0) instanceof Extension.Opaque);
        assertNull(message.find(ExtensionType.X_POLICY, KameExtension.Policy.class));
    }

    @Test
    void theEncryptByteOfAnIpcompSaIsACompression() {
        byte[] bytes = Bytes.message(3).with(3, 9).extension(1, 2, "00001000 00 00 00 02").done();
        Extension.Sa sa = whole(LINUX, bytes).sa();
        assertTrue(sa != null && sa.encrypt() == EncryptionAlgorithm.COMP_DEFLATE);
        bytes[3] = 3;
        Extension.Sa esp = whole(LINUX, bytes).sa();
        assertTrue(esp != null && esp.encrypt() == EncryptionAlgorithm.DES_CBC);
    }

    /** RFC 2367 wraps what a promiscuous socket hears. */
    @Test
    void aPromiscMessageEnclosesAnother() {
        byte[] inner = Bytes.message(3).extension(1, 2, "").done();
        byte[] bytes = Bytes.message(11).raw(HexFormat.of().formatHex(inner)).done();
        SadbMessage message = whole(RFC, bytes);
        Extension.Enclosed enclosed = (Extension.Enclosed) message.extension(0);
        assertEquals(whole(RFC, inner), enclosed.message());
        Sink sink = new Sink();
        assertTrue(new MessageWriter(RFC).write(message, sink));
        assertArrayEquals(bytes, sink.toBytes());

        byte[] nested =
                Bytes.message(11)
                        .raw("020b0003040000000100000092100000")
                        .raw("020b0003020000000100000092100000")
                        .done();
        assertNotNull(new MessageReader(RFC).validate(nested, 0, nested.length));
        bytes[20] = 9;
        Fault fault = new MessageReader(RFC).validate(bytes, 0, bytes.length);
        assertTrue(fault != null && fault.errno() == Errno.EMSGSIZE, "the inner length is wrong");
    }
}
