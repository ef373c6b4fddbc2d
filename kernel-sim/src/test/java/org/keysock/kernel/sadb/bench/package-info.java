/** What the database costs: time by JMH (profile {@code bench}), memory by a main of its own. */
@NullMarked
package org.keysock.kernel.sadb.bench;

import org.jspecify.annotations.NullMarked;
