package org.keysock.tools.klips;

import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.text.MessageText;

/** How the tools besides {@code spi} write their messages and tell what came of it. */
final class Requests {

    private Requests() {}

    /**
     * Writes a message.
     *
     * @param failed what did not work, in the tool's words
     * @throws Stop when it is not taken, after that has been told
     */
    static void write(Tool tool, KeySocket socket, byte[] message, String failed, ErrnoTexts texts)
            throws Stop {
        int taken = -1;
        int errno = 0;
        try {
            taken = socket.write(message);
        } catch (CallFailed e) {
            errno = e.errno();
        }
        if (taken != message.length) {
            String what = failed + ", returning " + taken + " with errno=" + errno + ".\n";
            throw tool.fail(what + texts.of(errno, tool.machine().root()));
        }
    }

    /** With {@code --debug}: shows a message as the message library's trace does. */
    static void trace(Tool tool, boolean wanted, SadbMessage message) {
        if (wanted) {
            for (String line : MessageText.in(DialectName.KLIPS).of(message).split("\n", -1)) {
                tool.out().print("pfkey_lib_debug:" + line + "\n");
            }
        }
    }
}
