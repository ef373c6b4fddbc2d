/** What the policy database costs, by JMH (profile {@code bench}). */
@NullMarked
package org.keysock.kernel.spd.bench;

import org.jspecify.annotations.NullMarked;
