package org.keysock.pfkey.socket;

import java.io.EOFException;

/** The kernel has closed the key socket, or we have; a real key socket never ends. */
public final class ConnectionClosed extends EOFException {

    private static final long serialVersionUID = 1L;

    ConnectionClosed(String message) {
        super(message);
    }
}
