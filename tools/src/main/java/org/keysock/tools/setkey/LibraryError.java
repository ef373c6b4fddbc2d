package org.keysock.tools.setkey;

/** What the client library refuses, with its texts: rfc2367-linux-kame.md section 11. */
enum LibraryError {
    NOT_SUPPORTED("Not supported"),
    INVALID_ARGUMENT("Invalid argument"),
    INVALID_MESSAGE("Invalid sadb message"),
    INVALID_VERSION("Invalid version"),
    INVALID_POLICY("Invalid security policy"),
    INVALID_ADDRESS("Invalid address specification"),
    INVALID_PROTOCOL("Invalid ipsec protocol"),
    INVALID_MODE("Invalid ipsec mode"),
    INVALID_LEVEL("Invalid ipsec level"),
    INVALID_SA_TYPE("Invalid SA type"),
    INVALID_MESSAGE_TYPE("Invalid message type"),
    INVALID_EXTENSION_TYPE("Invalid extension type"),
    INVALID_KEY_LENGTH("Invalid key length"),
    INVALID_FAMILY("Invalid address family"),
    INVALID_PREFIX("Invalid prefix length"),
    INVALID_DIRECTION("Invalid direction"),
    PROTOCOL_MISMATCH("Protocol mismatch"),
    FAMILY_MISMATCH("Family mismatch");

    private final String text;

    LibraryError(String text) {
        this.text = text;
    }

    /** The library's text. */
    String text() {
        return text;
    }
}
