/**
 * The text forms of PF_KEY: what people read, and what they write in files and commands.
 *
 * <p>Here lives the readable form of one message in any dialect. Formats that a native tool defines
 * live with that tool. Read {@link org.keysock.pfkey.text.MessageText} first.
 */
@NullMarked
package org.keysock.pfkey.text;

import org.jspecify.annotations.NullMarked;
