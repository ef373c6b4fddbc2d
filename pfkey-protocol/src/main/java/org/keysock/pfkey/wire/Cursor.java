package org.keysock.pfkey.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.keysock.pfkey.model.KeyMaterial;

/**
 * Reads a stretch of a byte array from front to back. Nothing is read behind the end of the
 * stretch: that is our own error, since lengths are checked before, and an IllegalStateException.
 *
 * <p>A cursor remembers whether it passed a bit that has no meaning and was set, see {@link
 * #strange()}.
 */
final class Cursor {

    private static final VarHandle NATIVE_16 = view(short[].class);
    private static final VarHandle NATIVE_32 = view(int[].class);
    private static final VarHandle NATIVE_64 = view(long[].class);
    private static final boolean NATIVE_BIG = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private final boolean swapHost;
    private final boolean hostBig;
    private byte[] bytes = {};
    private int position;
    private int limit;
    private boolean strange;

    /** A cursor for messages of a host of the given byte order. */
    Cursor(ByteOrder hostOrder) {
        this.swapHost = hostOrder != ByteOrder.nativeOrder();
        this.hostBig = hostOrder == ByteOrder.BIG_ENDIAN;
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.nativeOrder());
    }

    /** Turns to another array; the stretch is empty until {@link #narrow}. */
    void over(byte[] newBytes) {
        if (bytes != newBytes) { // mostly the same array again: spare the collector's barrier
            bytes = newBytes;
        }
        position = 0;
        limit = 0;
        strange = false;
    }

    /**
     * Turns to the stretch from {@code from} to before {@code to}; nothing strange was seen yet.
     */
    void narrow(int from, int to) {
        position = from;
        limit = to;
        strange = false;
    }

    /** Goes back to a place passed before. */
    void back(int place) {
        position = place;
    }

    /** Place in the array. */
    int position() {
        return position;
    }

    /** Bytes left. */
    int remaining() {
        return limit - position;
    }

    /**
     * Whether a bit without meaning was set among what was passed, or more than padding is left.
     */
    boolean strange() {
        if (!strange && limit != position) {
            strange = limit - position >= 8;
            reserved(limit - position);
        }
        return strange;
    }

    /** Says that what was passed is not what would be written for it. */
    void markStrange() {
        strange = true;
    }

    private int pass(int count) {
        int at = position;
        if (count > limit - at) {
            throw tooFar(count);
        }
        position = at + count;
        return at;
    }

    private IllegalStateException tooFar(int count) {
        return new IllegalStateException("reading " + count + " of " + remaining() + " bytes");
    }

    int u8() {
        return bytes[pass(1)] & 0xff;
    }

    /** Host order. */
    int u16() {
        short value = (short) NATIVE_16.get(bytes, pass(2));
        return (swapHost ? Short.reverseBytes(value) : value) & 0xffff;
    }

    /** Host order. */
    int u32() {
        int value = (int) NATIVE_32.get(bytes, pass(4));
        return swapHost ? Integer.reverseBytes(value) : value;
    }

    /** Host order. */
    long u64() {
        long value = (long) NATIVE_64.get(bytes, pass(8));
        return swapHost ? Long.reverseBytes(value) : value;
    }

    /** Network order. */
    int u16be() {
        short value = (short) NATIVE_16.get(bytes, pass(2));
        return (NATIVE_BIG ? value : Short.reverseBytes(value)) & 0xffff;
    }

    /** Network order. */
    int u32be() {
        int value = (int) NATIVE_32.get(bytes, pass(4));
        return NATIVE_BIG ? value : Integer.reverseBytes(value);
    }

    /** Network order. */
    long u64be() {
        long value = (long) NATIVE_64.get(bytes, pass(8));
        return NATIVE_BIG ? value : Long.reverseBytes(value);
    }

    /** A byte ahead of the position, which stays. */
    int peek8(int ahead) {
        if (ahead >= limit - position) {
            throw tooFar(ahead + 1);
        }
        return bytes[position + ahead] & 0xff;
    }

    /** Two bytes in host order ahead of the position, which stays. */
    int peek16(int ahead) {
        if (ahead + 1 >= limit - position) {
            throw tooFar(ahead + 2);
        }
        short value = (short) NATIVE_16.get(bytes, position + ahead);
        return (swapHost ? Short.reverseBytes(value) : value) & 0xffff;
    }

    /**
     * Two 16-bit fields in host order at a place in the array, wherever the cursor is: the first in
     * the low half, the second in the high half.
     */
    int pair16(int place) {
        int value = (int) NATIVE_32.get(bytes, place);
        if (swapHost) {
            value = Integer.reverseBytes(value);
        }
        return hostBig ? Integer.rotateLeft(value, 16) : value;
    }

    /** Passes bytes that should be zero. */
    void reserved(int count) {
        int place = pass(count);
        if (count == 8) {
            strange |= (long) NATIVE_64.get(bytes, place) != 0;
        } else if (count == 4) {
            strange |= (int) NATIVE_32.get(bytes, place) != 0;
        } else if (count == 2) {
            strange |= (short) NATIVE_16.get(bytes, place) != 0;
        } else {
            strange |= !zero(place, place + count);
        }
    }

    private boolean zero(int from, int to) {
        int set = 0;
        for (int place = from; place < to; place++) {
            set |= bytes[place];
        }
        return set == 0;
    }

    /** Passes two 16-bit fields in host order: the first in the low half, the second above it. */
    int pair16() {
        return pair16(pass(4));
    }

    /** Says that something strange was passed, if so. */
    void strangeIf(boolean set) {
        strange |= set;
    }

    /** Passes bytes that do not matter. */
    void skip(int count) {
        pass(count);
    }

    /** A copy of the next bytes. */
    byte[] copy(int count) {
        byte[] copied = new byte[count];
        System.arraycopy(bytes, pass(count), copied, 0, count);
        return copied;
    }

    /** A copy of bytes before or behind the position, by their place in the array. */
    byte[] copyAt(int from, int to) {
        byte[] copied = new byte[to - from];
        System.arraycopy(bytes, from, copied, 0, to - from);
        return copied;
    }

    /** The next bytes as key material. */
    KeyMaterial key(int count) {
        int at = pass(count);
        return KeyMaterial.of(bytes, at, count);
    }

    /** Bytes from the position to the next zero byte, or all that are left when there is none. */
    int beforeNul() {
        int end = position;
        while (end < limit && bytes[end] != 0) {
            end++;
        }
        return end - position;
    }

    /** The next bytes as text, one character each. */
    String latin1(int count) {
        return new String(bytes, pass(count), count, StandardCharsets.ISO_8859_1);
    }
}
