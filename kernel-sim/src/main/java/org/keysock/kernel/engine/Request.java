package org.keysock.kernel.engine;

import org.keysock.kernel.clock.Now;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/**
 * One message from one socket at one moment. Of a record that was not well formed only the header
 * is there, as far as it was legible; such a request is never carried out, only refused.
 */
public record Request(KeySocket asker, SadbMessage message, Reading.Raw raw, Now now) {

    /** The request of a record. */
    static Request of(KeySocket asker, Reading reading, Now now) {
        SadbMessage message =
                reading instanceof Reading.Whole whole
                        ? whole.message()
                        : SadbMessage.of(((Reading.Broken) reading).header());
        return new Request(asker, message, reading.raw(), now);
    }

    /** The base header of the message. */
    public BaseHeader header() {
        return message.header();
    }
}
