/** What requests cost between the codec's two ends (profile {@code bench}). */
@NullMarked
package org.keysock.kernel.engine.bench;

import org.jspecify.annotations.NullMarked;
