package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection to the control socket: a JSON object a line, answered by one line each. */
final class ControlSession extends Connection {

    private static final int LONGEST_LINE = 1 << 20;
    private static final byte[] NONE = {};

    private final ControlVerbs verbs;
    private final Outbound outbound = new Outbound();

    /** News that had no room since the last that had. */
    private long lost;

    /** The beginning of a line whose end has not come yet. */
    private byte[] rest = NONE;

    ControlSession(KernelLoop loop, Socket socket, PeerCredentials peer, ControlVerbs verbs) {
        super(loop, socket, peer);
        this.verbs = verbs;
    }

    @Override
    void read() throws IOException {
        ByteBuffer buffer = loop().readBuffer();
        int count = StreamSession.receive(socket(), buffer);
        if (count < 0) {
            endOfRequests();
            return;
        }
        byte[] bytes = Arrays.copyOf(rest, rest.length + count);
        buffer.get(0, bytes, rest.length, count);
        int line = 0;
        for (int at = rest.length; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                answer(new String(bytes, line, at - line, StandardCharsets.UTF_8));
                line = at + 1;
            }
        }
        rest = line == bytes.length ? NONE : Arrays.copyOfRange(bytes, line, bytes.length);
        if (rest.length > LONGEST_LINE) {
            say(ControlVerbs.refusal("a request has at most " + LONGEST_LINE + " bytes"));
            endOfRequests();
        }
    }

    private void answer(String line) {
        if (!line.isBlank()) {
            say(verbs.answer(this, line));
        }
    }

    private void say(String answer) {
        if (!deaf()) {
            put(answer);
            attempt(this::write);
        }
    }

    private void put(String line) {
        outbound.add((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Tells of a refused request with the next {@link #deliver}, or loses it when there is no room.
     */
    void news(JsonObject refused, Counters counters) {
        if (!outbound.hasRoom()) {
            attempt(this::write);
        }
        if (deaf() || !outbound.hasRoom()) {
            lost++;
            counters.untold++;
        } else {
            put(ControlVerbs.news(refused, lost));
            lost = 0;
        }
    }

    /** Writes the news that waits. */
    void deliver() {
        if (unsent()) {
            attempt(this::write);
            settle();
        }
    }

    @Override
    void write() throws IOException {
        StreamSession.transmit(socket(), loop().writeBuffer(), outbound);
    }

    @Override
    boolean unsent() {
        return outbound.unsent();
    }

    @Override
    boolean mayRead() {
        return !outbound.aboveHighWater();
    }

    @Override
    void discard() {
        outbound.discard();
    }

    @Override
    void gone() {
        loop().deliveries().refusals().unsubscribe(this);
    }
}
