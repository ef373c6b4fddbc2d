package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.pfkey.wire.MessageWriter;

/** Solaris bytes of a little-endian host, for tests of what stands on the wire. */
final class Wire {

    private static final Dialect SOLARIS = Dialect.of(DialectName.SOLARIS, ByteOrder.LITTLE_ENDIAN);
    private static final int LENGTH_AT = 4;

    private Wire() {}

    /** The reading of a record in hexadecimal, blanks allowed. */
    static Reading read(String hex) {
        return read(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    static Reading read(byte[] record) {
        return new MessageReader(SOLARIS).read(record, 0, record.length);
    }

    static byte[] bytes(SadbMessage message) {
        byte[] written = new MessageWriter(SOLARIS).toBytes(message);
        assertNotNull(written);
        return written;
    }

    static String hex(SadbMessage message) {
        return HexFormat.of().formatHex(bytes(message));
    }

    /** A message with more extensions behind it, in hexadecimal; its length is set right. */
    static Reading extended(Ask ask, String extensions) {
        byte[] head = bytes(ask.message());
        byte[] tail = HexFormat.of().parseHex(extensions.replaceAll("\\s", ""));
        byte[] whole = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        whole[LENGTH_AT] = (byte) (whole.length / 8);
        whole[LENGTH_AT + 1] = (byte) (whole.length >> 11);
        return read(whole);
    }
}
