package org.keysock.kernel.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/**
 * Where the engine's messages leave it. The server writes them in the receiving socket's dialect;
 * the same message object may be offered to many sockets and is then written once. Tests collect
 * them.
 */
public interface Mailbox {

    /** A reply to what this very socket asked: never dropped. */
    void reply(KeySocket to, SadbMessage message);

    /** News for a socket that need not wait for it: dropped and counted when its queue is full. */
    void broadcast(KeySocket to, SadbMessage message);

    /**
     * A request as it was written, for a promiscuous socket of the same dialect; may be dropped.
     */
    void broadcast(KeySocket to, Reading.Raw record);

    /**
     * Replies that are made one at a time as the receiver makes room: a dump. {@code next} gives
     * null at the end; {@code closed} runs once, at the end or when the receiver goes away.
     */
    void stream(KeySocket to, Supplier<@Nullable SadbMessage> next, Runnable closed);

    /**
     * The {@code send} call of this socket fails with an errno; together with, or instead of,
     * messages. Known to the client only if it asked for an acknowledgement (decisions.md 19).
     */
    void failSend(KeySocket from, Errno errno);

    /**
     * A request was refused, told for people before anybody hears the refusal: no socket does.
     *
     * @param header of the request, as far as it was legible
     * @param errno {@link Errno#OK} for a record that is dropped without an answer
     * @param reason extension, field, value and rule in protocol words; never a byte of a key
     */
    void refused(KeySocket asker, BaseHeader header, Errno errno, String reason);
}
