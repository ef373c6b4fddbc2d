package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.SolarisExtension;
import org.keysock.pfkey.model.Spi;

/**
 * Makes the message of a command for one pair of addresses, in the original's order of extensions
 * (solaris.md 4.12). Addresses always travel as IPv6, IPv4 ones mapped.
 */
final class RequestBuilder {

    private final Command.SaCommand command;
    private final Draft draft;
    private final int pid;

    RequestBuilder(Command.SaCommand command, int pid) {
        this.command = command;
        this.draft = command.draft();
        this.pid = pid;
    }

    /**
     * The message.
     *
     * @param source null when none is to be named
     * @param destination null when none was given
     */
    SadbMessage message(
            MessageType type, @Nullable IpAddress source, @Nullable IpAddress destination) {
        List<Extension> extensions =
                command.verb().changes() ? whole(source, destination) : named(source, destination);
        return SadbMessage.of(
                BaseHeader.of(type, command.saType(), command.sequence(), pid), extensions);
    }

    private List<Extension> whole(@Nullable IpAddress source, @Nullable IpAddress destination) {
        List<Extension> all = new ArrayList<>(12);
        all.add(
                new Extension.Sa(
                        spi(Token.SPI),
                        (int) draft.number(Token.REPLAY),
                        draft.state(),
                        draft.auth(),
                        draft.encrypt(),
                        flags()));
        if (draft.saw(Token.PAIR_SPI)) {
            all.add(new SolarisExtension.Pair(spi(Token.PAIR_SPI)));
        }
        limits(
                all,
                ExtensionType.LIFETIME_HARD,
                Token.HARD_ALLOC,
                Token.HARD_BYTES,
                Token.HARD_ADDTIME,
                Token.HARD_USETIME);
        limits(
                all,
                ExtensionType.LIFETIME_SOFT,
                Token.SOFT_ALLOC,
                Token.SOFT_BYTES,
                Token.SOFT_ADDTIME,
                Token.SOFT_USETIME);
        if (draft.saw(Token.IDLE_ADDTIME) || draft.saw(Token.IDLE_USETIME)) {
            all.add(
                    new Extension.Lifetime(
                            ExtensionType.X_LIFETIME_IDLE,
                            0,
                            0,
                            draft.number(Token.IDLE_ADDTIME),
                            draft.number(Token.IDLE_USETIME)));
        }
        given(all, Token.ENCRKEY);
        given(all, Token.AUTHKEY);
        given(all, Token.SRCIDTYPE);
        given(all, Token.DSTIDTYPE);
        all.add(outer(ExtensionType.ADDRESS_DST, destination, Token.DPORT));
        nat(all, ExtensionType.X_ADDRESS_NATT_REM, Token.NAT_REM, Token.NAT_RPORT);
        nat(all, ExtensionType.X_ADDRESS_NATT_LOC, Token.NAT_LOC, Token.NAT_LPORT);
        all.add(outer(ExtensionType.ADDRESS_SRC, source, Token.SPORT));
        if (draft.tunnel()) {
            all.add(inner(ExtensionType.ADDRESS_PROXY, Token.ISRC, Token.ISPORT));
            all.add(inner(ExtensionType.X_ADDRESS_INNER_DST, Token.IDST, Token.IDPORT));
        }
        if (draft.saw(Token.REPLAY_VALUE)) {
            all.add(new SolarisExtension.ReplayValue((int) draft.number(Token.REPLAY_VALUE), 0));
        }
        given(all, Token.LABEL);
        given(all, Token.OUTER_LABEL);
        return all;
    }

    /**
     * What names an SA, in the order it was typed. Ports and protocol are taken from the user and
     * not sent, as in the original: they are no part of an SA's name.
     */
    private List<Extension> named(@Nullable IpAddress source, @Nullable IpAddress destination) {
        List<Extension> all = new ArrayList<>(3);
        boolean sa = false;
        for (Token token : draft.order()) {
            if (token == Token.SRC && source != null) {
                all.add(Extension.Address.of(ExtensionType.ADDRESS_SRC, wire(source)));
            } else if (token == Token.DST && destination != null) {
                all.add(Extension.Address.of(ExtensionType.ADDRESS_DST, wire(destination)));
            } else if (!sa
                    && (token == Token.SPI || token == Token.INBOUND || token == Token.OUTBOUND)) {
                Extension.Sa naked = Extension.Sa.of(spi(Token.SPI));
                all.add(
                        new Extension.Sa(
                                naked.spi(),
                                0,
                                naked.state(),
                                naked.auth(),
                                naked.encrypt(),
                                flags()));
                sa = true;
            }
        }
        return all;
    }

    private Spi spi(Token token) {
        return new Spi((int) draft.number(token));
    }

    private SaFlags flags() {
        SaFlags flags = SaFlags.NONE;
        flags = draft.saw(Token.INBOUND) ? flags.with(SaFlag.X_INBOUND) : flags;
        flags = draft.saw(Token.OUTBOUND) ? flags.with(SaFlag.X_OUTBOUND) : flags;
        flags = draft.saw(Token.PAIR_SPI) ? flags.with(SaFlag.X_PAIRED) : flags;
        flags = draft.tunnel() ? flags.with(SaFlag.X_TUNNEL) : flags;
        flags = nat(Token.NAT_LOC, Token.NAT_LPORT) ? flags.with(SaFlag.X_NATT_LOC) : flags;
        return nat(Token.NAT_REM, Token.NAT_RPORT) ? flags.with(SaFlag.X_NATT_REM) : flags;
    }

    private boolean nat(Token address, Token port) {
        return draft.place(address) != null || draft.number(port) != 0;
    }

    private void limits(
            List<Extension> all,
            ExtensionType type,
            Token alloc,
            Token bytes,
            Token addTime,
            Token useTime) {
        if (draft.saw(alloc) || draft.saw(bytes) || draft.saw(addTime) || draft.saw(useTime)) {
            all.add(
                    new Extension.Lifetime(
                            type,
                            (int) draft.number(alloc),
                            draft.number(bytes),
                            draft.number(addTime),
                            draft.number(useTime)));
        }
    }

    private void given(List<Extension> all, Token token) {
        Extension extension = draft.extension(token);
        if (extension != null) {
            all.add(extension);
        }
    }

    private Extension outer(ExtensionType type, @Nullable IpAddress address, Token port) {
        return new Extension.Address(
                type,
                (int) draft.number(Token.PROTO),
                0,
                sockaddr(address, (int) draft.number(port)));
    }

    private Extension inner(ExtensionType type, Token address, Token port) {
        Draft.Place place = draft.place(address);
        return new Extension.Address(
                type,
                (int) draft.number(Token.IPROTO),
                place == null ? 0 : place.prefixLength(),
                sockaddr(place == null ? null : place.only(), (int) draft.number(port)));
    }

    private void nat(List<Extension> all, ExtensionType type, Token address, Token port) {
        if (!nat(address, port)) {
            return;
        }
        Draft.Place place = draft.place(address);
        int number = (int) draft.number(port);
        // a port without an address is the one place where the original sends a sockaddr_in
        Sockaddr sockaddr =
                place == null
                        ? new Sockaddr.Inet4(Ipv4Address.ANY, number)
                        : sockaddr(place.only(), number);
        all.add(new Extension.Address(type, 0, 0, sockaddr));
    }

    private static Sockaddr sockaddr(@Nullable IpAddress address, int port) {
        if (address == null) {
            return Sockaddr.of(Ipv6Address.ANY, port);
        }
        return Sockaddr.of(wire(address), port);
    }

    private static IpAddress wire(IpAddress address) {
        return address instanceof Ipv4Address v4 ? v4.mapped() : address;
    }
}
