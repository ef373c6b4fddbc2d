package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people why requests were refused, which the wire does not: the log, and the control
 * sessions that asked for it (docs/control.md). Their lines are written after the messages that the
 * same requests caused; one that does not read them loses some, which is counted.
 */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Counters counters;

    /** Who hears of them, and of which dialect; empty: of all. */
    private final Map<ControlSession, Optional<DialectName>> subscribers = new LinkedHashMap<>();

    Refusals(Counters counters) {
        this.counters = counters;
    }

    void subscribe(ControlSession session, Optional<DialectName> dialect) {
        subscribers.put(session, dialect);
    }

    void unsubscribe(ControlSession session) {
        subscribers.remove(session);
    }

    /** A request was refused. */
    void tell(KeySocket asker, BaseHeader header, Errno errno, String reason) {
        counters.refused++;
        if (LOG.isDebugEnabled()) {
            LOG.debug(line(asker, header, errno, reason));
        }
        if (subscribers.isEmpty()) {
            return;
        }
        JsonObject refused = json(asker, header, errno, reason);
        subscribers.forEach(
                (session, dialect) -> {
                    if (dialect.isEmpty() || dialect.get() == asker.dialect()) {
                        session.news(refused, counters);
                    }
                });
    }

    /** Writes what waits, as far as the subscribers have room. */
    void deliver() {
        if (!subscribers.isEmpty()) {
            List.copyOf(subscribers.keySet()).forEach(ControlSession::deliver);
        }
    }

    private static String line(KeySocket asker, BaseHeader header, Errno errno, String reason) {
        boolean dropped = errno == Errno.OK;
        return (dropped ? "dropped " : "refused ")
                + asker.dialect().text()
                + " #"
                + asker.id()
                + " pid "
                + Integer.toUnsignedString(header.pid())
                + " "
                + header.type()
                + " "
                + header.saType()
                + " seq "
                + Integer.toUnsignedString(header.sequence())
                + ": "
                + (dropped ? "" : errno + ": ")
                + reason;
    }

    private static JsonObject json(KeySocket asker, BaseHeader header, Errno errno, String reason) {
        JsonObject refused = new JsonObject();
        refused.addProperty("dialect", asker.dialect().text());
        refused.addProperty("session", asker.id());
        refused.addProperty("pid", Integer.toUnsignedLong(header.pid()));
        refused.addProperty("type", header.type().toString());
        refused.addProperty("saType", header.saType().toString());
        refused.addProperty("seq", Integer.toUnsignedLong(header.sequence()));
        refused.addProperty("errno", errno.toString());
        refused.addProperty("reason", reason);
        return refused;
    }
}
