package org.keysock.tools.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.keysock.pfkey.model.DialectName;

/**
 * Why an emulator refuses requests of a dialect, from its control socket, as lines for people. They
 * are read by a thread of their own and wait here; when too many wait, the emulator drops further
 * ones and says later how many.
 */
final class RefusalNews implements Closeable {

    private static final int MOST_WAITING = 4096;

    /** Milliseconds from the end of one socket to that of the other. */
    private static final int LONGEST_END = 1000;

    private final SocketChannel channel;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread reading;

    private RefusalNews(SocketChannel channel, BufferedReader lines) {
        this.channel = channel;
        reading = new Thread(() -> read(lines), "refusals");
        reading.setDaemon(true);
        reading.start();
    }

    /**
     * Hears of what is refused from now on.
     *
     * @throws Unreachable if nobody answers in that folder, or not so
     */
    static RefusalNews of(Path folder, DialectName dialect) throws Unreachable {
        Path socket = folder.resolve(ControlClient.SOCKET);
        JsonObject request = new JsonObject();
        request.addProperty("verb", "refusals");
        request.addProperty("dialect", dialect.text());
        try {
            SocketChannel channel = ControlClient.connect(socket);
            try {
                ControlClient.send(channel, request + "\n");
                BufferedReader lines =
                        new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
                if (!ControlClient.answer(lines).get("ok").getAsBoolean()) {
                    throw new IOException("it does not tell of refusals");
                }
                return new RefusalNews(channel, lines);
            } catch (IOException | RuntimeException failed) {
                channel.close();
                throw failed;
            }
        } catch (IOException | JsonParseException | IllegalStateException silent) {
            throw new Unreachable(socket, silent);
        }
    }

    private void read(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                waiting.put(print(JsonParser.parseString(line).getAsJsonObject()));
            }
        } catch (IOException | InterruptedException | JsonParseException ended) {
            // nobody tells us any more; the key socket notices when the emulator has ended
        }
    }

    private static String print(JsonObject news) {
        JsonObject refused = news.getAsJsonObject("refused");
        String errno = refused.get("errno").getAsString();
        boolean dropped = errno.equals("OK");
        String lost =
                news.has("lost") ? "# refused: " + news.get("lost") + " more, not told\n" : "";
        return lost
                + (dropped ? "# dropped " : "# refused ")
                + refused.get("dialect").getAsString()
                + " #"
                + refused.get("session")
                + " pid "
                + refused.get("pid")
                + " "
                + refused.get("type").getAsString()
                + " "
                + refused.get("saType").getAsString()
                + " seq "
                + refused.get("seq")
                + ": "
                + (dropped ? "" : errno + ": ")
                + refused.get("reason").getAsString()
                + "\n";
    }

    /** Whether there is something to be taken. */
    boolean waiting() {
        return !waiting.isEmpty();
    }

    /** What waits, in whole lines. */
    List<String> take() {
        List<String> taken = new ArrayList<>();
        waiting.drainTo(taken);
        return taken;
    }

    /** What is left when the emulator has ended the key socket, and this one too in a moment. */
    List<String> rest() throws InterruptedException {
        List<String> rest = new ArrayList<>();
        for (int left = LONGEST_END; left > 0 && reading.isAlive(); left--) {
            rest.addAll(take());
            reading.join(1);
        }
        rest.addAll(take());
        return rest;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        reading.interrupt();
    }
}
