package org.keysock.kernel.server;

import java.nio.ByteBuffer;

/**
 * Receives one record from a SEQPACKET socket, with the descriptors passed along. It is one call of
 * recvmsg(2), because everything less loses something: a reset by a peer that left unread replies
 * behind is reported once and hides the records after it, and descriptors that are not taken are
 * lost (docs/decisions/0001-transport.md).
 *
 * <p>A socket with {@link SystemCalls#passCredentials} gives every record a control message, so
 * that an empty record can be told from the end. Owned by the loop.
 */
final class RecordReceiver {

    /** Nothing is there now. */
    static final int NOTHING = -1;

    /** Nothing will come any more. */
    static final int END = -2;

    /** Longer than any length a message can declare, so that a cut record contradicts its own. */
    private static final int CAPACITY = 65_536 * 8;

    /** The kernel passes at most 253 descriptors with one record: SCM_MAX_FD. */
    private static final int MAX_DESCRIPTORS = 253;

    private static final int CMSG_HEADER = 16;
    private static final int DESCRIPTORS_SPACE = align(CMSG_HEADER + 4 * MAX_DESCRIPTORS);
    private static final int CREDENTIALS_SPACE = align(CMSG_HEADER + 12);
    private static final int CONTROL = DESCRIPTORS_SPACE + CREDENTIALS_SPACE;

    private static final int MSG_DONTWAIT_CMSG_CLOEXEC = 0x4000_0040;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;

    private static final int HEADER_BYTES = 56;
    private static final int IOV = 16;
    private static final int IOV_COUNT = 24;
    private static final int CONTROL_ADDRESS = 32;
    private static final int CONTROL_LENGTH = 40;

    private final ByteBuffer header = SystemCalls.memory(HEADER_BYTES);
    private final ByteBuffer vector = SystemCalls.memory(16);
    private final ByteBuffer control = SystemCalls.memory(CONTROL);
    private final ByteBuffer data = SystemCalls.memory(CAPACITY);
    private final ByteBuffer scratch = SystemCalls.memory(16);
    private final long scratchAddress = SystemCalls.address(scratch);
    private final long headerAddress = SystemCalls.address(header);
    private final byte[] bytes = new byte[CAPACITY];
    private final int[] descriptors = new int[MAX_DESCRIPTORS];
    private int descriptorCount;

    RecordReceiver() {
        vector.putLong(0, SystemCalls.address(data)).putLong(8, CAPACITY);
        header.putLong(IOV, SystemCalls.address(vector)).putLong(IOV_COUNT, 1);
        header.putLong(CONTROL_ADDRESS, SystemCalls.address(control));
    }

    private static int align(int length) {
        return (length + 7) & ~7;
    }

    /**
     * Receives a record.
     *
     * @return its length, 0 for an empty one, or {@link #NOTHING} or {@link #END}
     */
    int receive(int fd) {
        long length;
        do {
            header.putLong(CONTROL_LENGTH, CONTROL);
            length = SystemCalls.recvmsg(fd, headerAddress, MSG_DONTWAIT_CMSG_CLOEXEC);
        } while (length < 0 && SystemCalls.errno() == SystemCalls.ECONNRESET);
        descriptorCount = 0;
        if (length < 0) {
            return SystemCalls.errno() == SystemCalls.EAGAIN ? NOTHING : END;
        }
        long controlLength = header.getLong(CONTROL_LENGTH);
        if (length == 0 && controlLength == 0) {
            return END;
        }
        takeDescriptors(controlLength);
        data.get(0, bytes, 0, (int) length);
        return (int) length;
    }

    private void takeDescriptors(long controlLength) {
        int at = 0;
        while (at + CMSG_HEADER <= controlLength) {
            int length = (int) control.getLong(at);
            if (length < CMSG_HEADER) {
                return;
            }
            if (control.getInt(at + 8) == SOL_SOCKET && control.getInt(at + 12) == SCM_RIGHTS) {
                for (int each = at + CMSG_HEADER; each + 4 <= at + length; each += 4) {
                    descriptors[descriptorCount++] = control.getInt(each);
                }
            }
            at += align(length);
        }
    }

    /** Holds the record last received, until the next. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether descriptors came with the record; they wait to be acknowledged. */
    boolean descriptorsWait() {
        return descriptorCount > 0;
    }

    /** Writes the errno to the first descriptor that came with the record, and closes them all. */
    void acknowledge(int errno) {
        SystemCalls.writeNow(descriptors[0], errno, scratch, scratchAddress);
        closeDescriptors();
    }

    /** Closes the descriptors that came with the record. Harmless when repeated. */
    void closeDescriptors() {
        for (int each = 0; each < descriptorCount; each++) {
            SystemCalls.close(descriptors[each]);
        }
        descriptorCount = 0;
    }
}
