package org.keysock.kernel.server;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.klips.KlipsTables;
import org.keysock.kernel.engine.klips.TextTable;

/**
 * A connection to the socket of tables: a name and a newline come in, the text goes out, and it is
 * closed (docs/tables.md). Lines are made when the receiver has taken those before, a step at a
 * time, so that nobody else waits for a long table.
 */
final class TableSession extends Connection {

    private static final int LONGEST_NAME = 64;

    /** Some eighty lines: less than a millisecond even before they are compiled. */
    private static final int STEP = 1 << 14;

    /** As long as that, what comes before the first line may take at once. */
    private static final long STEP_NANOS = 1_000_000;

    /** What no table begins with, and none ends with. */
    private static final String COMPLAINT = "?";

    private final KlipsTables tables;
    private final Outbound outbound = new Outbound();
    private final StringBuilder name = new StringBuilder();
    private @Nullable TextTable table;

    TableSession(KernelLoop loop, Socket socket, PeerCredentials peer, KlipsTables tables) {
        super(loop, socket, peer);
        this.tables = tables;
    }

    @Override
    void read() throws IOException {
        ByteBuffer buffer = loop().readBuffer();
        int count = StreamSession.receive(socket(), buffer);
        if (count < 0) {
            endOfRequests();
            return;
        }
        for (int at = 0; at < count; at++) {
            char letter = (char) (buffer.get(at) & 0xff);
            if (letter == '\n' || name.length() == LONGEST_NAME) {
                endOfRequests();
                open();
                attempt(this::write);
                return;
            }
            name.append(letter);
        }
    }

    private void open() {
        table = tables.open(name.toString(), loop().time().now());
        if (table == null) {
            say(COMPLAINT + " no such table; there are " + tables.names() + "\n");
        }
    }

    private void say(String text) {
        outbound.add(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    void write() throws IOException {
        TextTable open = table;
        if (open != null && outbound.isEmpty() && prepared(open)) {
            makeLines(open);
        }
        StreamSession.transmit(socket(), loop().writeBuffer(), outbound);
    }

    private boolean prepared(TextTable open) {
        long started = System.nanoTime();
        while (!open.ready()) {
            if (System.nanoTime() - started > STEP_NANOS) {
                return false;
            }
        }
        return true;
    }

    /** The next step. A text that breaks off ends without a newline, so that it is not believed. */
    private void makeLines(TextTable open) {
        StringBuilder lines = new StringBuilder(STEP + STEP / 8);
        try {
            while (lines.length() < STEP) {
                String line = open.nextLine();
                if (line == null) {
                    close(open);
                    break;
                }
                lines.append(line).append('\n');
            }
        } catch (RuntimeException | Error fault) {
            loop().faults().note("table " + name + " breaks off", fault);
            close(open);
            lines.append(COMPLAINT);
        }
        if (lines.length() > 0) {
            say(lines.toString());
        }
    }

    private void close(TextTable open) {
        table = null;
        open.close();
    }

    @Override
    boolean unsent() {
        return table != null || outbound.unsent();
    }

    @Override
    boolean mayRead() {
        return true;
    }

    @Override
    void discard() {
        outbound.discard();
        TextTable open = table;
        if (open != null) {
            close(open);
        }
    }

    @Override
    void gone() {}
}
