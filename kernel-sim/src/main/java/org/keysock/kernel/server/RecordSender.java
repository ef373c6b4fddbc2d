package org.keysock.kernel.server;

import java.nio.ByteBuffer;

/**
 * Sends records to a SEQPACKET socket, many with one call of sendmmsg(2): a receiver on the same
 * core then wakes once for all of them, not once for each. Owned by the loop.
 */
final class RecordSender {

    private static final int MOST = 64;

    /** As long as the longest record. */
    private static final int CAPACITY = 1 << 19;

    private static final int HEADER_BYTES = 64;
    private static final int IOV = 16;
    private static final int IOV_COUNT = 24;
    private static final int VECTOR_BYTES = 16;
    private static final int MSG_DONTWAIT_NOSIGNAL = 0x4040;

    private final ByteBuffer headers = SystemCalls.memory(MOST * HEADER_BYTES);
    private final ByteBuffer vectors = SystemCalls.memory(MOST * VECTOR_BYTES);
    private final ByteBuffer data = SystemCalls.memory(CAPACITY);
    private final long headersAddress = SystemCalls.address(headers);
    private final long dataAddress = SystemCalls.address(data);

    RecordSender() {
        long vectorsAddress = SystemCalls.address(vectors);
        for (int each = 0; each < MOST; each++) {
            headers.putLong(each * HEADER_BYTES + IOV, vectorsAddress + (long) each * VECTOR_BYTES);
            headers.putLong(each * HEADER_BYTES + IOV_COUNT, 1);
        }
    }

    /**
     * Sends some of the records, from the first on.
     *
     * @return how many were sent, at least one; or an errno, negative
     */
    int send(int fd, Iterable<byte[]> records) {
        int count = 0;
        int filled = 0;
        for (byte[] record : records) {
            if (count == MOST || record.length > CAPACITY - filled) {
                break;
            }
            data.put(filled, record);
            vectors.putLong(count * VECTOR_BYTES, dataAddress + filled);
            vectors.putLong(count * VECTOR_BYTES + 8, record.length);
            filled += record.length;
            count++;
        }
        int sent = SystemCalls.sendmmsg(fd, headersAddress, count, MSG_DONTWAIT_NOSIGNAL);
        return sent < 0 ? -SystemCalls.errno() : sent;
    }
}
