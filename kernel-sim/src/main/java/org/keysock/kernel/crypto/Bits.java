package org.keysock.kernel.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order, and comparison in constant time. */
final class Bits {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Bits() {}

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    /** Compares {@code length} bytes, looking at all of them whatever they are. */
    static boolean same(byte[] ours, byte[] theirs, int at, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= ours[i] ^ theirs[at + i];
        }
        return difference == 0;
    }
}
