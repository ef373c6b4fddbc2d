package org.keysock.kernel.engine.solaris;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.ExtendedDump;

/** SADB_DUMP, with and without X_EDUMP: solaris.md section 3.12. */
final class Dump implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        ExtendedDump filter = message.find(ExtensionType.X_EDUMP, ExtendedDump.class);
        Checks.requireNone(message, filter);
        SaType saType = request.header().saType();
        Checks.requireServedOrAll(saType);
        if (request.asker().dumping()) {
            throw new Refusal(Errno.ENOMEM, Reasons.dumping());
        }
        Sadb.Walk walk = engine.sadb().walk(saType, Sadb.Order.SHELVES);
        engine.dump(
                request.asker(),
                new Messages(request, walk, filter == null ? 0 : filter.timeout(), engine),
                walk::close);
        return Outcome.NOTHING;
    }

    /** The dump's messages, one SA each, then the end marker; promiscuous sockets get copies. */
    private static final class Messages implements Supplier<@Nullable SadbMessage> {

        private final Request request;
        private final Sadb.Walk walk;
        private final long timeout;
        private final KeyEngine engine;
        private boolean ended;

        Messages(Request request, Sadb.Walk walk, long timeout, KeyEngine engine) {
            this.request = request;
            this.walk = walk;
            this.timeout = timeout;
            this.engine = engine;
        }

        @Override
        public @Nullable SadbMessage get() {
            if (ended) {
                return null;
            }
            SecurityAssociation sa = nextShown();
            SadbMessage message;
            if (sa != null) {
                message = DescribedSa.withKeys(request.header(), sa);
            } else {
                ended = true;
                message = SadbMessage.of(request.header().answered().withSequence(0));
            }
            copyToPromiscuous(message);
            return message;
        }

        private @Nullable SecurityAssociation nextShown() {
            SecurityAssociation sa = walk.next();
            while (sa != null && !(Checks.served(sa.protocol()) && usedLately(sa))) {
                sa = walk.next();
            }
            return sa;
        }

        private boolean usedLately(SecurityAssociation sa) {
            if (timeout == 0) {
                return true;
            }
            long ago = (request.now().millis() - sa.use().lastUseMillis()) / 1000;
            return sa.use().used() && Long.compareUnsigned(ago, timeout) <= 0;
        }

        private void copyToPromiscuous(SadbMessage message) {
            for (KeySocket socket : engine.promiscuous(DialectName.SOLARIS)) {
                if (socket != request.asker()) {
                    engine.mailbox().broadcast(socket, message);
                }
            }
        }
    }
}
