package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.text.AddressText;

/** A recorded dialogue, said again: each step is done, and what the sockets hear is kept. */
public final class Said {

    /**
     * The recorded dialogues that are not said again byte for byte, on purpose, each with the
     * reason that stands in {@code docs/semantics.md}.
     */
    public static final Map<String, String> DIFFERENT =
            new TreeMap<>(
                    Map.of(
                            "bad-socket-arguments",
                            "socket(): the preload library's part",
                            "dump-twice-unread",
                            "receive buffer of a real kernel",
                            "enobufs-register",
                            "receive buffer of a real kernel",
                            "enobufs-tiny-rcvbuf",
                            "receive buffer of a real kernel",
                            "getspi-exhaust",
                            "that kernel draws at random and gives up although an SPI is left",
                            "getspi-ipcomp",
                            "that kernel leaves a stray larval SA with SPI 0 (decisions.md 14)",
                            "getspi-single-taken",
                            "that kernel leaves a stray larval SA with SPI 0 (decisions.md 14)",
                            "getspi-zero-spi",
                            "that kernel gives out SPI 0 and breaks (decisions.md 14)",
                            "socket-policy",
                            "setsockopt(): the preload library's part"));

    private static final int LOCAL_PORT = 4000;
    private static final int UDP = 17;
    private static final int TCP = 6;
    private static final int UDP_HEADER = 8;
    private static final Set<String> NOTHING_TO_DO =
            Set.of("drain", "hold", "unhold", "readbuf", "capture");

    /** What it is said to. */
    public interface Kernel {

        /** Opens a key socket. */
        void open(String socket) throws IOException;

        /** Closes it. */
        void close(String socket) throws IOException;

        /**
         * Sends a record.
         *
         * @return how {@code send} failed, or the empty string
         */
        String send(String socket, byte[] record) throws IOException;

        /** The next message that the socket has heard, in hexadecimal; empty when there is none. */
        String next(String socket) throws IOException;

        /** Lets time go by. */
        void advance(long millis) throws IOException;

        /** Has the engine do what does not come by a key socket. */
        void engine(Inside task) throws IOException;
    }

    /** What is done inside the kernel. */
    @FunctionalInterface
    public interface Inside {

        /** Does it. */
        void act(KeyEngine engine, Now now);
    }

    private final Dialogue dialogue;
    private final Kernel kernel;
    private final Map<String, List<String>> heard = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Map<String, String> captured = new HashMap<>();
    private final List<String> beyondUs = new ArrayList<>();
    private long elapsed;

    private Said(Dialogue dialogue, Kernel kernel) {
        this.dialogue = dialogue;
        this.kernel = kernel;
    }

    /**
     * Says a dialogue.
     *
     * @return what was heard and what should have been heard, differences in volatile bytes aside;
     *     equal when all is well
     */
    public static List<String> say(Dialogue dialogue, Kernel kernel) throws IOException {
        Said said = new Said(dialogue, kernel);
        for (Dialogue.Step step : dialogue.steps()) {
            said.take(step);
        }
        StringBuilder recorded = new StringBuilder();
        StringBuilder now = new StringBuilder(String.join("", said.beyondUs));
        for (Map.Entry<String, List<String>> each : said.heard.entrySet()) {
            String socket = each.getKey();
            dialogue.heard(socket).forEach(hex -> recorded.append(socket + " " + hex + "\n"));
            int index = 0;
            for (String hex : each.getValue()) {
                now.append(socket + " " + dialogue.masked(socket, index++, hex) + "\n");
            }
        }
        return List.of(recorded.toString(), now.toString());
    }

    private void take(Dialogue.Step step) throws IOException {
        advanceTo(step.millis());
        switch (step.op()) {
            case "open" -> open(step);
            case "close" -> {
                open.remove(step.socket());
                kernel.close(step.socket());
            }
            case "send" -> send(step);
            case "udp" -> packet(step, UDP, step.number("length") + UDP_HEADER);
            case "tcpconnect" -> packet(step, TCP, 0);
            case "run" ->
                    kernel.engine(
                            (engine, now) -> new Netlink(engine, now).run(step.text("command")));
            case "recvn" -> {
                for (int count = step.number("count"); count > 0; count--) {
                    hear(step.socket());
                }
            }
            default -> {
                if (!NOTHING_TO_DO.contains(step.op())) {
                    beyondUs.add("cannot: " + step.op() + "\n");
                }
            }
        }
        advanceTo(step.heardMillis());
        boolean any; // to read one socket's dump may bring messages to another
        do {
            any = false;
            for (String socket : open) {
                while (!readSparingly(socket) && hear(socket)) {
                    any = true;
                }
            }
        } while (any);
        if (step.op().equals("capture")) {
            capture(step);
        }
    }

    private void open(Dialogue.Step step) throws IOException {
        if (step.number("result") < 0) {
            beyondUs.add("cannot: a call that fails\n");
            return;
        }
        kernel.open(step.socket());
        open.add(step.socket());
        heard.put(step.socket(), new ArrayList<>());
    }

    /** Whether the recording says how many messages were read on that socket. */
    private boolean readSparingly(String socket) {
        return dialogue.steps().stream()
                .anyMatch(step -> step.op().equals("recvn") && step.socket().equals(socket));
    }

    private boolean hear(String socket) throws IOException {
        String message = kernel.next(socket);
        if (!message.isEmpty()) {
            requireNonNull(heard.get(socket)).add(message);
        }
        return !message.isEmpty();
    }

    private void send(Dialogue.Step step) throws IOException {
        byte[] record = step.bytes();
        step.captured()
                .forEach(
                        (offset, name) -> {
                            byte[] bytes = HexFormat.of().parseHex(captured.get(name));
                            System.arraycopy(bytes, 0, record, offset, bytes.length);
                        });
        assertEquals(step.errno(), kernel.send(step.socket(), record), step.toString());
    }

    /** Keeps bytes of the message heard last: of the whole, or of its X_POLICY. */
    private void capture(Dialogue.Step step) {
        List<String> messages = requireNonNull(heard.get(step.socket()));
        byte[] message = HexFormat.of().parseHex(messages.get(messages.size() - 1));
        int start = 0;
        if (step.text("extension").equals("X_POLICY")) {
            for (start = 16; message[start + 2] != 18; ) {
                start += 8 * (message[start] & 0xff);
            }
        }
        int from = start + step.number("offset");
        captured.put(
                step.text("variable"),
                HexFormat.of()
                        .formatHex(
                                Arrays.copyOfRange(message, from, from + step.number("length"))));
    }

    private void packet(Dialogue.Step step, int protocol, int bytes) throws IOException {
        Flow flow =
                new Flow(
                        address(step.text("src")),
                        address(step.text("dst")),
                        protocol,
                        LOCAL_PORT,
                        step.number("dport"));
        boolean[] passed = new boolean[1];
        kernel.engine((engine, now) -> passed[0] = Packets.send(engine, flow, bytes, now));
        assertEquals(!step.text("errno").equals("EINVAL"), passed[0], step.toString());
    }

    private static IpAddress address(String text) {
        IpAddress address = AddressText.parse(text);
        if (address == null) {
            throw new IllegalArgumentException(text);
        }
        return address;
    }

    private void advanceTo(long millis) throws IOException {
        if (millis > elapsed) {
            kernel.advance(millis - elapsed);
            elapsed = millis;
        }
    }
}
