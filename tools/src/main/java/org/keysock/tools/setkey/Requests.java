package org.keysock.tools.setkey;

import java.util.List;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** Messages that are sent one behind the other, each when the one before has been answered. */
record Requests(List<SadbMessage> messages) implements Statement {

    @Override
    public boolean run(KernelTalk talk) throws Stop {
        for (SadbMessage message : messages) {
            talk.ask(message);
        }
        return true;
    }

    /** A base header with number 0, as all of this command's have it. */
    static BaseHeader header(MessageType type, SaType saType, int pid) {
        return BaseHeader.of(type, saType, 0, pid);
    }

    /** A message that is a base header and no more. */
    static SadbMessage bare(MessageType type, SaType saType, int pid) {
        return SadbMessage.of(header(type, saType, pid), new Extension[0]);
    }
}
