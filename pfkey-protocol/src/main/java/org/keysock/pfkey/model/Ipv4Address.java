package org.keysock.pfkey.model;

import java.nio.ByteBuffer;

/** An IPv4 address; {@code bits} holds it as a number, most significant byte first. */
public record Ipv4Address(int bits) implements IpAddress {

    /** 0.0.0.0. */
    public static final Ipv4Address ANY = new Ipv4Address(0);

    static Ipv4Address ofBytes(byte[] bytes) {
        return new Ipv4Address(ByteBuffer.wrap(bytes).getInt());
    }

    /** The address of four numbers, each 0 to 255. */
    public static Ipv4Address of(int a, int b, int c, int d) {
        return new Ipv4Address(a << 24 | b << 16 | c << 8 | d);
    }

    @Override
    public int bitLength() {
        return 32;
    }

    @Override
    public boolean unspecified() {
        return bits == 0;
    }

    @Override
    public boolean multicastOrBroadcast() {
        return (bits & 0xf0000000) == 0xe0000000 || bits == -1;
    }

    @Override
    public Ipv4Address masked(int prefixLength) {
        int kept = IpAddress.checkedPrefix(prefixLength, 32);
        return kept == 0 ? ANY : new Ipv4Address(bits & -1 << (32 - kept));
    }

    @Override
    public Ipv4Address any() {
        return ANY;
    }

    @Override
    public byte[] toBytes() {
        return ByteBuffer.allocate(4).putInt(bits).array();
    }

    /** The v4-mapped IPv6 form, {@code ::ffff:a.b.c.d}. */
    public Ipv6Address mapped() {
        return new Ipv6Address(0, 0xffff00000000L | Integer.toUnsignedLong(bits));
    }

    /** Dotted decimal. */
    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 255)
                + "."
                + (bits >>> 8 & 255)
                + "."
                + (bits & 255);
    }
}
