package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Verbatim;

/**
 * Makes bytes of messages, in one dialect. What the dialect has no number for is left out or shown
 * as 0; a message that it has no type or SA type for is not written at all. A message that was read
 * in this dialect and byte order is written as it was read, set reserved bits and all.
 *
 * <p>A writer has no state and may be shared.
 */
public final class MessageWriter {

    private static final int MAX_WORDS = 0xffff;

    private final Dialect dialect;

    /** A writer of that dialect. */
    public MessageWriter(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The dialect that is written. */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Writes a message behind what is in the sink.
     *
     * @return whether the dialect can express the message; if not, nothing was written
     */
    public boolean write(SadbMessage message, Sink sink) {
        BaseHeader header = message.header();
        int type = dialect.messageTypes().number(header.type());
        int saType = dialect.saTypes().number(header.saType());
        if (type < 0 || saType < 0) {
            return false;
        }
        int start = sink.size();
        sink.hostOrder(dialect.order());
        sink.u8x4(header.version(), type, errno(header.errno()), saType);
        sink.pair16(0, header.reserved());
        sink.u32(header.sequence());
        sink.u32(header.pid());
        Verbatim verbatim = message.verbatim();
        for (int index = 0; index < message.size(); index++) {
            byte[] read =
                    verbatim == null
                            ? null
                            : verbatim.bytes(index, dialect.name(), dialect.order());
            if (read != null) {
                sink.copy(read);
            } else if (!write(message.extension(index), sink, header.saType())) {
                sink.truncate(start);
                return false;
            }
        }
        return finished(start, sink);
    }

    /** The bytes of a message, or null when the dialect cannot express it. */
    public byte @Nullable [] toBytes(SadbMessage message) {
        Sink sink = new Sink();
        return write(message, sink) ? sink.toBytes() : null;
    }

    /** An error must not become a success because the other system has no number for it. */
    private int errno(Errno errno) {
        return dialect.errnos().number(errno, dialect.errnos().number(Errno.EINVAL));
    }

    /** Writes an extension, or nothing when the dialect lacks it; false when it is too long. */
    private boolean write(Extension extension, Sink sink, SaType saType) {
        if (extension instanceof Extension.Enclosed enclosed) {
            return !dialect.encloses() || write(enclosed.message(), sink);
        }
        int number = dialect.extensionTypes().number(extension.type());
        if (number < 0) {
            return true;
        }
        int start = sink.size();
        sink.pair16(0, number);
        if (extension instanceof Extension.Opaque opaque) {
            sink.copy(opaque.body());
        } else {
            ExtensionRow row = dialect.requests().row(number);
            if (row == null || !row.expresses(extension)) {
                sink.truncate(start);
                return true;
            }
            row.codec().write(extension, sink, saType);
        }
        sink.pad8(start);
        int words = (sink.size() - start) >> 3;
        sink.put16(start, words);
        return words <= MAX_WORDS;
    }

    private static boolean finished(int start, Sink sink) {
        int words = (sink.size() - start) >> 3;
        if (words > MAX_WORDS) {
            sink.truncate(start);
            return false;
        }
        sink.put16(start + 4, words);
        return true;
    }
}
