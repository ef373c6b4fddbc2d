package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.keysock.tools.cli.FakeKernel;
import org.keysock.tools.ipseckey.RecordedCase.Exchange;

/**
 * Plays the recorded kernel's part on a real socket: compares what the client writes, and answers
 * the n-th message with the n-th replies.
 */
final class ScriptedKernel extends FakeKernel {

    private static final int RECORDED_PID = 4711;
    private static final int PID_OFFSET = 12;
    private static final HexFormat HEX = HexFormat.of();

    private final List<Exchange> exchanges;
    private final boolean endless;
    private final List<String> surprises = new ArrayList<>();
    private final int pid = (int) ProcessHandle.current().pid();
    private int next;

    /**
     * A kernel at that socket.
     *
     * @param endless whether the client only listens after its first message
     */
    ScriptedKernel(Path socket, List<Exchange> exchanges, boolean endless) throws IOException {
        super(socket);
        this.exchanges = exchanges;
        this.endless = endless;
        start();
    }

    @Override
    protected void converse(SocketChannel client) throws IOException {
        while (true) {
            if (next < exchanges.size() && exchanges.get(next).sent().isEmpty()) {
                answer(client, exchanges.get(next++));
            }
            byte[] message = read(client);
            if (message.length == 0) {
                return;
            }
            if (next == exchanges.size()) {
                surprises.add("not recorded: " + HEX.formatHex(message));
                return;
            }
            Exchange exchange = exchanges.get(next++);
            if (!asRecorded(exchange, message)) {
                return;
            }
            answer(client, exchange);
        }
    }

    /** Whether the message is the recorded one; a client that says another is hung up on. */
    private boolean asRecorded(Exchange exchange, byte[] message) {
        byte[] wanted = HEX.parseHex(exchange.sent());
        byte[] got = message.clone();
        ByteBuffer.wrap(wanted).order(ByteOrder.LITTLE_ENDIAN).putInt(PID_OFFSET, pid);
        for (int[] range : exchange.loose()) {
            for (int at = range[0]; at < range[0] + range[1]; at++) {
                if (at >= PID_OFFSET + 4 && at < got.length && got[at] != 0) {
                    surprises.add("a byte that is padding is not zero, at " + at);
                }
                if (at < wanted.length && at < got.length && at >= PID_OFFSET + 4) {
                    wanted[at] = got[at];
                }
            }
        }
        if (!HEX.formatHex(wanted).equals(HEX.formatHex(got))) {
            surprises.add(
                    "message "
                            + next
                            + "\n wanted "
                            + HEX.formatHex(wanted)
                            + "\n    got "
                            + HEX.formatHex(got));
            return false;
        }
        return true;
    }

    private void answer(SocketChannel client, Exchange exchange) throws IOException {
        for (String reply : exchange.replies()) {
            byte[] bytes = HEX.parseHex(reply);
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.length >= PID_OFFSET + 4 && buffer.getInt(PID_OFFSET) == RECORDED_PID) {
                buffer.putInt(PID_OFFSET, pid);
            }
            write(client, bytes);
        }
        if (endless && next == 1) {
            // a client that waits for more than was recorded must not wait for ever
            client.shutdownOutput();
        }
    }

    /** What was not as recorded; empty when all was. To be asked after the client has ended. */
    List<String> surprises() throws IOException {
        close();
        if (next < exchanges.size()) {
            surprises.add("only " + next + " of " + exchanges.size() + " messages were sent");
        }
        return surprises;
    }
}
