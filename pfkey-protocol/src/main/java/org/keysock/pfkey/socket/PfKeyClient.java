package org.keysock.pfkey.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * Asks a kernel and awaits its answers over a connection. Answers are known by type, pid and
 * sequence number; whatever else arrives meanwhile goes to a listener.
 */
public final class PfKeyClient implements Closeable {

    private final PfKeyConnection connection;
    private final int pid;
    private final long timeoutMillis;
    private final Consumer<SadbMessage> others;
    private int sequence;

    /**
     * A client of its own connection, which it closes at the end.
     *
     * @param timeoutMillis how long to wait for each message of an answer; {@link
     *     PfKeyConnection#FOREVER} for ever
     * @param others is given every message that is no answer to a request of ours
     */
    public PfKeyClient(
            PfKeyConnection connection, long timeoutMillis, Consumer<SadbMessage> others) {
        this.connection = connection;
        this.pid = (int) ProcessHandle.current().pid();
        this.timeoutMillis = timeoutMillis;
        this.others = others;
    }

    /** A client that ignores what is no answer to its requests and waits as long as it takes. */
    public PfKeyClient(PfKeyConnection connection) {
        this(connection, PfKeyConnection.FOREVER, message -> {});
    }

    /** The connection this client speaks over. */
    public PfKeyConnection connection() {
        return connection;
    }

    /**
     * Asks and awaits the answer.
     *
     * @throws KernelError if the kernel refuses
     * @throws SocketTimeoutException if it does not answer in time
     */
    public SadbMessage request(MessageType type, SaType saType, Extension... extensions)
            throws IOException {
        BaseHeader header = BaseHeader.of(type, saType, ++sequence, pid);
        return request(SadbMessage.of(header, extensions));
    }

    /** As {@link #request(MessageType, SaType, Extension...)}, under the message's own header. */
    public SadbMessage request(SadbMessage message) throws IOException {
        BaseHeader asked = message.header();
        connection.send(message);
        return accepted(
                await(
                        reply ->
                                reply.type() == asked.type()
                                        && reply.header().pid() == asked.pid()
                                        && reply.header().sequence() == asked.sequence()));
    }

    /**
     * Asks for all SAs of a type ({@link SaType#UNSPEC} for all) and hands them over as they come.
     *
     * @throws KernelError if the kernel refuses; in some dialects also when there are none
     */
    public void dump(SaType saType, Consumer<SadbMessage> visitor) throws IOException {
        connection.send(SadbMessage.of(BaseHeader.of(MessageType.DUMP, saType, ++sequence, pid)));
        SadbMessage shown;
        do {
            shown =
                    accepted(
                            await(
                                    reply ->
                                            reply.type() == MessageType.DUMP
                                                    && reply.header().pid() == pid));
            if (shown.size() > 0) {
                visitor.accept(shown);
            }
        } while (shown.header().sequence() != 0);
    }

    /**
     * The next message that satisfies the condition; those before it go to the listener.
     *
     * @throws SocketTimeoutException if none comes in time
     */
    public SadbMessage await(Predicate<SadbMessage> condition) throws IOException {
        for (; ; ) {
            SadbMessage message = next();
            if (condition.test(message)) {
                return message;
            }
            others.accept(message);
        }
    }

    private SadbMessage next() throws IOException {
        @Nullable Reading reading = connection.receive(timeoutMillis);
        if (reading == null) {
            throw new SocketTimeoutException("no answer within " + timeoutMillis + " ms");
        }
        if (reading instanceof Reading.Whole whole) {
            return whole.message();
        }
        Reading.Broken broken = (Reading.Broken) reading;
        throw new IOException("the kernel's message is malformed: " + broken.fault().reason());
    }

    private static SadbMessage accepted(SadbMessage reply) throws KernelError {
        if (reply.header().errno() != Errno.OK) {
            throw new KernelError(reply);
        }
        return reply;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
