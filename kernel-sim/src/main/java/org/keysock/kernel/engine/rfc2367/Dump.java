package org.keysock.kernel.engine.rfc2367;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.NumberedDump;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
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
 * DUMP, RFC 2367 section 3.1.10: a message for each SA, oldest first, to the asker alone; numbered
 * from 1, and 0 for the last. Linux' errnos for what the RFC does not say: ENOENT when there is no
 * SA, EBUSY while a dump runs.
 */
final class Dump implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Layout.BASE.check(request.message());
        SaType saType = request.header().saType();
        Layout.requireServedOrAll(saType);
        if (request.asker().dumping()) {
            throw new Refusal(Errno.EBUSY, Reasons.dumping());
        }
        Sadb.Walk walk = engine.sadb().walk(saType, Sadb.Order.INSERTION);
        int pid = request.header().pid();
        NumberedDump dump =
                NumberedDump.of(
                        walk::next,
                        sa -> Layout.served(sa.protocol()) ? Get.whole(header(sa, pid), sa) : null);
        if (dump.empty()) {
            walk.close();
            throw new Refusal(
                    Errno.ENOENT, "base header: there is no SA of type " + saType + " to dump");
        }
        engine.dump(request.asker(), () -> copied(dump.get(), engine), walk::close);
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
