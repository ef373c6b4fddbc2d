/**
 * Time as a value: the clock that is passed in, the system's or one that moves only when told.
 * Nothing below {@code server} reads a clock; engine and databases are given {@link
 * org.keysock.kernel.clock.Now}. Read {@link org.keysock.kernel.clock.KernelClock} first.
 */
@NullMarked
package org.keysock.kernel.clock;

import org.jspecify.annotations.NullMarked;
