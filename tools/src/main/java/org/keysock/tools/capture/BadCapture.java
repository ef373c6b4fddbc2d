package org.keysock.tools.capture;

import java.io.IOException;

/** A capture file is damaged; the text says where, what was found and what was expected. */
public final class BadCapture extends IOException {

    private static final long serialVersionUID = 1;

    BadCapture(long position, String text) {
        super("byte " + position + ": " + text);
    }
}
