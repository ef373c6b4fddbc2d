package org.keysock.pfkey.wire;

import static org.keysock.pfkey.wire.KlipsChecks.invalid;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.KlipsSyntax;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;

/**
 * What KLIPS' parser asks of a message: klips.md 2.3 before the extensions, 1.6 of each, 2.4 behind
 * them.
 */
final class KlipsParser implements MessageRules {

    /** X_PROMISC and X_PCHANGE: each of 1 to 20 is permitted, and all are required. */
    private static final long EVERYTHING = 0x1ffffeL;

    private static final long UNSATISFIABLE = -1;

    private static final int SA = 1;
    private static final int MATURE = 1;
    private static final int ESP_NULL = 11;
    private static final int LAST_RESERVED_SPI = 255;

    private static final Set<MessageType> OF_A_PROTOCOL =
            Set.of(
                    MessageType.GETSPI,
                    MessageType.UPDATE,
                    MessageType.ADD,
                    MessageType.DELETE,
                    MessageType.GET,
                    MessageType.X_GRPSA,
                    MessageType.X_ADDFLOW);
    private static final Set<MessageType> OF_SOME_TYPE =
            Set.of(MessageType.ACQUIRE, MessageType.REGISTER, MessageType.EXPIRE);

    private static final Fault UNKNOWN_SATYPE = invalid("SA type not known");
    private static final Fault NO_PROTOCOL = invalid("SA type without a protocol");
    private static final Fault NO_SATYPE = invalid("a specific SA type is needed");
    private static final Fault ERRNO = invalid("errno is set");
    private static final Fault FORBIDDEN = invalid("this message takes no such extension");
    private static final Fault MISSING = invalid("extension missing");
    private static final Fault NO_FLOW = invalid("neither a flow nor CLEARFLOW");
    private static final Fault STATE = invalid("SA state is not MATURE");
    private static final Fault ALGORITHMS = invalid("algorithms do not fit the SA type");
    private static final Fault SPI = invalid("SPI below 256");

    private final Numbers numbers;
    private final int maxSaType;
    private final int clearFlow;
    private final long flow;
    private final long[] required;
    private final long[] permitted;

    /**
     * A parser.
     *
     * @param messages messages have numbers up to that one
     */
    KlipsParser(
            Numbers numbers,
            NumberSpace<ExtensionType> extensions,
            KlipsSyntax syntax,
            int messages,
            int clearFlow) {
        this.numbers = numbers;
        this.maxSaType = numbers.saTypes().number(SaType.X_INT);
        this.clearFlow = clearFlow;
        required = new long[messages + 1];
        permitted = new long[messages + 1];
        for (int number = 1; number <= messages; number++) {
            KlipsSyntax.Row row = syntax.row(numbers.messageTypes().code(number));
            required[number] = row == null ? UNSATISFIABLE : bits(row.required(), extensions);
            permitted[number] = row == null ? EVERYTHING : bits(row.permitted(), extensions);
        }
        flow = required[numbers.messageTypes().number(MessageType.X_ADDFLOW)] & ~0xffff;
    }

    /** Extensions as KLIPS counts them: a bit each, the base header's left out. */
    static long bits(Set<ExtensionType> types, NumberSpace<ExtensionType> extensions) {
        long bits = 0;
        for (ExtensionType type : types) {
            bits |= 1L << extensions.number(type);
        }
        return bits;
    }

    @Override
    public @Nullable Fault header(Cursor header) {
        MessageType type = numbers.messageTypes().code(header.peek8(1));
        int saType = header.peek8(3);
        if (saType > maxSaType) {
            return UNKNOWN_SATYPE;
        }
        if (OF_A_PROTOCOL.contains(type) && !KlipsChecks.protocol(saType)) {
            return NO_PROTOCOL;
        }
        if (OF_SOME_TYPE.contains(type) && saType == 0) {
            return NO_SATYPE;
        }
        return header.peek8(2) != 0 && type != MessageType.ACQUIRE ? ERRNO : null;
    }

    @Override
    public @Nullable Fault permits(int message, int extension) {
        return (permitted[message] >>> extension & 1) == 0 ? FORBIDDEN : null;
    }

    @Override
    public @Nullable Fault whole(Cursor cursor, int start, int end, long seen) {
        cursor.narrow(start, end);
        int message = cursor.peek8(1);
        if (cursor.peek8(2) != 0) {
            return null; // a key manager that gives up says no more than a header
        }
        if ((required[message] & ~seen) != 0) {
            return MISSING;
        }
        MessageType type = numbers.messageTypes().code(message);
        if (type == MessageType.X_DELFLOW) {
            boolean one = (seen & flow) == flow;
            return one || clears(cursor, start, end, seen) ? null : NO_FLOW;
        }
        boolean described = type == MessageType.ADD || type == MessageType.UPDATE;
        return described ? described(cursor, start, end) : null;
    }

    /** Goes to the body of the SA extension. */
    private static void toSa(Cursor cursor, int start, int end) {
        int place = start + 16;
        int head = cursor.pair16(place);
        while (head >>> 16 != SA) {
            place += (head & 0xffff) << 3;
            head = cursor.pair16(place);
        }
        cursor.narrow(place + Grammar.EXTENSION_HEADER, end);
    }

    private boolean clears(Cursor cursor, int start, int end, long seen) {
        if ((seen >>> SA & 1) == 0) {
            return false;
        }
        toSa(cursor, start, end);
        cursor.skip(8);
        return (cursor.u32() & clearFlow) != 0;
    }

    /** The SA of an ADD or an UPDATE. */
    private @Nullable Fault described(Cursor cursor, int start, int end) {
        cursor.narrow(start, end);
        SaType saType = numbers.saTypes().code(cursor.peek8(3));
        toSa(cursor, start, end);
        int spi = cursor.u32be();
        if (cursor.peek8(1) != MATURE) {
            return STATE;
        }
        if (!fit(saType, cursor.peek8(2), cursor.peek8(3))) {
            return ALGORITHMS;
        }
        return Integer.compareUnsigned(spi, LAST_RESERVED_SPI) <= 0 ? SPI : null;
    }

    private static boolean fit(SaType saType, int auth, int encrypt) {
        if (saType == SaType.AH) {
            return auth != 0 && encrypt == 0;
        }
        if (saType == SaType.ESP) {
            return encrypt != 0 && (encrypt != ESP_NULL || auth != 0);
        }
        return saType != SaType.X_IPCOMP || (encrypt != 0 && auth == 0);
    }
}
