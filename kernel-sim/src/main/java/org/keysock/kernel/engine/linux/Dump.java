package org.keysock.kernel.engine.linux;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.NumberedDump;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
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
        requireNone(request.asker());
        SaType saType = Checks.protocolOrAll(request.header().saType());
        Predicate<SecurityAssociation> wanted = Filters.of(request.message());
        Sadb.Walk walk = engine.sadb().walk(saType, Sadb.Order.NEWEST_FIRST);
        NumberedDump dump =
                NumberedDump.of(
                        new Merge(engine.sadb(), walk, Waiting.all(saType, engine)),
                        sa ->
                                Checks.isProtocol(sa.protocol()) && wanted.test(sa)
                                        ? StateMessage.whole(
                                                MessageType.DUMP, request.header(), sa, engine)
                                        : null);
        return begin(request, dump, walk::close, engine);
    }

    /**
     * One dump to a socket at a time, of SAs or of policies.
     *
     * @throws Refusal EBUSY
     */
    static void requireNone(KeySocket asker) throws Refusal {
        if (asker.dumping()) {
            throw new Refusal(Errno.EBUSY, Reasons.dumping());
        }
    }

    /**
     * Begins a dump, of which nobody else hears but promiscuous sockets.
     *
     * @throws Refusal ENOENT when there is nothing to be dumped
     */
    static Outcome begin(Request request, NumberedDump dump, Runnable closed, KeyEngine engine)
            throws Refusal {
        if (dump.empty()) {
            closed.run();
            throw new Refusal(Errno.ENOENT, "base header: there is nothing to dump");
        }
        engine.dump(request.asker(), () -> copied(dump.get(), engine), closed);
        return Outcome.NOTHING;
    }

    private static @Nullable SadbMessage copied(@Nullable SadbMessage message, KeyEngine engine) {
        if (message != null) {
            Audience.copy(message, engine);
        }
        return message;
    }

    /** The SAs of a walk and those that stand for waiting packets, newest first. */
    private static final class Merge implements Supplier<@Nullable SecurityAssociation> {

        private final Sadb sadb;
        private final Sadb.Walk walk;
        private final Deque<SecurityAssociation> waiting;
        private @Nullable SecurityAssociation heldBack;

        Merge(Sadb sadb, Sadb.Walk walk, List<SecurityAssociation> waiting) {
            this.sadb = sadb;
            this.walk = walk;
            this.waiting = new ArrayDeque<>(waiting);
        }

        @Override
        public @Nullable SecurityAssociation get() {
            SecurityAssociation stored = heldBack;
            heldBack = null;
            if (stored == null || !sadb.holds(stored)) {
                stored = walk.next();
            }
            SecurityAssociation other = waiting.peekLast();
            if (other != null && (stored == null || other.addedMillis() >= stored.addedMillis())) {
                heldBack = stored;
                return waiting.pollLast();
            }
            return stored;
        }
    }
}
