package org.keysock.pfkey.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.keysock.pfkey.model.KeyMaterial;

/**
 * A growing array that messages are written into, one behind the other. Every byte up to {@link
 * #size()} has been written; what stood in the array before shows nowhere.
 */
public final class Sink {

    private static final VarHandle NATIVE_16 = view(short[].class);
    private static final VarHandle NATIVE_32 = view(int[].class);
    private static final VarHandle NATIVE_64 = view(long[].class);
    private static final boolean NATIVE_BIG = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private boolean swapHost;
    private boolean hostBig = NATIVE_BIG;
    private byte[] bytes;
    private int size;

    /** An empty sink with room for a usual message. */
    public Sink() {
        this(1024);
    }

    /** An empty sink with room for that many bytes before it must grow. */
    public Sink(int capacity) {
        this(new byte[capacity]);
    }

    /** An empty sink that writes into {@code room} as long as it suffices. */
    public Sink(byte[] room) {
        bytes = room;
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.nativeOrder());
    }

    /** The array that holds what was written: its first {@link #size()} bytes. Not a copy. */
    public byte[] array() {
        return bytes;
    }

    /** Bytes written. */
    public int size() {
        return size;
    }

    /** Forgets what was written, keeps the room. */
    public void clear() {
        size = 0;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Forgets what was written from that size on. */
    void truncate(int newSize) {
        size = newSize;
    }

    /** Sets the byte order of the host whose messages follow. */
    void hostOrder(ByteOrder order) {
        swapHost = order != ByteOrder.nativeOrder();
        hostBig = order == ByteOrder.BIG_ENDIAN;
    }

    private int grow(int count) {
        int at = size;
        if (count > bytes.length - at) {
            bytes = Arrays.copyOf(bytes, Math.max(at + count, 2 * bytes.length));
        }
        size = at + count;
        return at;
    }

    void u8(int value) {
        int at = grow(1);
        bytes[at] = (byte) value;
    }

    /** Host order. */
    void u16(int value) {
        int at = grow(2);
        put16(at, value);
    }

    /** Host order, over what was written before. */
    void put16(int at, int value) {
        short bits = (short) value;
        NATIVE_16.set(bytes, at, swapHost ? Short.reverseBytes(bits) : bits);
    }

    /** Two 16-bit fields in host order. */
    void pair16(int first, int second) {
        int at = grow(4);
        putPair16(at, first, second);
    }

    /** Two 16-bit fields in host order, over what was written before. */
    void putPair16(int at, int first, int second) {
        int value = (second << 16) | (first & 0xffff);
        int placed = hostBig ? Integer.rotateLeft(value, 16) : value;
        NATIVE_32.set(bytes, at, swapHost ? Integer.reverseBytes(placed) : placed);
    }

    /** Four 8-bit fields. */
    void u8x4(int first, int second, int third, int fourth) {
        u32be((first << 24) | ((second & 0xff) << 16) | ((third & 0xff) << 8) | (fourth & 0xff));
    }

    /** Host order. */
    void u32(int value) {
        int at = grow(4);
        NATIVE_32.set(bytes, at, swapHost ? Integer.reverseBytes(value) : value);
    }

    /** Host order. */
    void u64(long value) {
        int at = grow(8);
        NATIVE_64.set(bytes, at, swapHost ? Long.reverseBytes(value) : value);
    }

    /** Network order. */
    void u16be(int value) {
        int at = grow(2);
        short bits = (short) value;
        NATIVE_16.set(bytes, at, NATIVE_BIG ? bits : Short.reverseBytes(bits));
    }

    /** Network order. */
    void u32be(int value) {
        int at = grow(4);
        NATIVE_32.set(bytes, at, NATIVE_BIG ? value : Integer.reverseBytes(value));
    }

    /** Network order. */
    void u64be(long value) {
        int at = grow(8);
        NATIVE_64.set(bytes, at, NATIVE_BIG ? value : Long.reverseBytes(value));
    }

    /** Bytes without meaning: zeros. */
    void reserved(int count) {
        int place = grow(count);
        if (count == 8) {
            NATIVE_64.set(bytes, place, 0L);
        } else if (count == 4) {
            NATIVE_32.set(bytes, place, 0);
        } else if (count == 2) {
            NATIVE_16.set(bytes, place, (short) 0);
        } else {
            for (int end = place + count; place < end; place++) {
                bytes[place] = 0;
            }
        }
    }

    void copy(byte[] source) {
        int at = grow(source.length);
        System.arraycopy(source, 0, bytes, at, source.length);
    }

    void key(KeyMaterial key) {
        int at = grow(key.length());
        key.revealInto(bytes, at);
    }

    /** Text, one byte a character; characters beyond Latin-1 become question marks. */
    void latin1(String text) {
        copy(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Zeros up to the next multiple of 8 bytes since {@code start}. */
    void pad8(int start) {
        int over = (size - start) & 7;
        if (over != 0) {
            reserved(8 - over);
        }
    }
}
