package org.keysock.kernel.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Requests and answers of packets.sock, written down independently of the server's own code. */
record PushedPacket(int direction, int outcome, int tag, String verdict, byte[] packet) {

    static byte[] request(int direction, int tag, byte[] packet) {
        return ByteBuffer.allocate(12 + packet.length)
                .putInt(12 + packet.length)
                .put((byte) direction)
                .put(new byte[3])
                .putInt(tag)
                .put(packet)
                .array();
    }

    static PushedPacket answer(byte[] record) {
        ByteBuffer buffer = ByteBuffer.wrap(record);
        if (buffer.getInt() != record.length) {
            throw new AssertionError(record.length + " bytes, not " + buffer.getInt(0));
        }
        int direction = buffer.get();
        int outcome = buffer.get();
        byte[] verdict = new byte[buffer.getShort()];
        int tag = buffer.getInt();
        byte[] packet = new byte[buffer.get(verdict).remaining()];
        buffer.get(packet);
        return new PushedPacket(
                direction, outcome, tag, new String(verdict, StandardCharsets.US_ASCII), packet);
    }

    /** An IPv4 packet with UDP from 10.0.0.1 to 10.0.0.2, ports 1000 and 2000. */
    static byte[] udp4(int payload) {
        int length = 28 + payload;
        ByteBuffer packet = ByteBuffer.allocate(length);
        packet.putShort((short) 0x4500).putShort((short) length).putInt(0x0001_0000);
        packet.putInt(0x4011_0000).putInt(0x0a00_0001).putInt(0x0a00_0002);
        int sum = 0;
        for (int at = 0; at < 20; at += 2) {
            sum += packet.getChar(at);
        }
        packet.putShort(10, (short) ~(sum + (sum >>> 16)));
        packet.putShort((short) 1000).putShort((short) 2000).putShort((short) (8 + payload));
        packet.putShort((short) 0);
        for (int at = 0; at < payload; at++) {
            packet.put((byte) at);
        }
        return packet.array();
    }
}
