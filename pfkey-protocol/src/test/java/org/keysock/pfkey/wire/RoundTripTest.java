package org.keysock.pfkey.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/** What is written is read again, in every dialect and both byte orders. */
class RoundTripTest {

    private static final long SEED = Long.getLong("pfkey.seed", 20261121);
    private static final int MESSAGES = 3000;

    /** First all of one byte order, then all of the other. */
    private static final List<Dialect> DIALECTS = made();

    static Stream<Dialect> dialects() {
        return DIALECTS.stream();
    }

    private static List<Dialect> made() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                .flatMap(
                        order ->
                                Stream.of(
                                        Dialect.of(DialectName.RFC2367, order),
                                        Dialect.of(DialectName.SOLARIS, order),
                                        Dialect.of(DialectName.LINUX, order),
                                        Dialect.of(DialectName.KLIPS, order),
                                        Dialect.klips(KlipsForm.MODERN, order),
                                        Dialect.klips(KlipsForm.LIBRESWAN, order)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void randomMessagesSurvive(Dialect dialect) {
        System.out.println("seed " + SEED);
        RandomMessages messages = new RandomMessages(dialect, SEED);
        MessageWriter writer = new MessageWriter(dialect);
        List<MessageReader> readers =
                List.of(new MessageReader(dialect), MessageReader.ofReplies(dialect));
        for (int count = 0; count < MESSAGES; count++) {
            SadbMessage message = messages.next();
            byte[] room = new byte[16384];
            Arrays.fill(room, (byte) 0xa5);
            Sink sink = new Sink(room);
            assertTrue(writer.write(message, sink));
            byte[] bytes = sink.toBytes();
            Sink growing = new Sink(1);
            writer.write(message, growing);
            assertArrayEquals(bytes, growing.toBytes(), "bytes do not depend on the room");
            assertEquals(bytes.length, readers.get(0).declaredLength(bytes, 0));
            for (MessageReader reader : readers) {
                Fault fault = reader.validate(bytes, 0, bytes.length);
                assertNull(fault, () -> message + " " + fault);
                Reading reading = reader.read(bytes, 0, bytes.length);
                SadbMessage read = ((Reading.Whole) reading).message();
                if (reader == readers.get(0) || dialect.name() != DialectName.SOLARIS) {
                    assertEquals(message, read);
                }
                assertNull(read.verbatim(), () -> "more than was written in " + message);
                sink.clear();
                writer.write(read, sink);
                assertArrayEquals(bytes, sink.toBytes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void theOtherByteOrderIsTheSameMessage(Dialect dialect) {
        int half = DIALECTS.size() / 2;
        Dialect swapped = DIALECTS.get((DIALECTS.indexOf(dialect) + half) % DIALECTS.size());
        RandomMessages messages = new RandomMessages(dialect, SEED + 1);
        for (int count = 0; count < 200; count++) {
            SadbMessage message = messages.next();
            Sink sink = new Sink();
            assertTrue(new MessageWriter(swapped).write(message, sink));
            byte[] bytes = sink.toBytes();
            Reading reading = new MessageReader(swapped).read(bytes, 0, bytes.length);
            assertEquals(message, ((Reading.Whole) reading).message());
            assertTrue(
                    new MessageReader(dialect).read(bytes, 0, bytes.length)
                            instanceof Reading.Broken,
                    "lengths do not fit in the other order");
        }
    }
}
