package org.keysock.pfkey.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension;
import org.keysock.pfkey.model.Spi;

/** The tables, and what a dialect does with what it cannot say. */
class DialectTest {

    private static final Dialect LINUX = Dialect.of(DialectName.LINUX, ByteOrder.LITTLE_ENDIAN);
    private static final Dialect SOLARIS = Dialect.of(DialectName.SOLARIS, ByteOrder.LITTLE_ENDIAN);

    private static <C extends Code> void roundTrip(NumberSpace<C> space) {
        for (int number = 0; number < 300; number++) {
            assertEquals(number, space.number(space.code(number)));
        }
    }

    @ParameterizedTest
    @MethodSource("org.keysock.pfkey.wire.RoundTripTest#dialects")
    void everyNumberIsItself(Dialect dialect) {
        roundTrip(dialect.messageTypes());
        roundTrip(dialect.saTypes());
        roundTrip(dialect.states());
        roundTrip(dialect.extensionTypes());
        roundTrip(dialect.identityTypes());
        roundTrip(dialect.errnos());
        roundTrip(dialect.authAlgorithms());
        roundTrip(dialect.encryptionAlgorithms(SaType.ESP));
        roundTrip(dialect.encryptionAlgorithms(SaType.X_IPCOMP));
        for (int bit = 0; bit < 32; bit++) {
            assertEquals(1 << bit, dialect.flags().word(dialect.flags().flags(1 << bit)));
        }
    }

    @ParameterizedTest
    @MethodSource("org.keysock.pfkey.wire.RoundTripTest#dialects")
    void everyErrnoHasANumber(Dialect dialect) {
        for (Errno errno : Errno.all()) {
            assertTrue(dialect.errnos().has(errno), errno.toString());
        }
    }

    @Test
    void solarisErrnosAreSolarisNumbers() {
        assertEquals(97, SOLARIS.errnos().number(Errno.EMSGSIZE));
        assertEquals(98, SOLARIS.errnos().number(Errno.EPROTOTYPE));
        assertEquals(122, SOLARIS.errnos().number(Errno.EOPNOTSUPP));
        assertEquals(132, SOLARIS.errnos().number(Errno.ENOBUFS));
        assertEquals(90, LINUX.errnos().number(Errno.EMSGSIZE));
    }

    @Test
    void aMessageThatTheDialectLacksIsNotWritten() {
        SadbMessage pair = SadbMessage.of(BaseHeader.of(MessageType.X_DELPAIR, SaType.ESP, 1, 2));
        SadbMessage ipcomp =
                SadbMessage.of(BaseHeader.of(MessageType.FLUSH, SaType.X_IPCOMP, 1, 2));
        Sink sink = new Sink();
        assertFalse(new MessageWriter(LINUX).write(pair, sink));
        assertFalse(new MessageWriter(SOLARIS).write(ipcomp, sink));
        assertEquals(0, sink.size());
        assertTrue(new MessageWriter(SOLARIS).write(pair, sink));
        assertTrue(new MessageWriter(LINUX).write(ipcomp, sink));
        assertEquals(32, sink.size());
    }

    /** decisions.md 10: an extension is left out, an algorithm is 0, a state is the nearest. */
    @Test
    void whatTheDialectLacksIsLeftOut() {
        SadbMessage message =
                SadbMessage.of(
                        BaseHeader.of(MessageType.GET, SaType.ESP, 1, 2),
                        new Extension.Sa(
                                new Spi(0x1000),
                                0,
                                SaState.X_ACTIVE_ELSEWHERE,
                                AuthAlgorithm.AES_CMAC,
                                EncryptionAlgorithm.AES_CBC,
                                SaFlags.of(SaFlag.X_PAIRED, SaFlag.PFS)),
                        new SolarisExtension.Pair(new Spi(0x1001)),
                        new Extension.Identity(
                                ExtensionType.IDENTITY_SRC, IdentityType.X_DN, 0, "x"),
                        Extension.Address.of(
                                ExtensionType.ADDRESS_DST, Ipv4Address.of(10, 0, 0, 2)));
        Sink sink = new Sink();
        assertTrue(new MessageWriter(LINUX).write(message, sink));
        SadbMessage read = whole(MessageReader.ofReplies(LINUX), sink.toBytes());
        assertEquals(
                List.of(
                        new Extension.Sa(
                                new Spi(0x1000),
                                0,
                                SaState.MATURE,
                                AuthAlgorithm.NONE,
                                EncryptionAlgorithm.AES_CBC,
                                SaFlags.of(SaFlag.PFS)),
                        message.extension(3)),
                read.extensions());
    }

    private static SadbMessage whole(MessageReader reader, byte[] bytes) {
        return ((Reading.Whole) reader.read(bytes, 0, bytes.length)).message();
    }

    /** Bytes that were kept because they were strange are good in their own dialect only. */
    @Test
    void verbatimBytesStayInTheirDialect() {
        byte[] bytes = Bytes.message(3).extension(5, 5, "00 00 ffff 0200 0000 0a000001").done();
        SadbMessage read = whole(new MessageReader(SOLARIS), bytes);
        Sink sink = new Sink();
        assertTrue(new MessageWriter(SOLARIS).write(read, sink));
        assertEquals(0xff, sink.array()[18 + 4] & 0xff);
        sink.clear();
        assertTrue(new MessageWriter(LINUX).write(read, sink));
        assertEquals(0, sink.array()[18 + 4]);
    }

    @Test
    void aStreamIsCutByTheDeclaredLength() {
        MessageReader reader = new MessageReader(LINUX);
        byte[] bytes = Bytes.message(3).extension(1, 2, "").done();
        byte[] shifted = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, shifted, 5, bytes.length);
        assertEquals(32, reader.declaredLength(shifted, 5));
        shifted[5 + 4] = 1;
        assertEquals(-1, reader.declaredLength(shifted, 5), "shorter than its own header");
        shifted[5 + 4] = (byte) 0xff;
        shifted[5 + 5] = (byte) 0xff;
        assertEquals(524280, reader.declaredLength(shifted, 5));
        assertThrows(IndexOutOfBoundsException.class, () -> reader.declaredLength(new byte[15], 0));
    }

    /** The recorded kernel's answer to REGISTER is what the table of algorithms says. */
    @Test
    void linuxRegistersItsTable() {
        SadbMessage reply =
                Golden.samples(DialectName.LINUX).stream()
                        .filter(s -> !s.request() && s.bytes()[1] == 7 && s.bytes()[2] == 0)
                        .map(s -> whole(s.reader(), s.bytes()))
                        .findFirst()
                        .orElseThrow();
        AlgorithmTable table = AlgorithmTable.of(DialectName.LINUX);
        assertEquals(
                List.of(
                        asRegistered(table, Algorithm.Kind.AUTH, ExtensionType.SUPPORTED_AUTH),
                        asRegistered(
                                table, Algorithm.Kind.ENCRYPT, ExtensionType.SUPPORTED_ENCRYPT)),
                reply.extensions());
    }

    /** Linux has no fields for increment and salt: they go and come as zero. */
    private static Extension asRegistered(
            AlgorithmTable table, Algorithm.Kind kind, ExtensionType type) {
        List<Extension.Supported.Algorithm> listed =
                table.listed(kind).stream().map(Algorithm::supported).toList();
        Sink sink = new Sink();
        SadbMessage message =
                SadbMessage.of(
                        BaseHeader.of(MessageType.REGISTER, SaType.ESP, 0, 0),
                        new Extension.Supported(type, listed));
        assertTrue(new MessageWriter(LINUX).write(message, sink));
        return whole(MessageReader.ofReplies(LINUX), sink.toBytes()).extension(0);
    }

    @Test
    void anAlgorithmHasOneRowAndNameEach() {
        for (DialectName name : DialectName.values()) {
            AlgorithmTable table = AlgorithmTable.of(name);
            for (Algorithm row : table.rows()) {
                assertEquals(row, table.find(row.code()));
                assertTrue(row.number() <= table.highest(row.kind()), row.toString());
                for (String word : row.names()) {
                    assertEquals(row, table.named(row.kind(), word.toUpperCase(Locale.ROOT)));
                }
            }
        }
    }

    @Test
    void keyLengthsGoInSteps() {
        Algorithm aes = row(DialectName.SOLARIS, EncryptionAlgorithm.AES_GCM_16);
        assertTrue(aes.allows(192) && !aes.allows(160) && !aes.allows(320));
        assertEquals(32, aes.saltBits());
        Algorithm ctr = row(DialectName.LINUX, EncryptionAlgorithm.AES_CTR);
        assertTrue(ctr.allows(160) && !ctr.allows(128));
        Algorithm des = row(DialectName.LINUX, EncryptionAlgorithm.DES_CBC);
        assertTrue(des.allows(64) && !des.allows(56));
    }

    private static Algorithm row(DialectName name, Code code) {
        return Objects.requireNonNull(AlgorithmTable.of(name).find(code));
    }
}
