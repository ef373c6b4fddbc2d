package org.keysock.tools.setkey;

import java.util.List;
import org.keysock.pfkey.model.IpAddress;

/**
 * An end of an SA or of a selector as it is written: the addresses that a word stands for.
 *
 * @param at where it stands
 * @param port -1 when none is given; 0 is any
 * @param prefix -1 when none is given
 */
record Endpoint(Token at, List<IpAddress> addresses, int port, int prefix) {

    static final int NONE = -1;

    /** The port, or what stands for none. */
    int portOr(int otherwise) {
        return port == NONE ? otherwise : port;
    }

    /** Its one address. */
    IpAddress only() throws ScriptError {
        if (addresses.size() > 1) {
            throw new ScriptError("multiple address specified", at);
        }
        return addresses.get(0);
    }
}
