package org.keysock.kernel.crypto;

/**
 * The Java platform cannot do what it is known to do: a fault of the installation or of this
 * program, never of a packet. Its message tells no key.
 */
final class CryptographyFailure extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    CryptographyFailure(String what, Exception cause) {
        super(what + ": " + cause.getClass().getSimpleName(), cause);
    }
}
