package org.keysock.kernel.engine;

import org.keysock.kernel.clock.Now;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/** One well-formed message from one socket at one moment. */
public record Request(KeySocket asker, SadbMessage message, Reading.Raw raw, Now now) {

    /** The base header of the message. */
    public BaseHeader header() {
        return message.header();
    }
}
