/**
 * What every command shares: its surroundings, the emulator's folder, output of bytes.
 *
 * <p>Nothing here knows a grammar or a dialect. The classes of this package load fast and use the
 * JDK only, because native-compatible commands are started once for each line of a script. Read
 * {@link org.keysock.tools.cli.Surroundings} first.
 */
@NullMarked
package org.keysock.tools.cli;

import org.jspecify.annotations.NullMarked;
