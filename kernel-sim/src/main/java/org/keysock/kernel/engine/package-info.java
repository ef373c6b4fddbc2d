/**
 * The key engine: open key sockets, the neutral operations on the databases, and the seam at which
 * each dialect's rules judge requests and compose what its sockets hear. It never sees a byte. Read
 * {@link org.keysock.kernel.engine.KeyEngine} first.
 */
@NullMarked
package org.keysock.kernel.engine;

import org.jspecify.annotations.NullMarked;
