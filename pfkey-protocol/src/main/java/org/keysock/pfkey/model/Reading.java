package org.keysock.pfkey.model;

import org.jspecify.annotations.Nullable;

/**
 * What came of reading the bytes of one record.
 *
 * <p>The raw bytes travel along as a slice that belongs to the reader's buffer: they hold until the
 * request has been handled and no longer. Nobody but {@code wire} looks into them; a kernel passes
 * them on where it shows a request as it was written.
 */
public sealed interface Reading permits Reading.Whole, Reading.Broken {

    /** The record's bytes; a slice of the reader's buffer. */
    Raw raw();

    /**
     * A slice of bytes that the model does not look into.
     *
     * @param buffer not copied; the slice holds only as long as its owner says
     */
    record Raw(byte[] buffer, int offset, int length) {
        @Override
        public String toString() {
            return "Raw[" + length + " bytes]";
        }
    }

    /** A well-formed message. */
    record Whole(SadbMessage message, Raw raw) implements Reading {}

    /**
     * Bytes that are not a message.
     *
     * @param header the base header as far as it was legible, zeros elsewhere
     * @param fault what the dialect says to it
     * @param offset bytes from the start of the record to what was wrong
     * @param extension the extension that was wrong, null for a base header
     */
    record Broken(
            BaseHeader header, Fault fault, int offset, @Nullable ExtensionType extension, Raw raw)
            implements Reading {

        /** Where it was wrong, and why: for people. */
        public String reason() {
            String where =
                    extension == null
                            ? "base header at byte " + offset
                            : extension + " at byte " + offset;
            return where + " of " + raw.length + ": " + fault.reason();
        }
    }
}
