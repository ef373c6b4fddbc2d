package org.keysock.tools.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** An emulator's socket that serves one client by a script: the same words whatever it hears. */
final class FakeSocket implements Closeable {

    private final ServerSocketChannel listener;
    private final FutureTask<byte[]> served;

    /** Listens at that path; waits for {@code request} bytes, answers, closes. */
    FakeSocket(Path path, int request, byte[] answer) throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        served = new FutureTask<>(() -> serve(request, answer));
        new Thread(served, "fake socket").start();
    }

    private byte[] serve(int request, byte[] answer) throws IOException {
        try (SocketChannel client = listener.accept()) {
            ByteBuffer heard = ByteBuffer.allocate(request);
            int count = 0;
            while (heard.hasRemaining() && count >= 0) {
                count = client.read(heard);
            }
            client.write(ByteBuffer.wrap(answer));
            return heard.array();
        }
    }

    /** What the client said. */
    byte[] heard() throws ExecutionException, InterruptedException {
        return served.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
