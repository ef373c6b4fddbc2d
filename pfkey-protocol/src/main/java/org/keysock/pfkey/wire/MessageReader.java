package org.keysock.pfkey.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Verbatim;

/**
 * Makes messages of bytes, in one dialect. The first fault in the order of that dialect's kernel
 * wins. No bytes whatever make it throw.
 *
 * <p>A reader keeps its working state between calls and belongs to one thread.
 */
public final class MessageReader {

    private static final int NO_EXTENSION = -1;

    private final Dialect dialect;
    private final Grammar grammar;
    private final Cursor cursor;
    private Reading.Raw lastRaw = new Reading.Raw(new byte[0], 0, 0);

    /** Where the walk over a message stands, or at a fault has stopped. */
    private int at;

    /** Number of the extension there; {@link #NO_EXTENSION} in a base header. */
    private int atNumber;

    /** Bytes of the extensions that their records do not tell; null while there are none. */
    private byte @Nullable [] @Nullable [] strange;

    /** A reader of what clients write, as strict as the dialect's kernel. */
    public MessageReader(Dialect dialect) {
        this(dialect, dialect.requests());
    }

    private MessageReader(Dialect dialect, Grammar grammar) {
        this.dialect = dialect;
        this.grammar = grammar;
        this.cursor = new Cursor(dialect.order());
    }

    /**
     * A reader of what kernels write. It refuses only what cannot be told apart, and carries what
     * makes no sense as {@link Extension.Opaque}.
     */
    public static MessageReader ofReplies(Dialect dialect) {
        return new MessageReader(dialect, dialect.replies());
    }

    /** The dialect that is read. */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * The length in bytes that a base header declares, for cutting messages out of a stream; -1
     * when it declares fewer than its own 16 bytes, so that nothing can follow it.
     *
     * @param offset where 16 bytes of base header begin
     * @throws IndexOutOfBoundsException if they do not all lie inside {@code buffer}
     */
    public int declaredLength(byte[] buffer, int offset) {
        Objects.checkFromIndexSize(offset, BaseHeader.BYTES, buffer.length);
        cursor.over(buffer);
        cursor.narrow(offset, offset + BaseHeader.BYTES);
        int words = cursor.peek16(4);
        return words < 2 ? -1 : 8 * words;
    }

    /**
     * Why a record is not a message, or null when it is one. Builds nothing and allocates nothing.
     *
     * @throws IndexOutOfBoundsException if the record does not lie inside {@code buffer}
     */
    public @Nullable Fault validate(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        cursor.over(buffer);
        int end = offset + length;
        Fault fault = frame(offset, end);
        if (fault != null) {
            return fault;
        }
        int start = offset;
        if (encloses(offset, end)) {
            start += BaseHeader.BYTES;
            fault = enclosedFrame(start, end);
        }
        return fault != null ? fault : walk(start, end, null, SaType.UNSPEC);
    }

    /**
     * Reads a record. The reading's raw bytes are a slice of {@code buffer}; the message keeps
     * nothing of it.
     *
     * @throws IndexOutOfBoundsException if the record does not lie inside {@code buffer}
     */
    public Reading read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        cursor.over(buffer);
        int end = offset + length;
        Reading.Raw raw = raw(buffer, offset, length);
        Fault fault = frame(offset, end);
        if (fault != null) {
            return broken(fault, raw);
        }
        if (encloses(offset, end)) {
            return enclosing(raw, offset + BaseHeader.BYTES, end);
        }
        BaseHeader header = header(offset);
        Extension[] extensions = new Extension[count(offset, end)];
        fault = walk(offset, end, extensions, header.saType());
        return fault != null
                ? broken(fault, raw)
                : new Reading.Whole(message(header, extensions), raw);
    }

    /**
     * The base header of a record, whatever else is in it.
     *
     * @throws IndexOutOfBoundsException if the record is shorter than a base header
     */
    public BaseHeader header(byte[] record) {
        Objects.checkFromIndexSize(0, BaseHeader.BYTES, record.length);
        cursor.over(record);
        return header(0);
    }

    /** Reads a record whose enclosed message starts at {@code start}. */
    private Reading enclosing(Reading.Raw raw, int start, int end) {
        Fault fault = enclosedFrame(start, end);
        if (fault != null) {
            return broken(fault, raw, ExtensionType.X_ENCLOSED);
        }
        BaseHeader header = header(start);
        Extension[] extensions = new Extension[count(start, end)];
        fault = walk(start, end, extensions, header.saType());
        if (fault != null) {
            return broken(fault, raw);
        }
        Extension enclosed = new Extension.Enclosed(message(header, extensions));
        return new Reading.Whole(SadbMessage.of(header(raw.offset()), enclosed), raw);
    }

    private @Nullable Fault frame(int start, int end) {
        at = start;
        atNumber = NO_EXTENSION;
        cursor.narrow(start, end);
        return grammar.framing().check(cursor, end - start);
    }

    /** Whether the message has another message where others have extensions. */
    private boolean encloses(int start, int end) {
        if (!dialect.encloses() || end - start == BaseHeader.BYTES) {
            return false;
        }
        cursor.narrow(start, end);
        return dialect.messageTypes().code(cursor.peek8(1)) == MessageType.X_PROMISC;
    }

    /** An enclosed message must not enclose another one. */
    private @Nullable Fault enclosedFrame(int start, int end) {
        Fault fault = frame(start, end);
        return fault == null && encloses(start, end) ? grammar.faults().length() : fault;
    }

    /** How many extensions there are, as far as their lengths make sense. */
    private int count(int start, int end) {
        int count = 0;
        int place = start + BaseHeader.BYTES;
        while (end - place >= 8) {
            int length = (cursor.pair16(place) & 0xffff) << 3;
            if (length == 0) {
                break;
            }
            place += length;
            count++;
        }
        return count;
    }

    /**
     * Checks the extensions of a message in their order, and reads them unless {@code into} is
     * null.
     */
    private @Nullable Fault walk(int start, int end, Extension @Nullable [] into, SaType saType) {
        MessageRules rules = grammar.rules();
        int message = 0;
        if (rules != null) {
            cursor.narrow(start, end);
            message = cursor.peek8(1);
            Fault fault = rules.header(cursor);
            if (fault != null) {
                return fault;
            }
        }
        long seen = 0;
        int place = start + BaseHeader.BYTES;
        for (int index = 0; place < end; index++) {
            at = place;
            if (end - place < 8) {
                atNumber = NO_EXTENSION;
                return grammar.faults().length();
            }
            int head = cursor.pair16(place);
            int number = head >>> 16;
            atNumber = number;
            int next = place + ((head & 0xffff) << 3);
            ExtensionRow row = grammar.row(number);
            Fault fault;
            if (row == null) {
                fault = grammar.faults().stray(number, next - place, end - place);
            } else {
                fault = check(row, place, next, end, (seen >>> number & 1) != 0, message);
                seen |= 1L << number;
            }
            if (fault != null) {
                return fault;
            }
            if (into != null) {
                cursor.narrow(place + Grammar.EXTENSION_HEADER, next);
                into[index] = row == null ? stray(number) : row.codec().read(cursor, saType);
                if (cursor.strange()) {
                    keep(index, into.length, place, next);
                }
            }
            place = next;
        }
        return rules == null ? null : rules.whole(cursor, start, end, seen);
    }

    /**
     * Checks a known extension: its length, whether it is the first, whether a message of that
     * number may have it, its content.
     */
    private @Nullable Fault check(
            ExtensionRow row, int place, int next, int end, boolean again, int message) {
        if (next == place || next > end) {
            return grammar.faults().length();
        }
        if (again && row.duplicate() != null) {
            return row.duplicate();
        }
        MessageRules rules = grammar.rules();
        Fault forbidden = rules == null ? null : rules.permits(message, row.number());
        if (forbidden != null) {
            return forbidden;
        }
        if (!row.fits(next - place)) {
            return row.wrongLength();
        }
        if (!row.checked()) {
            return null;
        }
        cursor.narrow(place + Grammar.EXTENSION_HEADER, next);
        return row.codec().check(cursor);
    }

    /** The extension under the cursor, which the dialect does not know. */
    private Extension stray(int number) {
        return new Extension.Opaque(
                dialect.extensionTypes().code(number), cursor.copy(cursor.remaining()));
    }

    private void keep(int index, int count, int place, int next) {
        byte @Nullable [] @Nullable [] kept = strange == null ? new byte[count][] : strange;
        kept[index] = cursor.copyAt(place, next);
        strange = kept;
    }

    private SadbMessage message(BaseHeader header, Extension[] extensions) {
        byte @Nullable [] @Nullable [] kept = strange;
        if (kept == null) {
            return SadbMessage.read(header, extensions, null);
        }
        strange = null;
        return SadbMessage.read(
                header, extensions, new Verbatim(dialect.name(), dialect.order(), kept));
    }

    private BaseHeader header(int start) {
        cursor.narrow(start, start + BaseHeader.BYTES);
        int four = cursor.u32be();
        int reserved = cursor.pair16() >>> 16;
        return new BaseHeader(
                four >>> 24,
                dialect.messageTypes().code(four >>> 16 & 0xff),
                dialect.errnos().code(four >>> 8 & 0xff),
                dialect.saTypes().code(four & 0xff),
                reserved,
                cursor.u32(),
                cursor.u32());
    }

    private Reading.Broken broken(Fault fault, Reading.Raw raw) {
        return broken(
                fault,
                raw,
                atNumber == NO_EXTENSION ? null : dialect.extensionTypes().code(atNumber));
    }

    private Reading.Broken broken(Fault fault, Reading.Raw raw, @Nullable ExtensionType extension) {
        strange = null;
        int wrong = at - raw.offset();
        if (raw.length() >= BaseHeader.BYTES) {
            return new Reading.Broken(header(raw.offset()), fault, wrong, extension, raw);
        }
        byte[] legible = new byte[BaseHeader.BYTES];
        System.arraycopy(raw.buffer(), raw.offset(), legible, 0, raw.length());
        cursor.over(legible);
        return new Reading.Broken(header(0), fault, wrong, extension, raw);
    }

    /** Records mostly come in one reused array and in few lengths. */
    private Reading.Raw raw(byte[] buffer, int offset, int length) {
        Reading.Raw raw = lastRaw;
        if (raw.buffer() != buffer || raw.offset() != offset || raw.length() != length) {
            raw = new Reading.Raw(buffer, offset, length);
            lastRaw = raw;
        }
        return raw;
    }
}
