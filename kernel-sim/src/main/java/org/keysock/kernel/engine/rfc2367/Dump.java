package org.keysock.kernel.engine.rfc2367;

import static org.keysock.kernel.engine.rfc2367.Layout.require;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
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
 * DUMP, RFC 2367 section 3.1.10: a message for each SA, oldest first, to the asker alone; numbered
 * from 1, and 0 for the last. Linux' errnos for what the RFC does not say: ENOENT when there is no
 * SA, EBUSY while a dump runs.
 */
final class Dump implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Layout.BASE.check(request.message());
        SaType saType = request.header().saType();
        require(saType == SaType.UNSPEC || Layout.served(saType));
        if (request.asker().dumping()) {
            throw new Refusal(Errno.EBUSY);
        }
        Sadb.Walk walk = engine.sadb().walk(saType, Sadb.Order.INSERTION);
        Numbered numbered = new Numbered(walk, request.header().pid(), engine);
        if (numbered.nothing()) {
            walk.close();
            throw new Refusal(Errno.ENOENT);
        }
        engine.dump(request.asker(), walk, numbered);
        return Outcome.NOTHING; // nobody else hears of it
    }

    /** Always holds one message back, because the last one is numbered differently. */
    private static final class Numbered implements Supplier<@Nullable SadbMessage> {

        private final Sadb.Walk walk;
        private final int pid;
        private final KeyEngine engine;
        private @Nullable SadbMessage heldBack;
        private int sequence;

        Numbered(Sadb.Walk walk, int pid, KeyEngine engine) {
            this.walk = walk;
            this.pid = pid;
            this.engine = engine;
            heldBack = another();
        }

        boolean nothing() {
            return heldBack == null;
        }

        @Override
        public @Nullable SadbMessage get() {
            SadbMessage message = heldBack;
            if (message == null) {
                return null;
            }
            heldBack = another();
            SadbMessage next =
                    message.withHeader(
                            message.header().withSequence(heldBack == null ? 0 : ++sequence));
            Audience.copy(next, engine);
            return next;
        }

        private @Nullable SadbMessage another() {
            SecurityAssociation sa = walk.next();
            while (sa != null && !Layout.served(sa.protocol())) {
                sa = walk.next();
            }
            return sa == null
                    ? null
                    : Get.whole(BaseHeader.of(MessageType.DUMP, sa.protocol(), 0, pid), sa);
        }
    }
}
