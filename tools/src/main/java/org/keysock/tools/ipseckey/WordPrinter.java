package org.keysock.tools.ipseckey;

import java.nio.ByteOrder;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.MessageWriter;

/** Shows an extension that has no lines of its own as words of 64 bits, its header first. */
final class WordPrinter {

    private static final int WORD = 8;

    private WordPrinter() {}

    static void print(StringBuilder text, SadbMessage message, int index) {
        SadbMessage alone = SadbMessage.of(message.header(), message.extension(index));
        byte[] bytes = new MessageWriter(Numbers.SOLARIS).toBytes(alone);
        int length = bytes == null ? 0 : bytes.length - BaseHeader.BYTES;
        text.append("UNK: Unknown ext. ");
        text.append(Numbers.of(message.extension(index).type()));
        text.append(", len ").append(length).append(".\n");
        boolean big = Numbers.SOLARIS.order() == ByteOrder.BIG_ENDIAN;
        for (int at = 0; bytes != null && at < length; at += WORD) {
            long word = 0;
            for (int step = 0; step < WORD; step++) {
                int offset = big ? step : WORD - 1 - step;
                word = word << 8 | (bytes[BaseHeader.BYTES + at + offset] & 0xff);
            }
            text.append("UNK: 0x").append(Long.toHexString(word)).append('\n');
        }
    }
}
