package org.keysock.kernel.server;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.klips.KlipsRules;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.pfkey.wire.MessageWriter;
import org.keysock.pfkey.wire.Sink;

/** Reads and writes one dialect for all its sessions; what goes to many is written once. */
final class DialectCodec {

    private final Dialect dialect;
    private final MessageReader reader;
    private final MessageWriter writer;
    private final Sink sink = new Sink();
    private @Nullable SadbMessage lastMessage;
    private byte @Nullable [] lastRecord;

    DialectCodec(DialectName name, KernelSettings settings) {
        this.dialect =
                name == DialectName.KLIPS
                        ? Dialect.klips(KlipsRules.form(settings), ByteOrder.nativeOrder())
                        : Dialect.of(name);
        this.reader = new MessageReader(dialect);
        this.writer = new MessageWriter(dialect);
    }

    MessageReader reader() {
        return reader;
    }

    Reading read(byte[] bytes, int offset, int length) {
        return reader.read(bytes, offset, length);
    }

    /** The record of a message, not to be changed; null when the dialect cannot express it. */
    @SuppressWarnings("ReferenceEquality") // the same message, not an equal one, is written once
    byte @Nullable [] write(SadbMessage message) {
        if (message != lastMessage) {
            sink.clear();
            lastRecord = writer.write(message, sink) ? sink.toBytes() : null;
            lastMessage = message;
        }
        return lastRecord;
    }

    /** Forgets the message last written, and its keys with it. */
    void forget() {
        lastMessage = null;
        lastRecord = null;
    }

    /** The number that {@code send} fails with; one the system lacks becomes EINVAL's. */
    int number(Errno errno) {
        return dialect.errnos().number(errno, dialect.errnos().number(Errno.EINVAL));
    }
}
