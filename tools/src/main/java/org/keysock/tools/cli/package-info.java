/**
 * What every command shares: its surroundings, the emulator's folder, output of bytes.
 *
 * <p>Nothing here knows a grammar or a dialect. What native-compatible commands use of it loads
 * fast and needs the JDK only, because they are started once for each line of a script; only what a
 * person types to goes through {@link org.keysock.tools.cli.TerminalLines}, which needs JLine. Read
 * {@link org.keysock.tools.cli.Surroundings} first.
 */
@NullMarked
package org.keysock.tools.cli;

import org.jspecify.annotations.NullMarked;
