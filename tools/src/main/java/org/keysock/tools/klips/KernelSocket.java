package org.keysock.tools.klips;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import org.keysock.pfkey.socket.ConnectionClosed;
import org.keysock.pfkey.socket.PfKeyConnection;

/**
 * A key socket of the emulator. A stream cannot fail a {@code write}, so that waits for the answer
 * with its type, number and process, and takes the errno in it for its own (klips.md 2.2); what it
 * has heard by then is there to be read.
 */
final class KernelSocket implements KeySocket {

    /** How long an answer may take; tests are less patient. */
    private static final String PATIENCE = "pfkey.klips.patience";

    private static final long PATIENCE_MILLIS = 10_000;
    private static final byte[] NOTHING = {};

    private static final int TYPE = 1;
    private static final int ERRNO = 2;
    private static final int SEQUENCE = 8;

    private final long patience = Long.getLong(PATIENCE, PATIENCE_MILLIS);
    private final PfKeyConnection connection;
    private final Deque<byte[]> heard = new ArrayDeque<>();

    KernelSocket(PfKeyConnection connection) {
        this.connection = connection;
    }

    @Override
    public int write(byte[] message) throws CallFailed {
        try {
            connection.sendRecord(message);
            long end = System.nanoTime() + patience * 1_000_000;
            while (true) {
                long left = Math.max((end - System.nanoTime()) / 1_000_000, 0);
                byte[] record = connection.receiveRecord(left);
                if (record == null) {
                    throw new CallFailed(LinuxErrno.ETIMEDOUT);
                }
                heard.add(record);
                if (answers(record, message)) {
                    if (record[ERRNO] != 0) {
                        throw new CallFailed(record[ERRNO] & 0xff);
                    }
                    return message.length;
                }
            }
        } catch (IOException e) {
            throw new CallFailed(LinuxErrno.ENETDOWN);
        }
    }

    /** All these tools use the same sequence numbers, so the process id tells them apart. */
    private static boolean answers(byte[] record, byte[] message) {
        return record[TYPE] == message[TYPE] && asker(record) == asker(message);
    }

    /** Sequence number and process id. */
    private static long asker(byte[] record) {
        return ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()).getLong(SEQUENCE);
    }

    @Override
    public byte[] read() throws CallFailed {
        byte[] first = heard.poll();
        if (first != null) {
            return first;
        }
        try {
            byte[] record = connection.receiveRecord(PfKeyConnection.FOREVER);
            return record == null ? NOTHING : record;
        } catch (ConnectionClosed e) {
            return NOTHING;
        } catch (IOException e) {
            throw new CallFailed(LinuxErrno.ENETDOWN);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            // nothing was left to be said on it
        }
    }
}
