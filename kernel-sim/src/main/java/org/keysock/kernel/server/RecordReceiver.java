package org.keysock.kernel.server;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Receives records from a SEQPACKET socket, with the descriptors passed along with each, many with
 * one call of recvmmsg(2). Everything less loses something: a reset by a peer that left unread
 * replies behind is reported once and hides the records after it, and descriptors that are not
 * taken are lost (docs/decisions/0001-transport.md).
 *
 * <p>A socket with {@link SystemCalls#passCredentials} gives every record a control message, so
 * that an empty record can be told from the end. Owned by the loop.
 */
final class RecordReceiver {

    /** Records received at once; others get their turn between two batches. */
    private static final int MOST = 32;

    /** Longer than any length a message can declare, so that a cut record contradicts its own. */
    private static final int CAPACITY = 65_536 * 8;

    /** The kernel passes at most 253 descriptors with one record: SCM_MAX_FD. */
    private static final int MAX_DESCRIPTORS = 253;

    private static final int CMSG_HEADER = 16;
    private static final int DESCRIPTORS_SPACE = align(CMSG_HEADER + 4 * MAX_DESCRIPTORS);
    private static final int CREDENTIALS_SPACE = align(CMSG_HEADER + 12);
    private static final int CONTROL = DESCRIPTORS_SPACE + CREDENTIALS_SPACE;

    private static final int MSG_CTRUNC = 8;
    private static final int MSG_DONTWAIT_CMSG_CLOEXEC = 0x4000_0040;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;

    private static final int HEADER_BYTES = 64;
    private static final int IOV = 16;
    private static final int IOV_COUNT = 24;
    private static final int CONTROL_ADDRESS = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int RECORD_LENGTH = 56;
    private static final int VECTOR_BYTES = 16;

    private final ByteBuffer headers = SystemCalls.memory(MOST * HEADER_BYTES);
    private final ByteBuffer vectors = SystemCalls.memory(MOST * VECTOR_BYTES);
    private final ByteBuffer controls = SystemCalls.memory(MOST * CONTROL);
    private final Memory space = new Memory((long) MOST * CAPACITY); // pages as they are needed
    private final ByteBuffer data =
            space.getByteBuffer(0, space.size()).order(ByteOrder.nativeOrder());
    private final ByteBuffer scratch = SystemCalls.memory(16);
    private final long scratchAddress = SystemCalls.address(scratch);
    private final long headersAddress = SystemCalls.address(headers);
    private final byte[] bytes = new byte[CAPACITY];
    private final int[] descriptors = new int[MAX_DESCRIPTORS];
    private int descriptorCount;
    private boolean descriptorsLost;
    private int received;
    private int taken;
    private boolean ended;

    RecordReceiver() {
        long dataAddress = Pointer.nativeValue(space);
        long vectorsAddress = SystemCalls.address(vectors);
        long controlsAddress = SystemCalls.address(controls);
        for (int each = 0; each < MOST; each++) {
            vectors.putLong(each * VECTOR_BYTES, dataAddress + (long) each * CAPACITY);
            vectors.putLong(each * VECTOR_BYTES + 8, CAPACITY);
            int header = each * HEADER_BYTES;
            headers.putLong(header + IOV, vectorsAddress + (long) each * VECTOR_BYTES);
            headers.putLong(header + IOV_COUNT, 1);
            headers.putLong(header + CONTROL_ADDRESS, controlsAddress + (long) each * CONTROL);
            headers.putLong(header + CONTROL_LENGTH, CONTROL);
        }
    }

    private static int align(int length) {
        return (length + 7) & ~7;
    }

    /** Receives what is there, up to a batch; {@link #next} hands it out. */
    void receive(int fd) {
        for (int each = 0; each < received; each++) {
            headers.putLong(each * HEADER_BYTES + CONTROL_LENGTH, CONTROL);
        }
        taken = 0;
        ended = false;
        do {
            received = SystemCalls.recvmmsg(fd, headersAddress, MOST, MSG_DONTWAIT_CMSG_CLOEXEC, 0);
        } while (received < 0 && SystemCalls.errno() == SystemCalls.ECONNRESET);
        if (received < 0) {
            received = 0;
            ended = SystemCalls.errno() != SystemCalls.EAGAIN;
        }
    }

    /**
     * Goes on to the next record of the batch and closes what descriptors are left of the one
     * before.
     *
     * @return its length, 0 for an empty one; -1 when the batch is over
     */
    int next() {
        closeDescriptors();
        if (taken == received) {
            return -1;
        }
        int record = taken++;
        int length = headers.getInt(record * HEADER_BYTES + RECORD_LENGTH);
        long controlLength = headers.getLong(record * HEADER_BYTES + CONTROL_LENGTH);
        if (length == 0 && controlLength == 0) {
            ended = true; // and so say all headers behind it
            taken = received;
            return -1;
        }
        takeDescriptors(record * CONTROL, controlLength);
        int flags = headers.getInt(record * HEADER_BYTES + FLAGS);
        descriptorsLost = descriptorCount == 0 && (flags & MSG_CTRUNC) != 0;
        data.get(record * CAPACITY, bytes, 0, length);
        return length;
    }

    /** Whether nothing will come after the batch. */
    boolean ended() {
        return ended;
    }

    private void takeDescriptors(int control, long controlLength) {
        int at = 0;
        while (at + CMSG_HEADER <= controlLength) {
            int length = (int) controls.getLong(control + at);
            if (length < CMSG_HEADER) {
                return;
            }
            if (controls.getInt(control + at + 8) == SOL_SOCKET
                    && controls.getInt(control + at + 12) == SCM_RIGHTS) {
                for (int each = at + CMSG_HEADER; each + 4 <= at + length; each += 4) {
                    descriptors[descriptorCount++] = controls.getInt(control + each);
                }
            }
            at += align(length);
        }
    }

    /** Holds the record last taken, until the next. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether descriptors came with the record; they wait to be acknowledged. */
    boolean descriptorsWait() {
        return descriptorCount > 0;
    }

    /** Whether descriptors came that this process had no room for. */
    boolean descriptorsLost() {
        return descriptorsLost;
    }

    /** Writes the errno to the first descriptor that came with the record, and closes them all. */
    void acknowledge(int errno) {
        SystemCalls.writeNow(descriptors[0], errno, scratch, scratchAddress);
        closeDescriptors();
    }

    /** Leaves the rest of the batch alone. */
    void discard() {
        while (next() >= 0) {
            // and its descriptors are closed
        }
    }

    private void closeDescriptors() {
        for (int each = 0; each < descriptorCount; each++) {
            SystemCalls.close(descriptors[each]);
        }
        descriptorCount = 0;
    }
}
