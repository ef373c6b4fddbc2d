package org.keysock.pfkey.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.Reading;

/** No bytes make the codec throw, and what it takes for a message it can write again. */
class FuzzTest {

    private static final long SEED = Long.getLong("pfkey.seed", 20261121);

    /** One input for both readers of a dialect. */
    static void feed(Dialect dialect, byte[] bytes) {
        for (MessageReader reader :
                List.of(new MessageReader(dialect), MessageReader.ofReplies(dialect))) {
            Fault fault = reader.validate(bytes, 0, bytes.length);
            Reading reading = reader.read(bytes, 0, bytes.length);
            if (reading instanceof Reading.Broken broken) {
                assertEquals(fault, broken.fault());
                assertTrue(broken.offset() >= 0 && broken.offset() <= bytes.length);
            } else if (reading instanceof Reading.Whole whole) {
                Sink sink = new Sink();
                assertTrue(new MessageWriter(dialect).write(whole.message(), sink));
                assertArrayEquals(bytes, sink.toBytes());
                assertTrue(!whole.message().toString().isEmpty());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.keysock.pfkey.wire.RoundTripTest#dialects")
    void mutatedRecordings(Dialect dialect) {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        List<byte[]> samples = new ArrayList<>();
        for (DialectName name :
                List.of(DialectName.LINUX, DialectName.SOLARIS, DialectName.KLIPS)) {
            Golden.samples(name).forEach(sample -> samples.add(said(sample, dialect)));
        }
        for (int round = 0; round < 20_000; round++) {
            byte[] sample = samples.get(random.nextInt(samples.size()));
            feed(dialect, mutated(sample, dialect.order(), random));
        }
    }

    /** A recorded message as the dialect says it, or as it was recorded when it cannot. */
    private static byte[] said(Golden.Sample sample, Dialect dialect) {
        byte[] bytes = sample.bytes();
        if (sample.reader().read(bytes, 0, bytes.length) instanceof Reading.Whole whole) {
            byte[] written = new MessageWriter(dialect).toBytes(whole.message());
            return written == null ? bytes : written;
        }
        return bytes;
    }

    /** Mostly the length in the header is put right, so that more than the frame is tried. */
    private static byte[] mutated(byte[] sample, ByteOrder order, Random random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(sample.length + 24) : sample.length;
        byte[] bytes = Arrays.copyOf(sample, length);
        for (int flips = 1 + random.nextInt(6); flips > 0 && length > 0; flips--) {
            int place = random.nextInt(length);
            bytes[place] =
                    (byte)
                            switch (random.nextInt(4)) {
                                case 0 -> random.nextInt();
                                case 1 -> random.nextInt(32);
                                case 2 -> bytes[place] ^ (1 << random.nextInt(8));
                                default -> 0xff;
                            };
        }
        if (length >= 16 && random.nextInt(8) != 0) {
            ByteBuffer.wrap(bytes).order(order).putShort(4, (short) (length / 8));
        }
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("org.keysock.pfkey.wire.RoundTripTest#dialects")
    void randomBytes(Dialect dialect) {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(160)];
            random.nextBytes(bytes);
            if (bytes.length >= 16 && random.nextBoolean()) {
                bytes[0] = 2;
                bytes[1] = (byte) random.nextInt(26);
                ByteBuffer header = ByteBuffer.wrap(bytes).order(dialect.order());
                header.putShort(4, (short) (bytes.length / 8)).putShort(6, (short) 0);
            }
            feed(dialect, bytes);
        }
    }

    @Test
    void theLongestMessageThereIs() {
        Dialect dialect = Dialect.of(DialectName.LINUX, ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = new byte[8 * 0xffff];
        bytes[0] = 2;
        bytes[1] = 3;
        bytes[4] = (byte) 0xff;
        bytes[5] = (byte) 0xff;
        for (int place = 16; place < bytes.length; place += 8) {
            bytes[place] = 1;
            bytes[place + 2] = 99;
        }
        feed(dialect, bytes);
        Reading reading = new MessageReader(dialect).read(bytes, 0, bytes.length);
        assertEquals(0xffff - 2, ((Reading.Whole) reading).message().size());
    }
}
