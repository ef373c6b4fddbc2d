/**
 * The text forms of PF_KEY: what people read, and what they write in files and commands.
 *
 * <p>Here live the readable form of one message in any dialect, and the forms of addresses, numbers
 * and keys that several tools share. Formats that a native tool defines live with that tool, as do
 * its grammar and wording. Nothing here looks a name up. Read {@link
 * org.keysock.pfkey.text.MessageText} first.
 */
@NullMarked
package org.keysock.pfkey.text;

import org.jspecify.annotations.NullMarked;
