package org.keysock.tools.klips;

import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.pfkey.wire.MessageWriter;

/** The dialect that these tools speak: the classic form. */
final class Numbers {

    /** What they speak. */
    static final Dialect KLIPS = Dialect.of(DialectName.KLIPS);

    private Numbers() {}

    /** The bytes of a message; the parser of the message library has looked at them. */
    static byte[] bytes(SadbMessage message, Tool tool) throws Stop {
        byte[] bytes = new MessageWriter(KLIPS).toBytes(message);
        if (bytes == null || new MessageReader(KLIPS).validate(bytes, 0, bytes.length) != null) {
            throw tool.fail("Trouble building pfkey message, error=-22.");
        }
        return bytes;
    }
}
