package org.keysock.kernel.engine.rfc2367;

import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.engine.VerbTable;

/** A verb and its announcement. */
interface RfcVerb extends Verb, VerbTable.Announcer<Audience> {}
