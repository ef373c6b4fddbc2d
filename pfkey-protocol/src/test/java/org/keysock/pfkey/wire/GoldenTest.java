package org.keysock.pfkey.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/** Every recorded message. */
class GoldenTest {

    private static Reading read(Golden.Sample sample) {
        return sample.reader().read(sample.bytes(), 0, sample.bytes().length);
    }

    private static byte[] bytes(SadbMessage message, Golden.Sample sample) {
        Sink sink = new Sink(filled(4096));
        assertTrue(new MessageWriter(sample.dialect()).write(message, sink), sample.toString());
        return sink.toBytes();
    }

    /** Room in which a byte that nobody wrote shows. */
    private static byte[] filled(int length) {
        byte[] room = new byte[length];
        Arrays.fill(room, (byte) 0xa5);
        return room;
    }

    @ParameterizedTest
    @MethodSource("org.keysock.pfkey.wire.Golden#folders")
    void wholeMessagesAreWrittenAsTheyWereRead(Golden.Folder folder) {
        int whole = 0;
        for (Golden.Sample sample : folder.samples()) {
            if (read(sample) instanceof Reading.Whole reading) {
                assertArrayEquals(
                        sample.bytes(), bytes(reading.message(), sample), sample.toString());
                assertNull(
                        sample.reader().validate(sample.bytes(), 0, sample.bytes().length),
                        sample.toString());
                whole++;
            }
        }
        assertTrue(whole > folder.least(), "only " + whole + " whole messages");
    }

    @ParameterizedTest
    @MethodSource("org.keysock.pfkey.wire.Golden#folders")
    void withoutReservedBitsAndSurplusTheBytesAreTheSame(Golden.Folder folder) {
        int plain = 0;
        for (Golden.Sample sample : folder.samples()) {
            if (read(sample) instanceof Reading.Whole reading) {
                SadbMessage message = reading.message();
                SadbMessage anew = SadbMessage.of(message.header(), message.extensions());
                byte[] canonical = bytes(anew, sample);
                if (message.verbatim() == null) {
                    assertArrayEquals(sample.bytes(), canonical, sample.toString());
                    plain++;
                } else {
                    MessageReader replies = MessageReader.ofReplies(sample.dialect());
                    Reading again = replies.read(canonical, 0, canonical.length);
                    assertEquals(anew, ((Reading.Whole) again).message(), sample.toString());
                    assertNull(((Reading.Whole) again).message().verbatim(), sample.toString());
                }
            }
        }
        assertTrue(plain > folder.least() * 5 / 8, "only " + plain + " plain messages");
    }

    @ParameterizedTest
    @MethodSource("org.keysock.pfkey.wire.Golden#folders")
    void properPrefixesAreRefused(Golden.Folder folder) {
        for (Golden.Sample sample : folder.samples()) {
            MessageReader reader = sample.reader();
            if (read(sample) instanceof Reading.Broken) {
                continue;
            }
            for (int length = 0; length < sample.bytes().length; length++) {
                byte[] prefix = Arrays.copyOf(sample.bytes(), length);
                assertNotNull(reader.validate(prefix, 0, length), sample + " cut to " + length);
                assertTrue(
                        reader.read(prefix, 0, length) instanceof Reading.Broken,
                        sample + " cut to " + length);
            }
        }
    }

    @Test
    void linuxRefusesWhatIsMalformedAndNothingElse() {
        int broken = 0;
        for (Golden.Sample sample : requests(DialectName.LINUX)) {
            LinuxJudge.Verdict verdict = LinuxJudge.judge(sample.bytes());
            if (read(sample) instanceof Reading.Broken reading) {
                assertEquals(verdict.errno(), sample.errno(), sample.toString());
                assertEquals(sample.errno(), reading.fault().errno().toString(), sample.toString());
                assertEquals(
                        sample.refusedBySend(), reading.fault().refusedBySend(), sample.toString());
                broken++;
            } else {
                assertNull(verdict.errno(), sample.toString());
                assertTrue(!sample.refusedBySend(), sample.toString());
            }
        }
        assertTrue(broken > 25, "only " + broken + " broken messages");
    }

    /** The one thing ipseckey lets pass that its kernel does not is a key of less than a byte. */
    @Test
    void solarisRefusesKeysOfOddBitsAndNothingElse() {
        int broken = 0;
        for (Golden.Sample sample : requests(DialectName.SOLARIS)) {
            Diagnostic expected = SolarisJudge.keys(sample.bytes());
            if (read(sample) instanceof Reading.Broken reading) {
                assertEquals(expected, reading.fault().diagnostic(), sample.toString());
                assertEquals(Errno.EINVAL, reading.fault().errno(), sample.toString());
                broken++;
            } else {
                assertNull(expected, sample.toString());
            }
        }
        assertTrue(broken > 5, "only " + broken + " broken messages");
    }

    @ParameterizedTest
    @MethodSource("org.keysock.pfkey.wire.Golden#folders")
    void repliesAreBrokenOnlyWhenTheirLengthsAre(Golden.Folder folder) {
        for (Golden.Sample sample : folder.samples()) {
            if (!sample.request()) {
                boolean whole = read(sample) instanceof Reading.Whole;
                assertEquals(LinuxJudge.lengthsAgree(sample.bytes()), whole, sample.toString());
            }
        }
    }

    private static List<Golden.Sample> requests(DialectName name) {
        return Golden.samples(name).stream().filter(Golden.Sample::request).toList();
    }
}
