/**
 * Tests of the launchers in {@code tools/bin}: what they start, what they build, what they say.
 * Java and Maven are played by scripts. Read {@link org.keysock.tools.launcher.Checkout} first.
 */
@NullMarked
package org.keysock.tools.launcher;

import org.jspecify.annotations.NullMarked;
