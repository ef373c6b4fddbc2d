package org.keysock.kernel.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.text.AddressText;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that {@code serve} and {@code run} share (interfaces.md). */
final class KernelArguments {

    private static final String SYSTEM = "system";
    private static final String VIRTUAL = "virtual";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder for sockets and state, created with mode 0700.")
    private @Nullable Path dir;

    @Option(
            names = "--clock",
            paramLabel = "system|virtual[:EPOCHSECONDS]",
            description = {
                "Real time, or time that moves only by `pfkey ctl clock advance`.",
                "Default: system. Virtual time begins at 1230000000, which is 2008-12-23."
            })
    private String clock = SYSTEM;

    @Option(
            names = "--local",
            split = ",",
            paramLabel = "ADDR",
            description = "The emulated host's own addresses (default: 127.0.0.1,::1).")
    private List<String> local = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "DIALECT.NAME=VALUE",
            description = "A switch of a dialect's rules; `pfkey ctl status` lists all.")
    private List<String> switches = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of every random choice (default: unpredictable).")
    private @Nullable Long seed;

    @Option(
            names = "--log",
            paramLabel = "LEVEL",
            description = "error, warn, info or debug, to standard error (default: info).")
    private String log = "info";

    @Option(
            names = "--store",
            paramLabel = "FILE|none",
            description = "Where Data ONTAP policies survive a restart; there are none yet.")
    private String store = "none";

    @Option(
            names = "--tun",
            paramLabel = "NAME",
            description = {
                "A TUN device whose packets are plain; together with --wire. It needs privilege,",
                "or a device made for this user beforehand."
            })
    private @Nullable String tun;

    @Option(
            names = "--wire",
            paramLabel = "udp:ADDR:PORT|tun:NAME",
            description = {
                "Where its packets go protected: from that address in UDP, to the peers that the",
                "SAs name, or to a second TUN device."
            })
    private @Nullable String wire;

    /** The folder that was named, or null. */
    @Nullable Path dir() {
        return dir;
    }

    /** The seed that was given, or null. */
    @Nullable Long seed() {
        return seed;
    }

    /** Sends the log to standard error, at the level asked for. */
    void startLog() {
        if (!ServerLog.start(log)) {
            throw wrong("--log is error, warn, info or debug, not " + log);
        }
        if (!store.equals("none")) {
            LoggerFactory.getLogger(KernelArguments.class)
                    .warn("--store {} has no effect yet: nothing survives a restart", store);
        }
    }

    /** The options of a server in that folder. */
    ServerOptions options(Path folder) {
        ServerOptions options = ServerOptions.in(folder);
        if (!clock.equals(SYSTEM)) {
            options = options.withVirtualClock(virtualStart());
        }
        if (!local.isEmpty()) {
            options = options.withLocal(local.stream().map(this::address).toList());
        }
        for (String each : switches) {
            options = options.withSwitch(each);
        }
        if (wire != null) {
            options = options.withEnds(ends(String.valueOf(tun), wire));
        }
        if ((tun == null) != (wire == null)) {
            throw wrong("--tun and --wire go together");
        }
        return seed == null ? options : options.withSeed(seed);
    }

    private PacketEnds ends(String plain, String way) {
        if (way.startsWith("tun:")) {
            return new PacketEnds(plain, way.substring(4), null);
        }
        int port = way.lastIndexOf(':');
        if (way.startsWith("udp:") && port > 4) {
            IpAddress address = AddressText.parse(way.substring(4, port));
            try {
                int number = Integer.parseInt(way.substring(port + 1));
                if (address != null && !address.unspecified() && number > 0 && number < 1 << 16) {
                    InetAddress ours = InetAddress.getByAddress(address.toBytes());
                    return new PacketEnds(plain, null, new InetSocketAddress(ours, number));
                }
            } catch (NumberFormatException | UnknownHostException notAnAddress) {
                // falls through to the complaint
            }
        }
        throw wrong(
                "--wire is udp:ADDR:PORT with an address of this host, or tun:NAME, not " + way);
    }

    private long virtualStart() {
        if (clock.equals(VIRTUAL)) {
            return VirtualClock.DEFAULT_START;
        }
        if (clock.startsWith(VIRTUAL + ":")) {
            try {
                return Long.parseLong(clock.substring(VIRTUAL.length() + 1));
            } catch (NumberFormatException notSeconds) {
                // falls through to the complaint
            }
        }
        throw wrong("--clock is system, virtual or virtual:EPOCHSECONDS, not " + clock);
    }

    private IpAddress address(String text) {
        IpAddress address = AddressText.parse(text);
        if (address == null) {
            throw wrong("--local takes addresses, not " + text);
        }
        return address;
    }

    /** A command whose wrong usage is told in a line, and where to read on. */
    static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setParameterExceptionHandler(
                        (wrong, arguments) -> {
                            CommandLine called = wrong.getCommandLine();
                            String name = called.getCommandSpec().qualifiedName();
                            called.getErr().println(name + ": " + wrong.getMessage());
                            called.getErr().println("Try '" + name + " --help'.");
                            return called.getCommandSpec().exitCodeOnInvalidInput();
                        });
    }

    /** A complaint about how the command was called. */
    ParameterException wrong(String text) {
        if (command == null) {
            throw new IllegalStateException("arguments of no command");
        }
        return new ParameterException(command.commandLine(), text);
    }
}
