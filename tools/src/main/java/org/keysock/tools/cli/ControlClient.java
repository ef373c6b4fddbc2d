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

    static final String SOCKET = "control.sock";

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
        try (SocketChannel channel = connect(socket)) {
            send(channel, request + "\n");
            answer =
                    answer(new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)));
        } catch (IOException | JsonParseException | IllegalStateException silent) {
            throw new Unreachable(socket, silent);
        }
        if (!answer.has("ok") || !answer.get("ok").getAsBoolean()) {
            throw new RequestFailed(
                    answer.has("error") ? answer.get("error").getAsString() : "refused");
        }
        return answer;
    }

    static SocketChannel connect(Path socket) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(SocketPath.checked(socket)));
    }

    static void send(SocketChannel channel, String line) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** The next line. */
    static JsonObject answer(BufferedReader lines) throws IOException {
        String answer = lines.readLine();
        if (answer == null) {
            throw new EOFException("it closed the connection without an answer");
        }
        return JsonParser.parseString(answer).getAsJsonObject();
    }
}
