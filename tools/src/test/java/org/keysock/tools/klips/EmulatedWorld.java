package org.keysock.tools.klips;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.text.AddressText;
import org.keysock.tools.cli.PfkeyRun;

/** A transcript's world: an emulator on a virtual clock, and a socket that hears what all hear. */
final class EmulatedWorld implements Transcript.World, AutoCloseable {

    private static final long START = 1230000000;
    private static final long SEED = 20081223;
    private static final long PATIENCE_MILLIS = 20_000;
    private static final String PATIENCE = "pfkey.klips.patience";
    private static final String HOSTS = "pfkey.hosts";

    /** Deletes an SA that nobody has, esp.1ff@255.255.255.254, for a process that nobody is. */
    private static final String MARK =
            "020400030b00000077000000ffffff7f03000100000001ff0001000000000000ffffffff00000000"
                    + "03000500000000000200000000000000000000000000000003000600000000000200"
                    + "0000fffffffe0000000000000000";

    private final Path home;
    private final StringBuilder hosts = new StringBuilder();
    private ServerOptions options;
    private @Nullable PfKeyServer server;
    private @Nullable StreamConnection ear;

    EmulatedWorld(Path home) {
        System.out.println("seed " + SEED);
        this.home = home;
        options = ServerOptions.in(home.resolve("emulator")).withVirtualClock(START).withSeed(SEED);
    }

    private PfKeyServer server() throws IOException {
        PfKeyServer started = server;
        if (started == null) {
            System.setProperty(PATIENCE, Long.toString(PATIENCE_MILLIS));
            System.setProperty(HOSTS, home.resolve("hosts").toString());
            Files.writeString(home.resolve("hosts"), hosts.toString());
            started = PfKeyServer.start(options);
            server = started;
            ear = StreamConnection.open(started.folder().resolve("klips.stream"), Numbers.KLIPS);
        }
        return started;
    }

    @Override
    public void set(String what, List<String> words) {
        switch (what) {
            case "local" -> {
                List<IpAddress> local =
                        words.stream()
                                .map(w -> Objects.requireNonNull(AddressText.parse(w)))
                                .toList();
                options = options.withLocal(local);
            }
            case "switch" -> options = options.withSwitch(words.get(0));
            default -> hosts.append(String.join(" ", words)).append('\n');
        }
    }

    @Override
    public void file(String name, String text) throws IOException {
        Files.writeString(home.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void advance(long seconds) throws IOException {
        Path socket = server().folder().resolve(PfKeyServer.CONTROL_SOCKET);
        String request = "{\"verb\":\"clock\",\"advance\":" + seconds + "}\n";
        try (SocketChannel control = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            control.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            if (control.read(answer) <= 0) {
                throw new IOException("the clock says nothing");
            }
        }
    }

    @Override
    public KlipsShell.Printed run(List<String> words) throws IOException {
        List<String> rest = words.subList(1, words.size());
        if (words.get(0).equals("ipsec")) {
            return new KlipsShell(server().folder(), home).run(rest);
        }
        PfkeyRun run = new PfkeyRun(server().folder(), "");
        int exit = run.run(rest.toArray(new String[0]));
        return new KlipsShell.Printed(run.out(), run.err(), exit, List.of());
    }

    @Override
    public List<String> heard() throws IOException {
        StreamConnection socket = Objects.requireNonNull(ear);
        byte[] mark = HexFormat.of().parseHex(MARK);
        socket.sendRecord(mark);
        List<String> heard = new ArrayList<>();
        while (true) {
            byte[] record = socket.receiveRecord(PATIENCE_MILLIS);
            if (record == null) {
                throw new IOException("the mark is not answered");
            }
            if (Arrays.equals(record, 8, 16, mark, 8, 16)) {
                return heard;
            }
            heard.add(HexFormat.of().formatHex(record));
        }
    }

    @Override
    public void close() throws IOException {
        if (ear != null) {
            ear.close();
        }
        if (server != null) {
            server.close();
        }
        System.clearProperty(PATIENCE);
        System.clearProperty(HOSTS);
    }
}
