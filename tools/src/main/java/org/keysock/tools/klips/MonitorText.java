package org.keysock.tools.klips;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.keysock.pfkey.model.BaseHeader;

/** A message as {@code ipsec pf_key} prints it, number by number: klips.md 5.10. */
final class MonitorText {

    private static final String[] MESSAGES = {
        "reserved",
        "getspi",
        "update",
        "add",
        "delete",
        "get",
        "acquire",
        "register",
        "expire",
        "flush",
        "dump",
        "x-promisc",
        "x-pchange",
        "x-groupsa",
        "x-addflow(eroute)",
        "x-delflow(eroute)",
        "x-debug",
        "x-natt-new-mapping",
        "x-plumbif",
        "x-unplumbif"
    };

    private static final int LONGEST_HEADER = 8;
    private static final int SA_BYTES = 24;
    private static final int LIFETIME_BYTES = 40;

    private final StringBuilder text = new StringBuilder();
    private final ByteBuffer message;

    private MonitorText(byte[] message) {
        this.message = ByteBuffer.wrap(message).order(ByteOrder.nativeOrder());
    }

    /** An empty line, a line with names, a line with all that is in the message. */
    static String of(byte[] message) {
        return new MonitorText(message).text();
    }

    private String text() {
        int type = octet(1);
        int saType = octet(3);
        String numbers = " seq=" + unsigned(8) + " len=" + half(4) + " pid=" + unsigned(12);
        text.append("\npfkey v").append(octet(0)).append(" msg. type=").append(type);
        text.append('(').append(type < MESSAGES.length ? MESSAGES[type] : "unknown-sadb-type");
        text.append(')').append(numbers).append(" errno=").append(octet(2));
        text.append(" satype=").append(saType).append('(').append(saTypeName(saType));
        text.append(")\nversion=").append(octet(0)).append(" type=").append(type);
        text.append(" errno=").append(octet(2)).append(" satype=").append(saType);
        text.append(" len=").append(half(4)).append(" seq=").append(unsigned(8));
        text.append(" pid=").append(unsigned(12)).append(' ');
        int at = BaseHeader.BYTES;
        while (message.capacity() - at >= LONGEST_HEADER) {
            int bytes = half(at) * 8;
            if (bytes == 0 || bytes > message.capacity() - at) {
                break;
            }
            extension(at, bytes);
            at += bytes;
        }
        return text.append('\n').toString();
    }

    private static String saTypeName(int number) {
        return switch (number) {
            case 2 -> "AH";
            case 3 -> "ESP";
            case 9 -> "IPIP";
            case 10 -> "COMP";
            case 11 -> "INT";
            default -> "UNKNOWN";
        };
    }

    private void extension(int at, int bytes) {
        int type = half(at + 2);
        text.append("{ext=").append(type).append(" len=").append(bytes / 8).append(' ');
        switch (type) {
            case 1, 19 -> sa(at, bytes);
            case 2, 3, 4 -> lifetime(at, bytes);
            case 5, 6, 7, 20, 21, 22, 23, 24, 30 -> address(at, bytes);
            case 8, 9 -> text.append("bits=").append(half(at + 4)).append(" } "); // keys are secret
            default -> body(at, bytes);
        }
    }

    private void sa(int at, int bytes) {
        if (bytes < SA_BYTES) {
            body(at, bytes);
            return;
        }
        text.append("spi=").append(hex(at + 4)).append(" replay=").append(octet(at + 8));
        text.append(" state=").append(octet(at + 9)).append(" auth=").append(octet(at + 10));
        text.append(" encrypt=").append(octet(at + 11)).append(" flags=").append(hex(at + 12));
        text.append(" ref=").append(hex(at + 16)).append('}');
    }

    private void lifetime(int at, int bytes) {
        if (bytes < LIFETIME_BYTES) {
            body(at, bytes);
            return;
        }
        text.append("allocations=").append(unsigned(at + 4));
        text.append(" bytes=").append(Long.toUnsignedString(message.getLong(at + 8)));
        text.append(" addtime=").append(Long.toUnsignedString(message.getLong(at + 16)));
        text.append(" usetime=").append(Long.toUnsignedString(message.getLong(at + 24)));
        text.append(" packets=").append(unsigned(at + 32)).append(" } ");
    }

    private void address(int at, int bytes) {
        text.append("proto=").append(octet(at + 4)).append(" prefixlen=").append(octet(at + 5));
        text.append(" addr=0x").append(bytes(at + 8, at + bytes)).append(" } ");
    }

    private void body(int at, int bytes) {
        text.append("bytes=0x").append(bytes(at + 4, at + bytes)).append(" } ");
    }

    private String bytes(int from, int end) {
        return HexFormat.of().formatHex(message.array(), from, end);
    }

    private String hex(int at) {
        return HexFormat.of().toHexDigits(message.getInt(at));
    }

    private int octet(int at) {
        return message.get(at) & 0xff;
    }

    private int half(int at) {
        return message.getShort(at) & 0xffff;
    }

    private long unsigned(int at) {
        return Integer.toUnsignedLong(message.getInt(at));
    }
}
