package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.engine.VerbTable;

/** A verb and its announcement. */
interface KlipsVerb extends Verb, VerbTable.Announcer<Audience> {}
