package org.keysock.kernel.engine.linux;

import java.util.function.Predicate;
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
        Numbered numbered = new Numbered(walk, wanted, request.header().pid(), engine);
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
        private final Predicate<SecurityAssociation> wanted;
        private final int pid;
        private final KeyEngine engine;
        private @Nullable SadbMessage heldBack;
        private int sequence;

        Numbered(Sadb.Walk walk, Predicate<SecurityAssociation> wanted, int pid, KeyEngine engine) {
            this.walk = walk;
            this.wanted = wanted;
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
            while (sa != null && !(Checks.isProtocol(sa.protocol()) && wanted.test(sa))) {
                sa = walk.next();
            }
            return sa == null
                    ? null
                    : StateMessage.whole(
                            BaseHeader.of(MessageType.DUMP, sa.protocol(), 0, pid), sa);
        }
    }
}
