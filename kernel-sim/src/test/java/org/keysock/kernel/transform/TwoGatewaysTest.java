package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.spd.PolicyDirection.IN;
import static org.keysock.kernel.spd.PolicyDirection.OUT;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Policies;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.kernel.spd.Template.Level;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;

/** Two kernels on one wire: what one protects, the other opens, and what policies make of it. */
final class TwoGatewaysTest {

    private static final int SPI = 0x1000;
    private static final IpAddress HOST_4 = Ipv4Address.of(10, 1, 0, 1);
    private static final IpAddress PEER_4 = Ipv4Address.of(10, 2, 0, 1);
    private static final IpAddress GATE_4 = Ipv4Address.of(192, 0, 2, 1);
    private static final IpAddress FAR_4 = Ipv4Address.of(192, 0, 2, 2);
    private static final IpAddress HOST_6 = new Ipv6Address(0x20010db8_00010000L, 1);
    private static final IpAddress PEER_6 = new Ipv6Address(0x20010db8_00020000L, 1);
    private static final IpAddress GATE_6 = new Ipv6Address(0x20010db8_ffff0000L, 1);
    private static final IpAddress FAR_6 = new Ipv6Address(0x20010db8_ffff0000L, 2);

    private final Gateway here = new Gateway();
    private final Gateway there = new Gateway();

    private static Template template(SaType protocol, IpAddress source, IpAddress destination) {
        return new Template(protocol, 2, Level.REQUIRE, 0, source, destination);
    }

    private static Template transport(SaType protocol, Level level) {
        return new Template(protocol, 1, level, 0, null, null);
    }

    private static Selector hosts(boolean six) {
        return six
                ? Policies.between(HOST_6, 128, PEER_6, 128)
                : Policies.between(HOST_4, 32, PEER_4, 32);
    }

    private void both(VectorSa sa) {
        both(sa.sa(), again(sa).sa());
    }

    private void both(SecurityAssociation ours, SecurityAssociation theirs) {
        here.with(ours);
        there.with(theirs);
    }

    /** The same SA for the other kernel. */
    private static VectorSa again(VectorSa sa) {
        VectorSa copy = new VectorSa();
        copy.protocol = sa.protocol;
        copy.home = sa.home;
        copy.spi = sa.spi;
        copy.source = sa.source;
        copy.destination = sa.destination;
        copy.mode = sa.mode;
        copy.window = sa.window;
        copy.encapsulation = sa.encapsulation;
        copy.sourcePort = sa.sourcePort;
        copy.destinationPort = sa.destinationPort;
        copy.encrypt = sa.encrypt;
        copy.encryptKey = sa.encryptKey;
        copy.auth = sa.auth;
        copy.authKey = sa.authKey;
        copy.icvBits = sa.icvBits;
        return copy;
    }

    private void through(byte[] plain) {
        assertEquals(Fate.PROTECTED, here.send(plain));
        byte[] wire = here.bytes();
        assertFalse(Arrays.equals(plain, wire));
        assertEquals(Fate.DELIVERED, there.receive(wire));
        assertArrayEquals(plain, there.bytes());
        assertEquals(Fate.REPLAYED, there.receive(wire));
        byte[] forged = wire.clone();
        forged[forged.length - 1] ^= 1;
        int low = wire[0] >> 4 == 4 ? 27 : 47;
        forged[low] = (byte) (forged[low] + 9); // a new sequence number
        assertEquals(Fate.AUTHENTICATION, there.receive(forged));
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void tunnelsOfEitherFamilyInEither(boolean innerSix, boolean outerSix) {
        IpAddress gate = outerSix ? GATE_6 : GATE_4;
        IpAddress far = outerSix ? FAR_6 : FAR_4;
        both(Gateway.esp(SPI, gate, far, 2));
        here.policy(OUT, hosts(innerSix), template(SaType.ESP, gate, far));
        there.policy(IN, hosts(innerSix), template(SaType.ESP, gate, far));
        byte[] plain = Plain.udp(innerSix ? HOST_6 : HOST_4, innerSix ? PEER_6 : PEER_4, 1000);
        through(plain);
        SaUse use = sa(here, SaType.ESP, far).use();
        assertEquals(1000, use.bytes());
        assertEquals(1, use.packets());
        assertEquals(1, use.sequence());
        SaUse received = sa(there, SaType.ESP, far).use();
        assertEquals(1000, received.bytes());
        assertEquals(1, received.packets());
        assertEquals(1, received.replayErrors());
        assertEquals(1, received.authenticationErrors());
    }

    private static SecurityAssociation sa(Gateway gateway, SaType type, IpAddress destination) {
        SecurityAssociation sa = gateway.harness.sa(type, destination, SPI);
        if (sa == null) {
            throw new AssertionError("no SA to " + destination);
        }
        return sa;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void transportModeCountsThePayload(boolean six) {
        IpAddress host = six ? HOST_6 : HOST_4;
        IpAddress peer = six ? PEER_6 : PEER_4;
        both(Gateway.esp(SPI, host, peer, 1));
        here.policy(OUT, hosts(six), transport(SaType.ESP, Level.REQUIRE));
        there.policy(IN, hosts(six), transport(SaType.ESP, Level.REQUIRE));
        through(Plain.udp(host, peer, 140));
        int payload = 140 - (six ? 40 : 20);
        assertEquals(payload, sa(here, SaType.ESP, peer).use().bytes());
        assertEquals(payload, sa(there, SaType.ESP, peer).use().bytes());
    }

    @Test
    void espInsideAhInsideATunnel() {
        VectorSa ah = Gateway.esp(SPI, HOST_4, PEER_4, 1);
        ah.protocol = SaType.AH;
        both(Gateway.esp(SPI, HOST_4, PEER_4, 1));
        both(ah);
        both(Gateway.esp(SPI, GATE_4, FAR_4, 2));
        Template[] bundle = {
            transport(SaType.ESP, Level.REQUIRE),
            transport(SaType.AH, Level.REQUIRE),
            template(SaType.ESP, GATE_4, FAR_4)
        };
        here.policy(OUT, hosts(false), bundle);
        there.policy(IN, hosts(false), bundle);
        through(Plain.udp(HOST_4, PEER_4, 300));
    }

    @Test
    void aLayerThatThePolicyDoesNotKnowIsRefusedAndSoIsOneTooFew() {
        both(Gateway.esp(SPI, HOST_4, PEER_4, 1));
        both(Gateway.esp(SPI, GATE_4, FAR_4, 2));
        here.policy(
                OUT,
                hosts(false),
                transport(SaType.ESP, Level.REQUIRE),
                template(SaType.ESP, GATE_4, FAR_4));
        byte[] plain = Plain.udp(HOST_4, PEER_4, 300);
        assertEquals(Fate.PROTECTED, here.send(plain));
        assertEquals(Fate.POLICY_MISMATCH, there.receive(here.bytes()), "a tunnel nobody wants");
        there.policy(IN, hosts(false), transport(SaType.ESP, Level.REQUIRE));
        assertEquals(Fate.PROTECTED, here.send(plain));
        assertEquals(Fate.POLICY_MISMATCH, there.receive(here.bytes()), "a tunnel too many");
        assertEquals(Fate.POLICY_MISMATCH, there.receive(plain), "nothing at all");
        assertEquals(3, there.processor.inboundCounts().of(Fate.POLICY_MISMATCH));
        assertEquals(3, there.processor.inboundCounts().dropped());
    }

    @Test
    void transportModeNeedsNoPolicyToArrive() {
        both(Gateway.esp(SPI, HOST_4, PEER_4, 1));
        here.policy(OUT, hosts(false), transport(SaType.ESP, Level.REQUIRE));
        through(Plain.udp(HOST_4, PEER_4, 300));
    }

    @Test
    void packetsThatNoPolicyIsAboutPass() {
        byte[] plain = Plain.udp(HOST_4, PEER_4, 100);
        assertEquals(Fate.PASSED, here.send(plain));
        assertArrayEquals(plain, here.bytes());
        assertEquals(Fate.PASSED, there.receive(plain));
        here.policy(OUT, hosts(false), Action.NONE);
        assertEquals(Fate.PASSED, here.send(plain));
        there.policy(IN, hosts(false), Action.DISCARD);
        assertEquals(Fate.POLICY_DISCARD, there.receive(plain));
        assertEquals(2, here.processor.outboundCounts().of(Fate.PASSED));
    }

    @Test
    void udpIsPutAroundAndTakenOff() {
        VectorSa sa = Gateway.esp(SPI, GATE_4, FAR_4, 2);
        sa.encapsulation = SaDetails.IN_UDP;
        sa.sourcePort = 4500;
        sa.destinationPort = 4500;
        both(sa);
        here.policy(OUT, hosts(false), template(SaType.ESP, GATE_4, FAR_4));
        there.policy(IN, hosts(false), template(SaType.ESP, GATE_4, FAR_4));
        byte[] plain = Plain.udp(HOST_4, PEER_4, 200);
        assertEquals(Fate.PROTECTED, here.send(plain));
        byte[] wire = here.bytes();
        assertEquals(17, wire[9]);
        assertEquals(Fate.DELIVERED, there.receive(wire));
        assertArrayEquals(plain, there.bytes());
        assertEquals(List.of(), there.mappings);

        // behind a NAT that changed the port, a genuine packet tells where the peer is now
        assertEquals(Fate.PROTECTED, here.send(plain));
        wire = here.bytes();
        wire[20] = 0x30;
        wire[21] = 0x39;
        assertEquals(Fate.DELIVERED, there.receive(wire));
        assertEquals(List.of(Sockaddr.of(GATE_4, 12345)), there.mappings);
        assertEquals(Fate.REPLAYED, there.receive(wire));
        assertEquals(1, there.mappings.size());
    }

    @Test
    void linuxDropsPacketsWhileKeyManagersAreAsked() {
        here.register();
        here.policy(OUT, hosts(false), transport(SaType.ESP, Level.REQUIRE));
        here.harness.heard(here.listener);
        assertEquals(Fate.NO_SA, here.send(Plain.udp(HOST_4, PEER_4, 120)));
        assertEquals(MessageType.ACQUIRE, here.harness.heard(here.listener).get(0).header().type());
        assertFalse(here.processor.holding());
    }

    @Test
    void aPacketWaitsForItsSaAndGoesWhenItIsThere() {
        Gateway patient = new Gateway("linux.larval-drop=off");
        patient.register();
        patient.policy(OUT, hosts(false), transport(SaType.ESP, Level.REQUIRE));
        assertEquals(Fate.HELD, patient.send(Plain.udp(HOST_4, PEER_4, 120)));
        assertEquals(Fate.NO_SA, patient.send(Plain.udp(HOST_4, PEER_4, 121)), "one is kept");
        patient.resume();
        assertEquals(List.of(), patient.released);
        patient.with(Gateway.esp(SPI, HOST_4, PEER_4, 1).sa());
        patient.resume();
        assertEquals(1, patient.released.size());
        assertTrue(patient.released.get(0).startsWith("PROTECTED 45"), patient.released.get(0));
        assertFalse(patient.processor.holding());
        assertEquals(1, patient.processor.outboundCounts().of(Fate.PROTECTED));
    }

    @Test
    void aPacketThatNobodyAnswersIsDroppedWhenTheWaitIsOver() {
        Gateway patient = new Gateway("linux.larval-drop=off", "linux.acq-expires=10");
        assertEquals(
                Fate.NO_SA,
                patient.policy(OUT, hosts(false), transport(SaType.ESP, Level.REQUIRE))
                        .send(Plain.udp(HOST_4, PEER_4, 120)),
                "nobody listens");
        patient.register();
        assertEquals(Fate.HELD, patient.send(Plain.udp(HOST_4, PEER_4, 120)));
        patient.harness.advance(9);
        patient.resume();
        assertEquals(List.of(), patient.released);
        patient.harness.advance(2);
        patient.resume();
        assertEquals(List.of("NO_SA"), patient.released);
        assertFalse(patient.processor.holding());
    }

    @Test
    void aPacketWaitsForEachSaOfItsPolicyInTurn() {
        Gateway patient = new Gateway("linux.larval-drop=off");
        patient.register();
        patient.policy(
                OUT,
                hosts(false),
                transport(SaType.ESP, Level.REQUIRE),
                transport(SaType.AH, Level.REQUIRE));
        assertEquals(Fate.HELD, patient.send(Plain.udp(HOST_4, PEER_4, 120)));
        VectorSa esp = Gateway.esp(SPI, HOST_4, PEER_4, 1);
        patient.with(esp.sa());
        patient.resume();
        assertTrue(patient.released.get(0).startsWith("HELD"), "" + patient.released);
        VectorSa ah = Gateway.esp(SPI, HOST_4, PEER_4, 1);
        ah.protocol = SaType.AH;
        patient.with(ah.sa());
        patient.resume();
        assertTrue(patient.released.get(1).startsWith("PROTECTED"), "" + patient.released);
    }

    @Test
    void whatIsOptionalIsLeftOutAndAskedFor() {
        here.register();
        here.policy(OUT, hosts(false), transport(SaType.ESP, Level.USE));
        here.harness.heard(here.listener);
        byte[] plain = Plain.udp(HOST_4, PEER_4, 120);
        assertEquals(Fate.PASSED, here.send(plain));
        assertEquals(1, here.harness.heard(here.listener).size());
        there.policy(IN, hosts(false), transport(SaType.ESP, Level.USE));
        assertEquals(Fate.PASSED, there.receive(plain));
        both(Gateway.esp(SPI, HOST_4, PEER_4, 1));
        through(plain);
    }
}
