package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.engine.VerbTable;

/** A verb and its announcement. */
interface LinuxVerb extends Verb, VerbTable.Announcer<Audience> {}
