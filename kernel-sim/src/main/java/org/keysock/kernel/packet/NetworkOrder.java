package org.keysock.kernel.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in a byte array, most significant byte first. */
public final class NetworkOrder {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private NetworkOrder() {}

    /** 8 bits, unsigned. */
    public static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    /** 16 bits, unsigned. */
    public static int u16(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at) & 0xffff;
    }

    /** 32 bits. */
    public static int i32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    /** 64 bits. */
    public static long i64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Writes the lower 16 bits. */
    public static void put16(byte[] bytes, int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    /** Writes 32 bits. */
    public static void put32(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }

    /** Writes 64 bits. */
    public static void put64(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }
}
