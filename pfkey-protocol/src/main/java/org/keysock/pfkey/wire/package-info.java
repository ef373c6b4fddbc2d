/**
 * Bytes to meaning and back: the codec of PF_KEY messages in every dialect.
 *
 * <p>Here live one reader, one writer, a small codec for each extension layout, and the dialects as
 * tables of numbers, layouts and framing rules. What a message means is in {@code model}; what a
 * kernel answers to it, and everything about sockets, is elsewhere. Read {@link
 * org.keysock.pfkey.wire.Dialect} first, then {@link org.keysock.pfkey.wire.MessageReader}.
 */
@NullMarked
package org.keysock.pfkey.wire;

import org.jspecify.annotations.NullMarked;
