package org.keysock.tools.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keysock.tools.capture.CaptureReader;
import org.keysock.tools.capture.CaptureWriter;
import org.keysock.tools.capture.CapturedFrame;
import org.keysock.tools.capture.LinkHeader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pfkey pcap}: a capture file through the transform core of a running emulator. */
@Command(
        name = "pcap",
        description = {
            "Sends the packets of a capture file, pcap or pcapng, through a running emulator, as",
            "if they left it (--out) or arrived (--in), and writes what comes of them, in the same",
            "format, without headers of a link. Prints how many packets had which verdict."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Pfkey.Version.class)
final class Pcap implements Callable<Integer> {

    /** Verdict of ours: the frame carries no IP packet, or its link is unknown. */
    private static final String NOT_IP = "not-ip";

    /** Verdict of ours: there is more of the packet than a packet can be. */
    private static final String OVERSIZED = "oversized";

    private static final String HELD = "held";

    private final Surroundings around;
    private final Map<String, Long> verdicts = new TreeMap<>();
    private final Queue<CapturedFrame> ahead = new ArrayDeque<>();
    private int aheadCost;

    /** When the packet of the last answer was captured. */
    private long nanos;

    private long written;

    @Mixin private final FolderOption folder = new FolderOption();

    @ArgGroup(multiplicity = "1")
    private Direction direction = new Direction();

    @Option(
            names = "--progress",
            description = "Tell every second on standard error how far it is.")
    private boolean progress;

    @Parameters(index = "0", paramLabel = "IN", description = "The capture file to be read.")
    private Path from = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The capture file to be written.")
    private Path to = Path.of("");

    /** Which way the packets go. */
    static final class Direction {

        @SuppressWarnings("UnusedVariable") // it is this or the other
        @Option(names = "--out", required = true, description = "The packets leave this host.")
        private boolean out;

        @Option(names = "--in", required = true, description = "The packets arrive.")
        private boolean in;
    }

    Pcap(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, RequestFailed, Unreachable {
        Path source = around.directory().resolve(from);
        Path target = around.directory().resolve(to);
        if (Files.exists(target) && Files.isSameFile(source, target)) {
            throw new RequestFailed("IN and OUT are the same file");
        }
        try (InputStream file = open(source);
                PacketsClient emulator = PacketsClient.of(folder.folder(around))) {
            CaptureReader reader = reader(file);
            PcapProgress told =
                    progress ? new PcapProgress(around.err(), Files.size(source)) : null;
            try (CaptureWriter writer = reader.writer(Files.newOutputStream(target))) {
                pass(reader, emulator, writer, told);
            } finally {
                summary();
            }
        }
        return 0;
    }

    private InputStream open(Path source) throws RequestFailed {
        try {
            return Files.newInputStream(source);
        } catch (IOException unreadable) {
            throw new RequestFailed("cannot read " + from);
        }
    }

    private CaptureReader reader(InputStream file) throws RequestFailed {
        try {
            return CaptureReader.of(file);
        } catch (IOException bad) {
            throw damaged(bad);
        }
    }

    private @Nullable CapturedFrame next(CaptureReader reader) throws RequestFailed {
        try {
            return reader.next();
        } catch (IOException bad) {
            throw damaged(bad);
        }
    }

    private RequestFailed damaged(IOException bad) {
        return new RequestFailed(from + ": " + bad.getMessage());
    }

    /** Passes all packets; what came before a damage is passed on to its end. */
    private void pass(
            CaptureReader reader,
            PacketsClient emulator,
            CaptureWriter writer,
            @Nullable PcapProgress told)
            throws IOException, RequestFailed, Unreachable {
        long packets = 0;
        RequestFailed damage = null;
        try {
            for (CapturedFrame frame = next(reader); frame != null; frame = next(reader)) {
                push(frame, emulator);
                while (aheadCost > PacketsClient.MOST_AHEAD) {
                    emulator.flush();
                    take(emulator, writer);
                }
                packets++;
                if (told != null) {
                    told.at(reader.position(), packets);
                }
            }
        } catch (RequestFailed bad) {
            damage = bad;
        }
        emulator.flush();
        while (!ahead.isEmpty()) {
            take(emulator, writer);
        }
        if (told != null) {
            told.end(reader.position(), packets);
        }
        if (damage != null) {
            throw damage;
        }
    }

    private void push(CapturedFrame frame, PacketsClient emulator) throws Unreachable {
        int begin = LinkHeader.packet(frame);
        if (begin == LinkHeader.NOT_IP) {
            count(NOT_IP);
            return;
        }
        int length = LinkHeader.end(frame.bytes(), begin) - begin;
        if (!PacketsClient.fits(length)) {
            count(OVERSIZED);
            return;
        }
        emulator.push(direction.in, frame.bytes(), begin, length);
        ahead.add(frame);
        aheadCost += PacketsClient.cost(frame.bytes().length);
    }

    /** Takes an answer: for the packet that has waited longest, or again for one that was held. */
    private void take(PacketsClient emulator, CaptureWriter writer)
            throws IOException, Unreachable {
        PacketsClient.Answer answer = emulator.next();
        if (answer.late()) {
            verdicts.computeIfPresent(HELD, (name, count) -> count == 1 ? null : count - 1);
        } else {
            CapturedFrame frame = ahead.remove();
            aheadCost -= PacketsClient.cost(frame.bytes().length);
            nanos = frame.nanos();
        }
        count(answer.verdict());
        if (answer.packet().length > 0) {
            writer.write(nanos, answer.packet(), 0, answer.packet().length);
            written++;
        }
    }

    private void count(String verdict) {
        verdicts.merge(verdict, 1L, Long::sum);
    }

    private void summary() {
        long packets = 0;
        for (Map.Entry<String, Long> each : verdicts.entrySet()) {
            around.out().print(String.format("%-24s %d%n", each.getKey(), each.getValue()));
            packets += each.getValue();
        }
        around.out().print(packets + " packets read, " + written + " written\n").flush();
    }
}
