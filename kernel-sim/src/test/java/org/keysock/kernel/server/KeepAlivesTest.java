package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/** Who is sent keep-alives, and when: RFC 3948 section 4. */
final class KeepAlivesTest {

    private static final Ipv4Address OURS = Ipv4Address.of(192, 0, 2, 1);
    private static final Ipv4Address PEER = Ipv4Address.of(192, 0, 2, 2);
    private static final Ipv4Address OTHER = Ipv4Address.of(192, 0, 2, 3);

    private final VirtualClock clock = new VirtualClock(VirtualClock.DEFAULT_START);
    private final Sadb sadb = new Sadb();
    private final List<String> sent = new ArrayList<>();
    private final KeepAlives keepAlives =
            new KeepAlives(
                    sadb,
                    OURS,
                    peer -> sent.add(seconds() + " " + peer.address() + " " + peer.port()));

    private long seconds() {
        return clock.now().millis() / 1000;
    }

    private SecurityAssociation add(
            int spi, Ipv4Address source, Ipv4Address destination, int port) {
        Address remote =
                new Address(ExtensionType.X_ADDRESS_NATT_REM, 0, 0, Sockaddr.of(destination, port));
        SaDetails details =
                new SaDetails(
                        0,
                        0,
                        0,
                        null,
                        null,
                        null,
                        port == 0 ? null : remote,
                        0,
                        0,
                        0,
                        1,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        SecurityAssociation sa =
                new SecurityAssociation(
                        DialectName.SOLARIS,
                        SaType.ESP,
                        new Spi(spi),
                        source,
                        destination,
                        Direction.OUTBOUND,
                        SaState.MATURE,
                        SaFlags.NONE,
                        0,
                        SaSecrets.NONE,
                        details,
                        clock.now().wallSeconds(),
                        clock.now().millis());
        sadb.insert(sa);
        return sa;
    }

    private void advance(int count) {
        long until = clock.now().millis() + count * 1000L;
        while (keepAlives.nextDeadline() <= until) {
            clock.advance(Math.max(0, keepAlives.nextDeadline() - clock.now().millis()));
            keepAlives.expire(clock.now());
        }
        clock.advance(until - clock.now().millis());
    }

    @Test
    void whoHasBeenSentNothingForTwentySeconds() {
        advance(5);
        add(1, OURS, PEER, 4501);
        SecurityAssociation busy = add(2, OURS, OTHER, 4500);
        add(3, OURS, OTHER, 4500); // an older one of the same peer does not count
        add(4, PEER, OURS, 4500);
        add(5, OURS, Ipv4Address.of(192, 0, 2, 4), 0);
        for (int round = 0; round < 5; round++) {
            advance(10);
            busy.ownUse().charge(100, 1, clock.now().wallSeconds(), clock.now().millis());
        }
        assertEquals(List.of("25 192.0.2.2 4501", "45 192.0.2.2 4501"), sent);
        sent.clear();
        advance(21);
        assertEquals(List.of("65 192.0.2.2 4501", "75 192.0.2.3 4500"), sent);
        sent.clear();
        busy.state(SaState.DEAD);
        sadb.remove(requireGone(1));
        sadb.remove(requireGone(3));
        advance(100);
        assertEquals(List.of(), sent);
    }

    private SecurityAssociation requireGone(int spi) {
        SecurityAssociation sa = sadb.find(SaType.ESP, spi == 1 ? PEER : OTHER, new Spi(spi));
        if (sa == null) {
            throw new AssertionError(spi);
        }
        return sa;
    }
}
