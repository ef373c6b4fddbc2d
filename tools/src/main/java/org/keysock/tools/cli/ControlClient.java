package org.keysock.tools.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.keysock.pfkey.socket.SocketPath;

/**
 * One question to an emulator's control socket: a JSON object in a line, answered by another
 * ({@code kernel-sim/docs/control.md}).
 */
final class ControlClient {

    private static final String SOCKET = "control.sock";

    private ControlClient() {}

    /**
     * Asks the emulator of a folder.
     *
     * @throws Unreachable if nobody answers there
     * @throws RequestFailed if the emulator refuses
     */
    static JsonObject ask(Path folder, JsonObject request) throws Unreachable, RequestFailed {
        Path socket = folder.resolve(SOCKET);
        JsonObject answer;
        try {
            answer = JsonParser.parseString(exchange(socket, request + "\n")).getAsJsonObject();
        } catch (IOException | JsonParseException | IllegalStateException silent) {
            throw new Unreachable(socket, silent);
        }
        if (!answer.has("ok") || !answer.get("ok").getAsBoolean()) {
            throw new RequestFailed(
                    answer.has("error") ? answer.get("error").getAsString() : "refused");
        }
        return answer;
    }

    private static String exchange(Path socket, String line) throws IOException {
        try (SocketChannel channel =
                SocketChannel.open(UnixDomainSocketAddress.of(SocketPath.checked(socket)))) {
            ByteBuffer out = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (out.hasRemaining()) {
                channel.write(out);
            }
            BufferedReader reader =
                    new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            String answer = reader.readLine();
            if (answer == null) {
                throw new EOFException("it closed the connection without an answer");
            }
            return answer;
        }
    }
}
