package org.keysock.pfkey.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
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

    private final Dialect dialect;
    private final Grammar grammar;
    private final Cursor cursor;
    private Reading.Raw lastRaw = new Reading.Raw(new byte[0], 0, 0);

    /** Where the walk over a message stands, or at a fault has stopped. */
    private int at;

    /** How many extensions the walk has passed. */
    private int count;

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
        return encloses(offset, end) ? enclosed(offset, end) : walk(offset, end);
    }

    /**
     * Reads a record. The reading's raw bytes are a slice of {@code buffer}; the message keeps
     * nothing of it.
     *
     * @throws IndexOutOfBoundsException if the record does not lie inside {@code buffer}
     */
    public Reading read(byte[] buffer, int offset, int length) {
        Fault fault = validate(buffer, offset, length);
        Reading.Raw raw = raw(buffer, offset, length);
        if (fault != null) {
            return broken(fault, at - offset, raw);
        }
        int end = offset + length;
        if (encloses(offset, end)) {
            Extension enclosed = new Extension.Enclosed(message(offset + BaseHeader.BYTES, end));
            return new Reading.Whole(SadbMessage.of(header(offset), enclosed), raw);
        }
        return new Reading.Whole(message(offset, end), raw);
    }

    private @Nullable Fault frame(int start, int end) {
        at = start;
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

    /** Checks the enclosed message; it must not enclose another one. */
    private @Nullable Fault enclosed(int start, int end) {
        int inner = start + BaseHeader.BYTES;
        Fault fault = frame(inner, end);
        if (fault != null) {
            return fault;
        }
        return encloses(inner, end) ? grammar.faults().length() : walk(inner, end);
    }

    /** Checks the extensions of a message, in their order. */
    private @Nullable Fault walk(int start, int end) {
        long seen = 0;
        int passed = 0;
        int place = start + BaseHeader.BYTES;
        Fault fault = null;
        while (place < end) {
            if (end - place < 8) {
                fault = grammar.faults().length();
                break;
            }
            int head = cursor.pair16(place);
            int number = head >>> 16;
            int length = (head & 0xffff) << 3;
            ExtensionRow row = grammar.row(number);
            if (row == null) {
                fault = grammar.faults().stray(number, length, end - place);
            } else {
                fault = check(row, place, length, end - place, (seen >>> number & 1) != 0);
                seen |= 1L << number;
            }
            if (fault != null) {
                break;
            }
            place += length;
            passed++;
        }
        at = place;
        count = passed;
        return fault;
    }

    /** Checks a known extension: its length, whether it is the first, its content. */
    private @Nullable Fault check(
            ExtensionRow row, int place, int length, int room, boolean again) {
        if (length == 0 || length > room) {
            return grammar.faults().length();
        }
        if (again && row.duplicate() != null) {
            return row.duplicate();
        }
        if (!row.fits(length)) {
            return row.wrongLength();
        }
        if (!row.checked()) {
            return null;
        }
        cursor.narrow(place + Grammar.EXTENSION_HEADER, place + length);
        return row.codec().check(cursor);
    }

    /** Builds a message that {@link #walk} found well formed, {@link #count} extensions long. */
    private SadbMessage message(int start, int end) {
        BaseHeader header = header(start);
        Extension[] extensions = new Extension[count];
        byte[] @Nullable [] strange = null;
        int place = start + BaseHeader.BYTES;
        for (int index = 0; place < end; index++) {
            int head = cursor.pair16(place);
            int next = place + ((head & 0xffff) << 3);
            cursor.narrow(place + Grammar.EXTENSION_HEADER, next);
            extensions[index] = extension(head >>> 16, header.saType());
            if (cursor.strange()) {
                if (strange == null) {
                    strange = new byte[count][];
                }
                strange[index] = cursor.copyAt(place, next);
            }
            place = next;
        }
        return SadbMessage.read(
                header,
                extensions,
                strange == null ? null : new Verbatim(dialect.name(), dialect.order(), strange));
    }

    /** Reads the extension that the cursor is on. */
    private Extension extension(int number, SaType saType) {
        ExtensionRow row = grammar.row(number);
        return row != null
                ? row.codec().read(cursor, saType)
                : new Extension.Opaque(
                        dialect.extensionTypes().code(number), cursor.copy(cursor.remaining()));
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

    private Reading.Broken broken(Fault fault, int wrong, Reading.Raw raw) {
        if (raw.length() >= BaseHeader.BYTES) {
            return new Reading.Broken(header(raw.offset()), fault, wrong, raw);
        }
        byte[] legible = new byte[BaseHeader.BYTES];
        System.arraycopy(raw.buffer(), raw.offset(), legible, 0, raw.length());
        cursor.over(legible);
        return new Reading.Broken(header(0), fault, wrong, raw);
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
