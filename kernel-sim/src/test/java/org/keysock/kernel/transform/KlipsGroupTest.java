package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Eroutes;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.klips.KlipsRules;
import org.keysock.kernel.engine.linux.LinuxRules;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.sadb.TunnelPolicy;
import org.keysock.kernel.spd.Eroute;
import org.keysock.kernel.spd.Policies;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.model.Spi;

/** Packets through groups of KLIPS, and eroutes that hold them: klips.md sections 3.10 to 3.16. */
final class KlipsGroupTest {

    private static final int SPI = 0x1000;
    private static final int TRAP = 260;
    private static final Ipv4Address HOST = Ipv4Address.of(10, 1, 0, 1);
    private static final Ipv4Address PEER = Ipv4Address.of(10, 2, 0, 1);
    private static final Ipv4Address WEST = Ipv4Address.of(192, 1, 2, 23);
    private static final Ipv4Address EAST = Ipv4Address.of(192, 1, 2, 45);
    private static final Selector NETWORKS = Policies.between(HOST, 16, PEER, 16);

    private final Gateway here = klips();
    private final Gateway there = klips();

    private static Gateway klips() {
        return new Gateway(
                Map.of(
                        DialectName.KLIPS, new KlipsRules(),
                        DialectName.LINUX, new LinuxRules()));
    }

    @BeforeEach
    void groups() {
        group(here);
        group(there);
    }

    private static void group(Gateway gateway) {
        SecurityAssociation tunnel = sa(SaType.X_IPIP).sa();
        SecurityAssociation esp = sa(SaType.ESP).sa();
        gateway.with(tunnel).with(esp);
        gateway.harness.engine().sadb().join(tunnel, esp);
    }

    private static VectorSa sa(SaType type) {
        VectorSa sa = new VectorSa();
        sa.home = DialectName.KLIPS;
        sa.protocol = type;
        sa.spi = SPI;
        sa.source = WEST;
        sa.destination = EAST;
        sa.mode = 0;
        if (type == SaType.ESP) {
            sa.window = 64;
            sa.encrypt = EncryptionAlgorithm.TRIPLE_DES_CBC;
            sa.encryptKey = Arrays.copyOf(new byte[] {1, 2, 3}, 24);
            sa.auth = AuthAlgorithm.HMAC_MD5;
            sa.authKey = new byte[16];
            sa.icvBits = 96;
        }
        return sa;
    }

    private static SecurityAssociation sa(Gateway gateway, SaType type) {
        SecurityAssociation sa = gateway.harness.sa(type, EAST, SPI);
        if (sa == null) {
            throw new AssertionError("no SA of " + type);
        }
        return sa;
    }

    private void eroute(SaType type, int spi) {
        Said target = new Said(type, new Spi(spi), type == SaType.X_INT ? Ipv4Address.ANY : EAST);
        here.harness
                .engine()
                .spd()
                .replace(
                        Eroutes.policy(
                                here.harness.engine().spd().nextId(PolicyDirection.OUT),
                                NETWORKS,
                                new Eroute(target, null, null),
                                here.harness.clock().now()));
    }

    @Test
    void aGroupIsGoneThroughInsideToOutsideAndBack() {
        eroute(SaType.X_IPIP, SPI);
        byte[] plain = Plain.udp(HOST, PEER, 84);
        assertEquals(Fate.PROTECTED, here.send(plain));
        byte[] wire = here.bytes();
        assertEquals(136, wire.length);
        assertEquals(104, sa(here, SaType.X_IPIP).use().bytes());
        assertEquals(136, sa(here, SaType.ESP).use().bytes());
        assertEquals(Fate.DELIVERED, there.receive(wire));
        assertArrayEquals(plain, there.bytes());
        assertEquals(104, sa(there, SaType.ESP).use().bytes());
        assertEquals(84, sa(there, SaType.X_IPIP).use().bytes());
    }

    @Test
    void whatIsInNoGroupIsNoLayer() {
        there.harness.engine().sadb().ungroup(sa(there, SaType.ESP));
        eroute(SaType.X_IPIP, SPI);
        assertEquals(Fate.PROTECTED, here.send(Plain.udp(HOST, PEER, 84)));
        assertEquals(Fate.DELIVERED, there.receive(here.bytes()), "ESP alone: what it carried");
        assertEquals(4, there.bytes()[9], "is IP in IP");
    }

    @Test
    void aLayerOfTheGroupMustNotBeMissing() {
        here.harness.engine().sadb().ungroup(sa(here, SaType.ESP));
        Said esp = new Said(SaType.ESP, new Spi(SPI), EAST);
        here.harness
                .engine()
                .spd()
                .replace(
                        Eroutes.policy(
                                here.harness.engine().spd().nextId(PolicyDirection.OUT),
                                Policies.between(WEST, 32, EAST, 32),
                                new Eroute(esp, null, null),
                                here.harness.clock().now()));
        assertEquals(Fate.PROTECTED, here.send(Plain.udp(WEST, EAST, 84)));
        assertEquals(Fate.POLICY_MISMATCH, there.receive(here.bytes()), "no tunnel inside");
    }

    @Test
    void packetsComeFromWhereTheSaDoes() {
        eroute(SaType.X_IPIP, SPI);
        assertEquals(Fate.PROTECTED, here.send(Plain.udp(HOST, PEER, 84)));
        byte[] wire = here.bytes();
        wire[15] ^= 1;
        Ipv4Header.checksum(wire, 0);
        assertEquals(Fate.POLICY_MISMATCH, there.receive(wire));
    }

    @Test
    void aTunnelLetsInWhatItsPolicySays() {
        SecurityAssociation tunnel = sa(there, SaType.X_IPIP);
        tunnel.details(tunnel.details().withTunnelPolicy(new TunnelPolicy(HOST, 16, PEER, 16)));
        eroute(SaType.X_IPIP, SPI);
        assertEquals(Fate.PROTECTED, here.send(Plain.udp(HOST, PEER, 84)));
        assertEquals(Fate.DELIVERED, there.receive(here.bytes()));
        tunnel.details(tunnel.details().withTunnelPolicy(new TunnelPolicy(HOST, 16, HOST, 16)));
        assertEquals(Fate.PROTECTED, here.send(Plain.udp(HOST, PEER, 84)));
        assertEquals(Fate.POLICY_MISMATCH, there.receive(here.bytes()));
    }

    @Test
    void anErouteWithoutItsSaLosesPackets() {
        eroute(SaType.ESP, SPI + 1);
        assertEquals(Fate.NO_SA, here.send(Plain.udp(HOST, PEER, 84)));
        assertFalse(here.processor.holding());
    }

    @Test
    void aTrapAsksAndTheFirstAndTheLatestPacketAreKept() {
        eroute(SaType.X_INT, TRAP);
        assertEquals(Fate.NO_SA, here.send(Plain.udp(HOST, PEER, 84)), "nobody listens");
        KeySocket klips = here.harness.open(DialectName.KLIPS);
        here.harness.ask(
                klips, SadbMessage.of(BaseHeader.of(MessageType.REGISTER, SaType.ESP, 1, 1)));
        assertEquals(Fate.HELD, here.send(Plain.udp(HOST, PEER, 84)));
        assertEquals(MessageType.ACQUIRE, here.harness.heard(klips).get(0).header().type());
        assertEquals(Fate.HELD, here.send(Plain.udp(HOST, PEER, 85)));
        assertEquals(Fate.HELD, here.send(Plain.udp(HOST, PEER, 86)));
        assertEquals(2, here.processor.outboundCounts().of(Fate.NO_SA), "one was displaced");
        here.resume();
        assertEquals(List.of("NO_SA"), here.released, "the displaced one");
        here.released.clear();
        Said target = new Said(SaType.X_IPIP, new Spi(SPI), EAST);
        here.harness
                .engine()
                .spd()
                .replace(
                        Eroutes.policy(
                                here.harness.engine().spd().nextId(PolicyDirection.OUT),
                                Policies.between(HOST, 32, PEER, 32),
                                new Eroute(target, null, null),
                                here.harness.clock().now()));
        here.resume();
        assertEquals(2, here.released.size());
        assertTrue(here.released.get(0).startsWith("PROTECTED 4500"), here.released.get(0));
        assertEquals(2, here.processor.outboundCounts().of(Fate.PROTECTED));
    }

    @Test
    void rejectAndDropLosePackets() {
        eroute(SaType.X_INT, 258);
        assertEquals(Fate.POLICY_REJECT, here.send(Plain.udp(HOST, PEER, 84)));
        eroute(SaType.X_INT, 256);
        assertEquals(Fate.PASSED, here.send(Plain.udp(HOST, PEER, 84)));
    }
}
