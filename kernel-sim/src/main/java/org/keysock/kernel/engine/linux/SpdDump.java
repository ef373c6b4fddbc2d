package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.NumberedDump;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.spd.Spd;
import org.keysock.pfkey.model.MessageType;

/** X_SPDDUMP: a message for each policy, newest first, numbered as those of DUMP. */
final class SpdDump implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Dump.requireNone(request.asker());
        Spd.Walk walk = engine.spd().walk();
        NumberedDump dump =
                NumberedDump.of(
                        walk::next,
                        policy ->
                                PolicyMessage.of(
                                        MessageType.X_SPDDUMP,
                                        request.header(),
                                        policy,
                                        PolicyMessage.REFERENCES_DUMPED,
                                        engine));
        return Dump.begin(request, dump, walk::close, engine);
    }
}
