/** A person at a terminal, played: for tests of what is typed. */
@NullMarked
package org.keysock.tools.terminal;

import org.jspecify.annotations.NullMarked;
