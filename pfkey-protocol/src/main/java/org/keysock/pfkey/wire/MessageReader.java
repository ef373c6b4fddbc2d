package org.keysock.pfkey.wire;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
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
    private Extension[] found = new Extension[16];
    private byte @Nullable [] @Nullable [] strange;
    private Reading.Raw lastRaw = new Reading.Raw(new byte[0], 0, 0);

    // the extension that the walk has reached
    private int at;
    private int next;
    private int number;
    private @Nullable ExtensionRow row;
    private long seen;

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
        int start = offset;
        Fault fault = frame(start, offset + length);
        if (fault == null && encloses(start, offset + length)) {
            start += BaseHeader.BYTES;
            fault = enclosedFrame(start, offset + length);
        }
        if (fault == null) {
            begin(start);
            while (fault == null && at < offset + length) {
                fault = step(offset + length);
            }
        }
        return fault;
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
        Fault fault = frame(offset, end);
        if (fault != null) {
            return broken(fault, buffer, offset, length);
        }
        BaseHeader header = header(offset);
        if (!encloses(offset, end)) {
            SadbMessage message = null;
            begin(offset);
            fault = extensions(header, end);
            if (fault == null) {
                message = message(header);
                return new Reading.Whole(message, raw(buffer, offset, length));
            }
            return broken(fault, buffer, offset, length);
        }
        int inner = offset + BaseHeader.BYTES;
        fault = enclosedFrame(inner, end);
        if (fault == null) {
            BaseHeader innerHeader = header(inner);
            begin(inner);
            fault = extensions(innerHeader, end);
            if (fault == null) {
                Extension enclosed = new Extension.Enclosed(message(innerHeader));
                return new Reading.Whole(
                        SadbMessage.of(header, enclosed), raw(buffer, offset, length));
            }
        }
        return broken(fault, buffer, offset, length);
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

    /** The enclosed message encloses none itself. */
    private @Nullable Fault enclosedFrame(int start, int end) {
        Fault fault = frame(start, end);
        return fault == null && encloses(start, end) ? grammar.faults().length() : fault;
    }

    private void begin(int start) {
        at = start + BaseHeader.BYTES;
        seen = 0;
    }

    /** Checks the extension at {@link #at} and goes behind it; at a fault it stays. */
    private @Nullable Fault step(int end) {
        Fault fault = open(end);
        if (fault == null) {
            at = next;
        }
        return fault;
    }

    /** Checks the extension at {@link #at}: type, length, whether it is the first, content. */
    private @Nullable Fault open(int end) {
        int room = end - at;
        if (room < 8) {
            return grammar.faults().length();
        }
        cursor.narrow(at, end);
        int length = 8 * cursor.u16();
        number = cursor.u16();
        row = grammar.row(number);
        ExtensionRow known = row;
        if (known == null) {
            Fault fault =
                    number == 0 ? grammar.faults().zeroType() : grammar.faults().unknownType();
            if (fault != null) {
                return fault;
            }
        }
        if (length == 0 || length > room) {
            return grammar.faults().length();
        }
        next = at + length;
        if (known == null) {
            return null;
        }
        if ((seen >>> number & 1) != 0 && known.duplicate() != null) {
            return known.duplicate();
        }
        seen |= 1L << number;
        if (!known.fits(length)) {
            return known.wrongLength();
        }
        cursor.narrow(at + Grammar.EXTENSION_HEADER, next);
        return known.codec().check(cursor);
    }

    private int count;

    /** Reads the extensions from {@link #at} into {@link #found}. */
    private @Nullable Fault extensions(BaseHeader header, int end) {
        count = 0;
        while (at < end) {
            Fault fault = open(end);
            if (fault != null) {
                forget();
                return fault;
            }
            cursor.narrow(at + Grammar.EXTENSION_HEADER, next);
            ExtensionRow known = row;
            keep(
                    known == null
                            ? new Extension.Opaque(
                                    dialect.extensionTypes().code(number),
                                    cursor.copy(cursor.remaining()))
                            : known.codec().read(cursor, header.saType()));
            at = next;
        }
        return null;
    }

    private void keep(Extension extension) {
        if (count == found.length) {
            found = Arrays.copyOf(found, 2 * count);
        }
        found[count] = extension;
        if (cursor.strange()) {
            if (strange == null || strange.length <= count) {
                strange =
                        strange == null
                                ? new byte[found.length][]
                                : Arrays.copyOf(strange, found.length);
            }
            strange[count] = cursor.copyAt(at, next);
        }
        count++;
    }

    private SadbMessage message(BaseHeader header) {
        Extension[] extensions = Arrays.copyOf(found, count);
        Verbatim verbatim =
                strange == null
                        ? null
                        : new Verbatim(
                                dialect.name(), dialect.order(), Arrays.copyOf(strange, count));
        forget();
        return SadbMessage.read(header, extensions, verbatim);
    }

    /** Keys must not outlive their message in a reader. */
    private void forget() {
        Arrays.fill(found, 0, count, null);
        strange = null;
    }

    private BaseHeader header(int start) {
        cursor.narrow(start, start + BaseHeader.BYTES);
        int version = cursor.u8();
        int type = cursor.u8();
        int errno = cursor.u8();
        int saType = cursor.u8();
        cursor.skip(2);
        return new BaseHeader(
                version,
                dialect.messageTypes().code(type),
                dialect.errnos().code(errno),
                dialect.saTypes().code(saType),
                cursor.u16(),
                cursor.u32(),
                cursor.u32());
    }

    private Reading.Broken broken(Fault fault, byte[] buffer, int offset, int length) {
        int wrong = at - offset;
        Reading.Raw raw = raw(buffer, offset, length);
        if (length >= BaseHeader.BYTES) {
            return new Reading.Broken(header(offset), fault, wrong, raw);
        }
        byte[] legible = Arrays.copyOfRange(buffer, offset, offset + length);
        cursor.over(Arrays.copyOf(legible, BaseHeader.BYTES));
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
