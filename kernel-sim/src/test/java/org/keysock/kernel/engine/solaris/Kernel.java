package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.SpiRange;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** A Solaris kernel as solaris.md section 6.1 sets it up, with two open sockets. */
final class Kernel {

    static final List<IpAddress> LOCAL =
            List.of(
                    Ask.ME,
                    Ipv4Address.of(127, 0, 0, 1),
                    new Ipv6Address(0, 1),
                    new Ipv6Address(0xfec0bbbb00000000L, 0x4483));

    final Harness harness;
    final KeySocket client;
    final KeySocket bystander;

    Kernel(String... assignments) {
        harness = new Harness(Map.of(DialectName.SOLARIS, new SolarisRules()), LOCAL, assignments);
        client = open();
        bystander = open();
    }

    KeySocket open() {
        return harness.open(DialectName.SOLARIS);
    }

    /** What the client hears of its request. */
    List<SadbMessage> asks(Ask ask) {
        return harness.ask(client, ask.message());
    }

    /** The one answer to a request that must succeed; the bystander's inbox is emptied. */
    SadbMessage succeeds(Ask ask) {
        SadbMessage answer = only(asks(ask));
        assertEquals(
                "OK NONE",
                answer.header().errno() + " " + Diagnostic.of(answer.header().reserved()));
        harness.heard(bystander);
        return answer;
    }

    /** The request must be refused, with a bare header, in this way. */
    void refuses(Ask ask, Errno errno, Diagnostic diagnostic) {
        SadbMessage answer = only(asks(ask));
        assertEquals(
                errno + " " + diagnostic,
                answer.header().errno() + " " + Diagnostic.of(answer.header().reserved()));
        assertEquals(0, answer.size());
        assertEquals(ask.message().header().sequence(), answer.header().sequence());
        assertEquals(Ask.PID, answer.header().pid());
        harness.heard(bystander);
    }

    void refuses(Ask ask, Diagnostic diagnostic) {
        refuses(ask, Errno.EINVAL, diagnostic);
    }

    List<SadbMessage> bystanderHears() {
        return harness.heard(bystander);
    }

    SadbMessage get(SaType saType, int spi, IpAddress destination) {
        return succeeds(Ask.naming(MessageType.GET, saType, spi, destination));
    }

    /** The SPI of a new larval SA from {@code YOU}. */
    int getSpi(int min, int max, IpAddress destination) {
        Extension.Sa drawn =
                succeeds(
                                Ask.of(MessageType.GETSPI, SaType.ESP)
                                        .src(Ask.YOU)
                                        .dst(destination)
                                        .with(new SpiRange(new Spi(min), new Spi(max))))
                        .sa();
        assertNotNull(drawn);
        return drawn.spi().value();
    }

    /** Adds an outbound ESP SA and its inbound partner. */
    void paired(int outbound, int inbound) {
        succeeds(Ask.addEsp(outbound, Ask.ME, Ask.YOU));
        succeeds(Ask.addEsp(inbound, Ask.YOU, Ask.ME).pair(outbound));
    }

    @Nullable SecurityAssociation sa(SaType saType, IpAddress destination, int spi) {
        return harness.sa(saType, destination, spi);
    }

    SecurityAssociation theSa(SaType saType, IpAddress destination, int spi) {
        SecurityAssociation sa = harness.sa(saType, destination, spi);
        assertNotNull(sa);
        return sa;
    }

    /** Packets use the SA. */
    boolean uses(SecurityAssociation sa, long bytes) {
        return harness.engine().used(sa, bytes, 1, harness.clock().now());
    }

    /** Forces an SA into a state that only time or a cluster brings about. */
    void becomes(SecurityAssociation sa, SaState state) {
        harness.engine().state(sa, state);
    }

    static SadbMessage only(List<SadbMessage> messages) {
        assertEquals(1, messages.size(), () -> "one message expected: " + messages);
        return messages.get(0);
    }

    static List<ExtensionType> types(SadbMessage message) {
        return message.extensions().stream().map(part -> part.type()).toList();
    }
}
