/**
 * Tests of {@code setkey}: transcripts against a real emulator, what the native tool wrote to its
 * sockets, samples of the sheet. Read {@link org.keysock.tools.setkey.TranscriptsTest} first.
 */
@NullMarked
package org.keysock.tools.setkey;

import org.jspecify.annotations.NullMarked;
