package org.keysock.tools.setkey;

import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.tools.cli.Output;
import org.keysock.tools.setkey.Options.Modifier;

/** {@code -x}: shows all messages that a promiscuous socket hears, for ever. */
final class PromiscuousEar {

    /** The SA type that switches the promiscuous mode on. */
    private static final int ON = 1;

    private final MessageReader reader = MessageReader.ofReplies(Numbers.LINUX);
    private final Output out;
    private final Options options;
    private final Moments moments;

    PromiscuousEar(Output out, Options options, Moments moments) {
        this.out = out;
        this.options = options;
        this.moments = moments;
    }

    /** Listens; ends only by an exception. */
    void listen(KernelTalk talk, int pid) throws Stop {
        talk.send(Requests.bare(MessageType.X_PROMISC, Numbers.saType(ON), pid));
        while (true) {
            byte[] record = talk.record();
            StringBuilder text = new StringBuilder(512);
            text.append(moments.timeOfDay()).append(" \n");
            if (options.has(Modifier.BYTES)) {
                HexLines.append(text, record);
            }
            message(text, record);
            out.print(text);
        }
    }

    /** Appends the message, or the one inside it. */
    private void message(StringBuilder text, byte[] record) {
        Reading reading = reader.read(record, 0, record.length);
        if (KernelTalk.header(reading).type() == MessageType.X_PROMISC) {
            int inside = record.length - BaseHeader.BYTES;
            if (inside <= 0) {
                return;
            }
            reading = reader.read(record, BaseHeader.BYTES, inside);
        }
        Notation.append(text, reading);
        text.append('\n');
    }
}
