/** What finding the way of packets costs, and going it, by JMH (profile {@code bench}). */
@NullMarked
package org.keysock.kernel.transform.bench;

import org.jspecify.annotations.NullMarked;
