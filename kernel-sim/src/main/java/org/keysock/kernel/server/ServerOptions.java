package org.keysock.kernel.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/**
 * How an emulated kernel is started; the options of {@code serve} and {@code run} (interfaces.md).
 *
 * @param folder of its sockets, created with mode 0700 if it does not exist
 * @param virtualStart seconds since 1970 at which virtual time begins; empty for the system's clock
 * @param local the emulated host's own addresses
 * @param switches {@code DIALECT.NAME=VALUE} each
 * @param seed of every random choice; empty for an unpredictable one
 * @param ends where packets come from and go to by themselves; null for nowhere
 */
public record ServerOptions(
        Path folder,
        OptionalLong virtualStart,
        List<IpAddress> local,
        List<String> switches,
        OptionalLong seed,
        @Nullable PacketEnds ends) {

    public ServerOptions {
        local = List.copyOf(local);
        switches = List.copyOf(switches);
    }

    /** The defaults, in that folder: system clock, loopback addresses, nothing set. */
    public static ServerOptions in(Path folder) {
        return new ServerOptions(
                folder,
                OptionalLong.empty(),
                List.of(new Ipv4Address(0x7f00_0001), new Ipv6Address(0, 1)),
                List.of(),
                OptionalLong.empty(),
                null);
    }

    /** On a virtual clock that begins at that second since 1970. */
    public ServerOptions withVirtualClock(long startSeconds) {
        return new ServerOptions(
                folder, OptionalLong.of(startSeconds), local, switches, seed, ends);
    }

    /** With other addresses of the host's own. */
    public ServerOptions withLocal(List<? extends IpAddress> addresses) {
        return new ServerOptions(
                folder, virtualStart, List.copyOf(addresses), switches, seed, ends);
    }

    /** With one switch more. */
    public ServerOptions withSwitch(String assignment) {
        List<String> all = new ArrayList<>(switches);
        all.add(assignment);
        return new ServerOptions(folder, virtualStart, local, all, seed, ends);
    }

    /** With random choices that can be repeated. */
    public ServerOptions withSeed(long newSeed) {
        return new ServerOptions(
                folder, virtualStart, local, switches, OptionalLong.of(newSeed), ends);
    }

    /** With packets from a device. */
    public ServerOptions withEnds(PacketEnds newEnds) {
        return new ServerOptions(folder, virtualStart, local, switches, seed, newEnds);
    }
}
