package org.keysock.tools.setkey;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Says to each request the same, in its type and to its pid and numbered as a dump; nothing when
 * nothing was given to it.
 */
final class CannedKernel implements AutoCloseable {

    private static final int NUMBER = 8;
    private static final int PID = 12;

    private final ServerSocketChannel server;
    private final List<byte[]> answers;

    CannedKernel(Path socket, byte[]... answers) throws IOException {
        this.answers = Arrays.asList(answers);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        new Thread(this::serve, "canned kernel").start();
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    byte[] request = RecordingKernel.read(client);
                    while (request != null) {
                        answer(client, request);
                        request = RecordingKernel.read(client);
                    }
                }
            }
        } catch (IOException e) {
            // closed: the case is over
        }
    }

    private void answer(SocketChannel client, byte[] request) throws IOException {
        for (int at = 0; at < answers.size(); at++) {
            byte[] answer = answers.get(at).clone();
            answer[1] = request[1];
            answer[NUMBER] = (byte) (at == answers.size() - 1 ? 0 : at + 1);
            ByteBuffer.wrap(answer).put(PID, request, PID, 4);
            RecordingKernel.write(client, answer);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
