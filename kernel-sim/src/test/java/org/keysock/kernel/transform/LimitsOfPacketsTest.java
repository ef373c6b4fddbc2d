package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.spd.PolicyDirection.OUT;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.engine.klips.KlipsRules;
import org.keysock.kernel.engine.linux.LinuxRules;
import org.keysock.kernel.engine.rfc2367.Rfc2367Rules;
import org.keysock.kernel.engine.solaris.SolarisRules;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Policies;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.kernel.spd.Template.Level;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** Packets use SAs up, by the rules of the home of each. */
final class LimitsOfPacketsTest {

    private static final long SEED = 20261121;
    private static final int SPI = 0x1000;
    private static final IpAddress HOST = Ipv4Address.of(10, 1, 0, 1);
    private static final IpAddress PEER = Ipv4Address.of(10, 2, 0, 1);
    private static final Selector HOSTS = Policies.between(HOST, 32, PEER, 32);
    private static final Template TRANSPORT =
            new Template(SaType.ESP, 1, Level.REQUIRE, 0, null, null);

    private final Gateway here = new Gateway();

    @Test
    void aSoftLimitIsToldOfAndAHardOneEndsTheSa() {
        VectorSa sa = Gateway.esp(SPI, HOST, PEER, 1);
        sa.sa()
                .limits(
                        new Lifetime(ExtensionType.LIFETIME_HARD, 0, 1000, 0, 0),
                        new Lifetime(ExtensionType.LIFETIME_SOFT, 0, 500, 0, 0),
                        null);
        here.with(sa.sa());
        here.register();
        here.policy(OUT, HOSTS, TRANSPORT);
        byte[] plain = Plain.udp(HOST, PEER, 120); // 100 bytes are counted
        here.harness.heard(here.listener);
        for (int i = 0; i < 5; i++) {
            assertEquals(Fate.PROTECTED, here.send(plain));
        }
        assertEquals(List.of(), here.harness.heard(here.listener));
        assertEquals(Fate.PROTECTED, here.send(plain));
        List<SadbMessage> soft = here.harness.heard(here.listener);
        assertEquals(1, soft.size());
        assertEquals(MessageType.EXPIRE, soft.get(0).header().type());
        assertTrue(soft.get(0).has(ExtensionType.LIFETIME_SOFT));
        assertEquals(SaState.DYING, sa.sa().state());
        for (int i = 0; i < 4; i++) {
            assertEquals(Fate.PROTECTED, here.send(plain));
        }
        assertEquals(1000, sa.sa().use().bytes());
        assertEquals(Fate.SA_EXPIRED, here.send(plain));
        List<SadbMessage> hard = here.harness.heard(here.listener);
        assertTrue(hard.get(0).has(ExtensionType.LIFETIME_HARD));
        assertEquals(Fate.NO_SA, here.send(plain));
        assertTrue(here.charges < 7, "the engine is asked near limits alone: " + here.charges);
    }

    @Test
    void packetsFarFromLimitsDoNotAskTheEngine() {
        VectorSa sa = Gateway.esp(SPI, HOST, PEER, 1);
        sa.sa()
                .limits(
                        new Lifetime(ExtensionType.LIFETIME_HARD, 0, 1_000_000, 3600, 600),
                        null,
                        null);
        here.with(sa.sa());
        here.policy(OUT, HOSTS, TRANSPORT);
        for (int i = 0; i < 50; i++) {
            assertEquals(Fate.PROTECTED, here.send(Plain.udp(HOST, PEER, 120)));
        }
        assertEquals(1, here.charges);
        assertEquals(5000, sa.sa().use().bytes());
        here.harness.advance(601);
        assertEquals(Fate.NO_SA, here.send(Plain.udp(HOST, PEER, 120)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOLARIS", "RFC2367"})
    void sasOfOtherHomesAreChargedByTheirRules(DialectName home) {
        VectorSa sa = Gateway.esp(SPI, HOST, PEER, 1);
        sa.home = home;
        sa.sa().limits(new Lifetime(ExtensionType.LIFETIME_HARD, 0, 350, 0, 0), null, null);
        here.with(sa.sa());
        here.policy(OUT, HOSTS, TRANSPORT);
        byte[] plain = Plain.udp(HOST, PEER, 120);
        int passed = 0;
        while (here.send(plain) == Fate.PROTECTED) {
            passed++;
        }
        assertEquals(home == DialectName.SOLARIS ? 3 : 4, passed);
    }

    /**
     * Packets that are charged without asking the engine end exactly where those would that ask it
     * each time: KLIPS' limits that must be exceeded, packets as a limit, periods that begin with
     * the first packet, Solaris' idle periods.
     */
    @ParameterizedTest
    @EnumSource(DialectName.class)
    void chargingAtOnceIsWhatTheHomeWouldHaveDone(DialectName home) {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        int expired = 0;
        for (int round = 0; round < 300; round++) {
            Lifetime hard = limits(random, ExtensionType.LIFETIME_HARD, 3);
            Lifetime soft = limits(random, ExtensionType.LIFETIME_SOFT, 2);
            Lifetime idle =
                    home == DialectName.SOLARIS
                            ? limits(random, ExtensionType.X_LIFETIME_IDLE, 1)
                            : null;
            expired += alike(home, random, hard, soft, idle) ? 1 : 0;
        }
        assertTrue(expired > 50, expired + " of 300 reached a hard limit");
    }

    private static @Nullable Lifetime limits(Random random, ExtensionType type, int times) {
        return random.nextInt(4) == 0
                ? null
                : new Lifetime(
                        type,
                        random.nextBoolean() ? 0 : 1 + random.nextInt(8 * times),
                        random.nextBoolean() ? 0 : random.nextInt(1000 * times),
                        random.nextBoolean() ? 0 : 1 + random.nextInt(40 * times),
                        random.nextBoolean() ? 0 : 1 + random.nextInt(20 * times),
                        random.nextBoolean() ? 0 : 1 + random.nextInt(8 * times));
    }

    private static Gateway gateway(
            DialectName home,
            @Nullable Lifetime hard,
            @Nullable Lifetime soft,
            @Nullable Lifetime idle) {
        Gateway gateway =
                new Gateway(
                        Map.of(
                                DialectName.KLIPS, new KlipsRules(),
                                DialectName.LINUX, new LinuxRules(),
                                DialectName.SOLARIS, new SolarisRules(),
                                DialectName.RFC2367, new Rfc2367Rules()));
        VectorSa vector = Gateway.esp(SPI, HOST, PEER, 1);
        vector.home = home;
        vector.sa().limits(hard, soft, idle);
        gateway.with(vector.sa()).policy(OUT, HOSTS, TRANSPORT);
        gateway.register();
        gateway.harness.heard(gateway.listener);
        return gateway;
    }

    private boolean alike(
            DialectName home,
            Random random,
            @Nullable Lifetime hard,
            @Nullable Lifetime soft,
            @Nullable Lifetime idle) {
        Gateway quick = gateway(home, hard, soft, idle);
        Gateway asking = gateway(home, hard, soft, idle);
        String what = home + " " + hard + " " + soft + " " + idle;
        for (int step = 0; step < 40; step++) {
            SecurityAssociation one = quick.harness.sa(SaType.ESP, PEER, SPI);
            SecurityAssociation other = asking.harness.sa(SaType.ESP, PEER, SPI);
            assertEquals(one == null, other == null, what);
            if (one == null || other == null) {
                return true;
            }
            if (random.nextInt(3) == 0) {
                int seconds = random.nextInt(15);
                quick.harness.advance(seconds);
                asking.harness.advance(seconds);
            } else if (one.state() != SaState.DEAD) {
                boolean passed = quick.send(Plain.udp(HOST, PEER, 120)) == Fate.PROTECTED;
                int bytes = home == DialectName.KLIPS ? quick.packet.length() : 100;
                boolean allowed =
                        asking.harness.engine().used(other, bytes, 1, asking.harness.clock().now());
                assertEquals(allowed, passed, what);
            }
            assertEquals(other.state(), one.state(), what);
            assertEquals(other.use().bytes(), one.use().bytes(), what);
            assertEquals(other.use().packets(), one.use().packets(), what);
            assertEquals(other.use().lastUse(), one.use().lastUse(), what);
            assertEquals(expiries(asking), expiries(quick), what);
        }
        return false;
    }

    private static List<BaseHeader> expiries(Gateway gateway) {
        return gateway.harness.heard(gateway.listener).stream()
                .map(SadbMessage::header)
                .filter(header -> header.type() == MessageType.EXPIRE)
                .toList();
    }
}
