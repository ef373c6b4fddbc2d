/**
 * How single values look as text: addresses, numbers, keys.
 *
 * <p>Here live the forms that several tools share. The grammar of a tool and the wording of its
 * messages are the tool's own. Nothing here looks a name up. Read {@link
 * org.keysock.pfkey.text.AddressText} first.
 */
@NullMarked
package org.keysock.pfkey.text;

import org.jspecify.annotations.NullMarked;
