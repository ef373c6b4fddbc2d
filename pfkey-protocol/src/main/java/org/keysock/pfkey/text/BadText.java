package org.keysock.pfkey.text;

/** A word that does not follow its grammar; the message is what the native tool says to it. */
public final class BadText extends Exception {

    private static final long serialVersionUID = 1;

    BadText(String message) {
        super(message, null, false, false);
    }
}
