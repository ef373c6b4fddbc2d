package org.keysock.pfkey.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Diagnostic;

/** A second opinion on what Solaris says to the keys of a little-endian message. */
final class SolarisJudge {

    private SolarisJudge() {}

    /** The diagnostic of the first key whose bits and length disagree, or null. */
    static @Nullable Diagnostic keys(byte[] bytes) {
        ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 16; at < bytes.length; at += 8 * message.getShort(at)) {
            int type = message.getShort(at + 2);
            if (type == 8 || type == 9) {
                int wholeBytes = (message.getShort(at + 4) & 0xffff) / 8;
                int words = 1 + (wholeBytes + 7) / 8;
                if (message.getShort(at + 4) == 0 || words != message.getShort(at)) {
                    return type == 8 ? Diagnostic.MALFORMED_AKEY : Diagnostic.MALFORMED_EKEY;
                }
            }
        }
        return null;
    }
}
