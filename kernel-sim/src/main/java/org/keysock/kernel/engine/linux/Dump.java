package org.keysock.kernel.engine.linux;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.NumberedDump;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * DUMP: section 8.9. A message for each SA, newest first, to the asker; numbered from 1, and 0 for
 * the last.
 */
final class Dump implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        if (request.asker().dumping()) {
            throw new Refusal(Errno.EBUSY);
        }
        SaType saType = Checks.protocolOrAll(request.header().saType());
        Predicate<SecurityAssociation> wanted = Filters.of(request.message());
        Sadb.Walk walk = engine.sadb().walk(saType, Sadb.Order.NEWEST_FIRST);
        int pid = request.header().pid();
        NumberedDump dump =
                new NumberedDump(
                        walk,
                        sa ->
                                Checks.isProtocol(sa.protocol()) && wanted.test(sa)
                                        ? StateMessage.whole(header(sa, pid), sa)
                                        : null);
        if (dump.empty()) {
            walk.close();
            throw new Refusal(Errno.ENOENT);
        }
        engine.dump(request.asker(), walk, () -> copied(dump.get(), engine));
        return Outcome.NOTHING; // nobody else hears of it
    }

    private static BaseHeader header(SecurityAssociation sa, int pid) {
        return BaseHeader.of(MessageType.DUMP, sa.protocol(), 0, pid);
    }

    /** Promiscuous sockets see what is dumped. */
    private static @Nullable SadbMessage copied(@Nullable SadbMessage message, KeyEngine engine) {
        if (message != null) {
            Audience.copy(message, engine);
        }
        return message;
    }
}
