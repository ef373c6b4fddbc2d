/** Tests of the codec; {@link org.keysock.pfkey.wire.Golden} is what they read. */
@NullMarked
package org.keysock.pfkey.wire;

import org.jspecify.annotations.NullMarked;
