package org.keysock.tools.setkey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.keysock.tools.cli.FakeKernel;

/**
 * Says to each request the same, in its type and to its pid and numbered as a dump; nothing when
 * nothing was given to it.
 */
final class CannedKernel extends FakeKernel {

    private static final int NUMBER = 8;
    private static final int PID = 12;

    private final List<byte[]> answers;

    CannedKernel(Path socket, byte[]... answers) throws IOException {
        super(socket);
        this.answers = Arrays.asList(answers);
        start();
    }

    @Override
    protected void converse(SocketChannel client) throws IOException {
        byte[] request = read(client);
        while (request.length > 0) {
            answer(client, request);
            request = read(client);
        }
    }

    private void answer(SocketChannel client, byte[] request) throws IOException {
        for (int at = 0; at < answers.size(); at++) {
            byte[] answer = answers.get(at).clone();
            answer[1] = request[1];
            answer[NUMBER] = (byte) (at == answers.size() - 1 ? 0 : at + 1);
            ByteBuffer.wrap(answer).put(PID, request, PID, 4);
            write(client, answer);
        }
    }
}
