package org.keysock.kernel.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Mailbox;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/**
 * Takes the engine's messages to the sessions, written in each one's dialect. They wait there until
 * {@link #deliver}.
 */
final class Deliveries implements Mailbox {

    private final Map<DialectName, DialectCodec> codecs = new EnumMap<>(DialectName.class);
    private final Map<Integer, Session> sessions = new LinkedHashMap<>();
    private final Counters counters;
    private final Refusals refusals;
    private List<Session> marked = new ArrayList<>();
    private List<Session> spare = new ArrayList<>();

    Deliveries(Collection<DialectName> dialects, KernelSettings settings, Counters counters) {
        dialects.forEach(name -> codecs.put(name, new DialectCodec(name, settings)));
        this.counters = counters;
        this.refusals = new Refusals(counters);
    }

    /** Who hears why requests are refused. */
    Refusals refusals() {
        return refusals;
    }

    /** The codec of a dialect. */
    DialectCodec codec(DialectName name) {
        DialectCodec codec = codecs.get(name);
        if (codec == null) {
            throw new IllegalStateException("no codec for " + name);
        }
        return codec;
    }

    void add(Session session) {
        sessions.put(session.keySocket().id(), session);
    }

    void remove(Session session) {
        sessions.remove(session.keySocket().id());
        counters.dropped += session.outbound().dropped();
    }

    /** All sessions, oldest first. */
    Collection<Session> sessions() {
        return Collections.unmodifiableCollection(sessions.values());
    }

    /** The process that opened a key socket, 0 when it is gone. */
    int process(KeySocket socket) {
        Session session = sessions.get(socket.id());
        return session == null ? 0 : session.peer().pid();
    }

    /** The session has something that {@link #deliver} must write. */
    void mark(Session session) {
        marked.add(session);
    }

    /** Writes what waits, as far as the receivers have room. */
    void deliver() {
        while (!marked.isEmpty()) {
            List<Session> now = marked;
            marked = spare;
            for (Session session : now) {
                session.deliver();
            }
            now.clear();
            spare = now;
        }
        refusals.deliver();
    }

    /** Forgets the messages last written. */
    void forget() {
        codecs.values().forEach(DialectCodec::forget);
    }

    /** The record of a message for that socket; null, and counted, when it cannot be said. */
    byte @Nullable [] encoded(KeySocket to, SadbMessage message) {
        byte[] record = codec(to.dialect()).write(message);
        if (record == null) {
            counters.unspeakable++;
        } else {
            counters.messagesOut++;
        }
        return record;
    }

    @Override
    public void reply(KeySocket to, SadbMessage message) {
        Session session = sessions.get(to.id());
        byte[] record = session == null ? null : encoded(to, message);
        if (session != null && record != null) {
            session.reply(record);
        }
    }

    @Override
    public void broadcast(KeySocket to, SadbMessage message) {
        Session session = sessions.get(to.id());
        byte[] record = session == null ? null : encoded(to, message);
        if (session != null && record != null) {
            session.news(record);
        }
    }

    @Override
    public void broadcast(KeySocket to, Reading.Raw record) {
        Session session = sessions.get(to.id());
        if (session != null) {
            int from = record.offset();
            counters.messagesOut++;
            session.news(Arrays.copyOfRange(record.buffer(), from, from + record.length()));
        }
    }

    @Override
    public void stream(KeySocket to, Supplier<@Nullable SadbMessage> next, Runnable closed) {
        Session session = sessions.get(to.id());
        if (session == null) {
            closed.run();
        } else {
            session.dump(next, closed);
        }
    }

    @Override
    public void failSend(KeySocket from, Errno errno) {
        Session session = sessions.get(from.id());
        if (session != null) {
            session.failSend(errno);
        }
    }

    @Override
    public void refused(KeySocket asker, BaseHeader header, Errno errno, String reason) {
        refusals.tell(asker, header, errno, reason);
    }
}
