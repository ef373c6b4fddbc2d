package org.keysock.kernel.transform.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.packet.NetworkOrder;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.ReplayWindow;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.Samples;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policies;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Spd;
import org.keysock.kernel.spd.Template;
import org.keysock.kernel.transform.Fate;
import org.keysock.kernel.transform.IpsecProcessor;
import org.keysock.kernel.transform.KeyManagement;
import org.keysock.kernel.transform.PathFinder;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole road of a packet through an ESP tunnel, from the look-up of its policy to the finished
 * outer packet, and back. Every thread has databases, SA and processor of its own.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class PacketBenchmark {

    private static final Ipv4Address HOST = Ipv4Address.of(10, 1, 0, 1);
    private static final Ipv4Address PEER = Ipv4Address.of(10, 2, 0, 1);
    private static final Ipv4Address GATE = Ipv4Address.of(192, 0, 2, 1);
    private static final Ipv4Address FAR = Ipv4Address.of(192, 0, 2, 2);

    /** A kernel, an SA, and packets. */
    @State(Scope.Thread)
    public static class Tunnel {
        /** Packets that arrive one after the other before the same ones arrive again. */
        private static final int RING = 64;

        /** What protects packets. */
        @Param({"aes-128-gcm", "aes-128-cbc-hmac-sha1"})
        public String suite = "";

        /** Bytes of a packet before. */
        @Param({"64", "1400"})
        public int size;

        /** SAs in the database besides. */
        @Param({"10", "100000"})
        public int sas;

        private final Sadb sadb = new Sadb();
        private final Spd spd = new Spd();
        private final Packet packet = new Packet(2048);
        private final IpsecProcessor processor =
                new IpsecProcessor(new PathFinder(spd, sadb, 1024), sadb, new NoKeyManager(), 1);
        private final byte[][] ring = new byte[RING][];
        private byte[] plain = {};
        private SecurityAssociation sa = sa("aes-128-gcm");
        private int next;

        /** Fills the databases, and protects the packets that arrive. */
        @Setup(Level.Trial)
        public void fill() {
            for (int i = 1; i <= sas; i++) {
                sadb.insert(Samples.keyed(i, Samples.four(i)));
            }
            sa = sa(suite);
            sadb.insert(sa);
            Template template = new Template(SaType.ESP, 2, Template.Level.REQUIRE, 0, GATE, FAR);
            for (PolicyDirection direction : List.of(PolicyDirection.OUT, PolicyDirection.IN)) {
                spd.insert(
                        Policies.policy(
                                spd.nextId(direction),
                                direction,
                                Policies.between(HOST, 16, PEER, 16),
                                0,
                                List.of(template),
                                null));
            }
            plain = new byte[size];
            NetworkOrder.put16(plain, 0, 0x4500);
            NetworkOrder.put16(plain, 2, size);
            plain[8] = 64;
            plain[9] = 17;
            NetworkOrder.put32(plain, 12, HOST.bits());
            NetworkOrder.put32(plain, 16, PEER.bits());
            Ipv4Header.checksum(plain, 0);
            for (int i = 0; i < RING; i++) {
                outbound();
                ring[i] = new byte[packet.length()];
                System.arraycopy(packet.bytes(), packet.start(), ring[i], 0, packet.length());
            }
            next = RING;
        }

        Fate outbound() {
            packet.load(plain, 0, plain.length);
            return required(processor.outbound(packet, 1, 1000), Fate.PROTECTED);
        }

        Fate inbound() {
            if (next == RING) {
                next = 0;
                sa.ownUse().window(new ReplayWindow(64));
            }
            byte[] wire = ring[next++];
            packet.load(wire, 0, wire.length);
            return required(processor.inbound(packet, 1, 1000), Fate.DELIVERED);
        }

        private static Fate required(Fate fate, Fate wanted) {
            if (fate != wanted) {
                throw new IllegalStateException(fate.text());
            }
            return fate;
        }

        private static SecurityAssociation sa(String suite) {
            boolean gcm = suite.equals("aes-128-gcm");
            SaSecrets secrets =
                    new SaSecrets(
                            gcm ? AuthAlgorithm.NONE : AuthAlgorithm.HMAC_SHA1,
                            gcm ? 0 : 160,
                            gcm ? KeyMaterial.EMPTY : KeyMaterial.of(new byte[20]),
                            gcm ? EncryptionAlgorithm.AES_GCM_16 : EncryptionAlgorithm.AES_CBC,
                            128,
                            gcm ? 32 : 0,
                            KeyMaterial.of(new byte[gcm ? 20 : 16]),
                            gcm ? 128 : 96);
            SaDetails details = Samples.bound(2, 0, 0, 0, 0);
            return new SecurityAssociation(
                    DialectName.LINUX,
                    SaType.ESP,
                    new Spi(0x1000),
                    GATE,
                    FAR,
                    Direction.BOTH,
                    SaState.MATURE,
                    SaFlags.NONE,
                    64,
                    secrets,
                    details,
                    0,
                    0);
        }
    }

    /** Nobody makes SAs, and none has limits. */
    private static final class NoKeyManager implements KeyManagement {

        @Override
        public int needSa(Flow flow, Policy policy, Template missing, long wall, long millis) {
            return 0;
        }

        @Override
        public boolean waiting(int acquire) {
            return false;
        }

        @Override
        public int heldPackets(Policy policy) {
            return 0;
        }

        @Override
        public boolean used(SecurityAssociation used, long bytes, long wall, long millis) {
            used.ownUse().charge(bytes, 1, wall, millis);
            return true;
        }

        @Override
        public void arrivedFrom(SecurityAssociation of, Sockaddr from, long wall, long millis) {}
    }

    /** A packet leaves. */
    @Benchmark
    public Fate outbound(Tunnel tunnel) {
        return tunnel.outbound();
    }

    /** A packet arrives. */
    @Benchmark
    public Fate inbound(Tunnel tunnel) {
        return tunnel.inbound();
    }
}
