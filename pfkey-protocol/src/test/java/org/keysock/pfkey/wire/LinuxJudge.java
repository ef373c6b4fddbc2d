package org.keysock.pfkey.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A second opinion on what Linux calls malformed, written down from the recordings and the sheet
 * without the codec: for little-endian messages.
 */
final class LinuxJudge {

    private static final int[] SHORTEST = {
        0, 16, 32, 32, 32, 8, 8, 8, 8, 8, 16, 16, 16, 8, 8, 8, 16, 8, 16, 16, 8, 8, 8, 8, 8, 8, 40
    };

    /** What send() or the answer says; null: nothing is malformed. */
    record Verdict(@Nullable String errno, boolean bySend) {}

    private LinuxJudge() {}

    static Verdict judge(byte[] bytes) {
        ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 16) {
            return new Verdict("EMSGSIZE", true);
        }
        int type = message.get(1) & 255;
        if (message.get(0) != 2 || message.getShort(6) != 0 || type == 0 || type > 24) {
            return new Verdict("EINVAL", true);
        }
        int words = message.getShort(4) & 0xffff;
        if (words < 2 || words != bytes.length / 8) {
            return new Verdict("EMSGSIZE", true);
        }
        BitSet seen = new BitSet();
        for (int at = 16; at < bytes.length; ) {
            if (bytes.length - at < 8 || !extensionGood(message, at, bytes.length, seen)) {
                return new Verdict("EINVAL", false);
            }
            at += 8 * (message.getShort(at) & 0xffff);
        }
        return new Verdict(null, false);
    }

    private static boolean extensionGood(ByteBuffer message, int at, int end, BitSet seen) {
        int length = 8 * (message.getShort(at) & 0xffff);
        int type = message.getShort(at + 2) & 0xffff;
        if (type == 0 || length == 0 || at + length > end) {
            return false;
        }
        if (type > 26) {
            return true;
        }
        if (length < SHORTEST[type] || seen.get(type)) {
            return false;
        }
        seen.set(type);
        return switch (type) {
            case 5, 6, 7, 23 -> addressGood(message, at, length);
            case 8, 9 -> (message.getShort(at + 4) & 0xffff) <= 8 * (length - 8);
            case 24 -> length == (8 + (message.getShort(at + 6) & 0xffff) + 7) / 8 * 8;
            default -> true;
        };
    }

    private static boolean addressGood(ByteBuffer message, int at, int length) {
        if (length < 16) {
            return false;
        }
        int prefix = message.get(at + 5) & 255;
        return switch (message.getShort(at + 8)) {
            case 2 -> length == 24 && prefix <= 32;
            case 10 -> length == 40 && prefix <= 128;
            default -> false;
        };
    }

    /** Whether the lengths of a message and of its extensions fit into one another. */
    static boolean lengthsAgree(byte[] bytes) {
        ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 16 || bytes.length != 8 * (message.getShort(4) & 0xffff)) {
            return false;
        }
        int at = 16;
        while (at < bytes.length && message.getShort(at) != 0) {
            at += 8 * (message.getShort(at) & 0xffff);
        }
        return at == bytes.length;
    }
}
