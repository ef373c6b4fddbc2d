package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaType;

/**
 * Any bytes as a packet for any kind of SA, one after the other. Nothing may be thrown, and what
 * lies around the packet in its array, or was there before, must not matter.
 */
final class Hostile {

    private static final IpAddress[][] ENDS = {
        {Ipv4Address.of(10, 9, 0, 1), Ipv4Address.of(10, 9, 0, 2)},
        {new Ipv6Address(0x20010db8_00090000L, 1), new Ipv6Address(0x20010db8_00090000L, 2)}
    };

    private final Side clean = new Side((byte) 0);
    private final Side dirty = new Side((byte) 0xa5);
    private final Gateway road = new Gateway();

    Hostile() {
        for (SaContext each : new Side((byte) 0).sas) {
            road.harness.engine().insert(each.sa); // of equal ones the first
        }
    }

    /** One array, with its SAs. */
    private static final class Side {
        private final byte around;
        private final Transforms transforms = new Transforms(7);
        private final Packet packet = new Packet(0xffff);
        private final IpHeaders headers = new IpHeaders();
        private final List<SaContext> sas = new ArrayList<>();

        Side(byte around) {
            this.around = around;
            for (IpAddress[] ends : ENDS) {
                for (int mode = 1; mode <= 3; mode++) {
                    add(SaType.ESP, mode, ends, AuthAlgorithm.NONE, SaDetails.IN_UDP);
                    add(SaType.ESP, mode, ends, AuthAlgorithm.NONE, SaContext.NON_IKE);
                    add(SaType.ESP, mode, ends, AuthAlgorithm.HMAC_SHA1, 0);
                    add(SaType.AH, mode, ends, AuthAlgorithm.HMAC_SHA256, 0);
                    add(SaType.X_IPCOMP, mode, ends, AuthAlgorithm.NONE, 0);
                    add(SaType.X_IPIP, mode, ends, AuthAlgorithm.NONE, 0);
                }
            }
        }

        private void add(
                SaType protocol,
                int mode,
                IpAddress[] ends,
                AuthAlgorithm auth,
                int encapsulation) {
            VectorSa sa = new VectorSa();
            sa.protocol = protocol;
            sa.mode = mode;
            sa.spi = 0x1000;
            sa.source = ends[0];
            sa.destination = ends[1];
            sa.innerSource = ends[1];
            sa.innerDestination = ends[0];
            sa.auth = auth;
            sa.authKey = new byte[auth == AuthAlgorithm.HMAC_SHA1 ? 20 : 32];
            sa.icvBits = auth == AuthAlgorithm.NONE ? 0 : 96;
            sa.extended = mode == 2;
            sa.window = protocol == SaType.AH ? 64 : 0;
            sa.encapsulation = encapsulation;
            sa.tfcLength = 100;
            if (auth == AuthAlgorithm.HMAC_SHA1) {
                sa.encrypt = EncryptionAlgorithm.AES_CBC;
                sa.encryptKey = new byte[16];
                sa.iv(new byte[16]);
            }
            sa.flags = mode == 2 ? SaFlags.of(SaFlag.DECAP_DSCP) : SaFlags.of(SaFlag.NOPMTUDISC);
            sas.add(sa.context());
        }

        private void load(byte[] input) {
            byte[] bytes = packet.bytes();
            int near = Math.min(bytes.length, input.length + 2 * Packet.ROOM);
            Arrays.fill(bytes, 0, near, around);
            packet.load(input, 0, input.length);
        }

        private Fate look(byte[] input) {
            load(input);
            if (headers.check(packet) == null) {
                headers.sourcePort(packet.bytes());
                headers.destinationPort(packet.bytes());
            }
            transforms.udp().content(packet, SaDetails.IN_UDP);
            transforms.udp().content(packet, SaContext.NON_IKE);
            transforms.udp().mend(packet);
            return Fate.PASSED;
        }

        private Fate in(byte[] input, SaContext sa) {
            load(input);
            SaUse use = sa.sa.use();
            long sequence = use.sequence();
            Fate fate = sa.encapsulation == 0 ? Fate.DELIVERED : unwrapped(sa);
            fate = fate == Fate.DELIVERED ? transforms.inbound(packet, sa) : fate;
            assertEquals(0, use.packets());
            if (fate == Fate.AUTHENTICATION || fate == Fate.REPLAYED || fate == Fate.AH_LENGTH) {
                assertEquals(sequence, use.sequence());
            }
            if (fate == Fate.DELIVERED) {
                assertTrue(packet.length() <= 0xffff + 40);
                if (sa.mode == SaContext.Mode.TUNNEL) {
                    assertNull(headers.read(packet));
                }
            }
            return fate;
        }

        /** Bare ESP is tried, too: whether an SA wants UDP is not the transform's question. */
        private Fate unwrapped(SaContext sa) {
            boolean udp =
                    transforms.udp().content(packet, sa.encapsulation) == UdpEncap.Content.ESP;
            return udp ? transforms.udp().inbound(packet, sa) : Fate.DELIVERED;
        }

        private Fate out(byte[] input, SaContext sa) {
            load(input);
            Fate fate = transforms.outbound(packet, sa);
            if (fate == Fate.PROTECTED) {
                assertNull(headers.read(packet));
            }
            return fate;
        }

        private String result(Fate fate) {
            return fate.dropped()
                    ? fate.text()
                    : fate + VectorSa.hex(packet.bytes(), packet.start(), packet.end());
        }
    }

    /** The whole way: look-up by SPI, layer after layer, policies, charging. */
    private void travel(byte[] input) {
        Fate fate = road.receive(input);
        if (fate == Fate.PASSED || fate == Fate.DELIVERED) {
            assertTrue(road.packet.length() <= 0xffff + 40);
        }
        road.send(input);
    }

    /** Tries one input. */
    void feed(byte[] input) {
        travel(input);
        clean.look(input);
        dirty.look(input);
        for (int i = 0; i < clean.sas.size(); i++) {
            SaContext one = clean.sas.get(i);
            SaContext other = dirty.sas.get(i);
            String in = clean.result(clean.in(input, one));
            assertEquals(in, dirty.result(dirty.in(input, other)));
            String out = clean.result(clean.out(input, one));
            assertEquals(out, dirty.result(dirty.out(input, other)));
        }
    }
}
