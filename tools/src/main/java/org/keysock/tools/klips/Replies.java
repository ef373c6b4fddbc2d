package org.keysock.tools.klips;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.KlipsSyntax;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.MessageReader;

/**
 * Answers, as a tool with {@code --listenreply} or {@code --saref} waits for them: what the message
 * library's parser does not let pass is not there, and the process id is all that tells an answer
 * from the rest (klips.md 5.2).
 */
final class Replies {

    private Replies() {}

    /** The first message for that process; null: none will come. */
    static @Nullable SadbMessage first(KeySocket socket, int processId) {
        MessageReader reader = MessageReader.ofReplies(Numbers.KLIPS);
        KlipsSyntax syntax = KlipsSyntax.fromKernel(KlipsForm.CLASSIC);
        try {
            byte[] record = socket.read();
            while (record.length > 0) {
                Reading reading = reader.read(record, 0, record.length);
                if (reading instanceof Reading.Whole whole
                        && whole.message().header().pid() == processId
                        && parseable(whole.message(), syntax)) {
                    return whole.message();
                }
                record = socket.read();
            }
        } catch (CallFailed e) {
            return null; // as when there are no more
        }
        return null;
    }

    private static boolean parseable(SadbMessage message, KlipsSyntax syntax) {
        BaseHeader header = message.header();
        KlipsSyntax.Row row = syntax.row(header.type());
        if (header.version() != BaseHeader.PF_KEY_V2 || row == null) {
            return false;
        }
        for (Extension extension : message.extensions()) {
            if (extension instanceof Extension.Opaque
                    || !row.permitted().contains(extension.type())) {
                return false;
            }
        }
        for (ExtensionType required : row.required()) {
            if (header.errno() == Errno.OK && !message.has(required)) {
                return false;
            }
        }
        return true;
    }
}
