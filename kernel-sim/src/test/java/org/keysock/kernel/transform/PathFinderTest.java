package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.spd.PolicyDirection.IN;
import static org.keysock.kernel.spd.PolicyDirection.OUT;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.Samples;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policies;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Spd;
import org.keysock.kernel.spd.Template;
import org.keysock.kernel.spd.Template.Level;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

/** Which way packets go: case by case, and cached answers against plain lists at random. */
final class PathFinderTest {

    private static final IpAddress HERE = Samples.four(1);
    private static final IpAddress THERE = Samples.four(2);
    private static final IpAddress GATE = Samples.four(3);
    private static final IpAddress FAR_GATE = Samples.four(4);
    private static final Flow FLOW = new Flow(HERE, THERE, 6, 1024, 80);

    private final Spd spd = new Spd();
    private final Sadb sadb = new Sadb();
    private final PathFinder finder = new PathFinder(spd, sadb, 64);
    private final List<SecurityAssociation> sas = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private Random random = new Random(0);
    private int lastSpi;

    private static Template transport(Level level, int reqid) {
        return new Template(SaType.ESP, 1, level, reqid, null, null);
    }

    private static Template tunnel(Level level) {
        return new Template(SaType.ESP, 2, level, 0, GATE, FAR_GATE);
    }

    private void policy(PolicyDirection direction, Template... templates) {
        Selector selector = Policies.between(HERE, 32, THERE, 32);
        Policy policy =
                Policies.policy(
                        spd.nextId(direction), direction, selector, 0, List.of(templates), null);
        assertTrue(spd.insert(policy));
        policies.add(policy);
    }

    private static List<FlowPath.Missing> missing(Template template, Flow flow) {
        return List.of(new FlowPath.Missing(template, flow));
    }

    private SecurityAssociation sa(IpAddress source, IpAddress destination, int mode, int reqid) {
        SaDetails details = Samples.bound(mode, reqid, 0, 0, 0);
        SecurityAssociation sa =
                Samples.choosable(++lastSpi, source, destination, SaState.MATURE, details);
        assertTrue(sadb.insert(sa));
        sas.add(sa);
        return sa;
    }

    @Test
    void nothingIsAboutTheFlow() {
        assertSame(FlowPath.UNJUDGED, finder.path(FLOW, OUT));
        policy(IN, transport(Level.REQUIRE, 0));
        assertSame(FlowPath.UNJUDGED, finder.path(FLOW, OUT));
        assertEquals(List.of(), finder.path(FLOW, IN).sas());
        assertEquals(List.of(), finder.path(FLOW, IN).missing());
    }

    @Test
    void whatIsRequiredIsMissingUntilItIsThere() {
        Template template = transport(Level.UNIQUE, 7);
        policy(OUT, template);
        sa(HERE, THERE, 1, 0);
        FlowPath lacking = new FlowPath(policies.get(0), List.of(), missing(template, FLOW));
        assertEquals(lacking, finder.path(FLOW, OUT));
        assertTrue(lacking.waits());
        SecurityAssociation sa = sa(HERE, THERE, 1, 7);
        assertEquals(List.of(sa), finder.path(FLOW, OUT).sas());
        assertEquals(List.of(), finder.path(FLOW, OUT).missing());
        assertFalse(finder.path(FLOW, OUT).waits());
        sa.state(SaState.DEAD);
        assertEquals(lacking, finder.path(FLOW, OUT));
    }

    @Test
    void whatIsOnlyUsedMayBeMissing() {
        policy(OUT, transport(Level.USE, 0), tunnel(Level.REQUIRE));
        SecurityAssociation outer = sa(GATE, FAR_GATE, 2, 0);
        FlowPath path = finder.path(FLOW, OUT);
        assertEquals(List.of(outer), path.sas());
        assertEquals(missing(transport(Level.USE, 0), FLOW), path.missing());
        assertFalse(path.waits());
        SecurityAssociation inner = sa(HERE, THERE, 1, 0);
        assertEquals(List.of(inner, outer), finder.path(FLOW, OUT).sas());
    }

    /** Nobody is asked for what comes behind an SA that packets have to wait for. */
    @Test
    void allThatIsOptionalIsAskedForAndOneThatIsNot() {
        Template optional = new Template(SaType.AH, 1, Level.USE, 0, null, null);
        policy(
                OUT,
                optional,
                tunnel(Level.USE),
                transport(Level.REQUIRE, 1),
                transport(Level.REQUIRE, 2));
        FlowPath path = finder.path(FLOW, OUT);
        assertEquals(
                List.of(
                        new FlowPath.Missing(optional, FLOW),
                        new FlowPath.Missing(tunnel(Level.USE), FLOW),
                        new FlowPath.Missing(transport(Level.REQUIRE, 1), FLOW)),
                path.missing());
        assertTrue(path.waits());
    }

    @Test
    void aPolicyIsUsedByPacketsThatGo() {
        policy(OUT, transport(Level.REQUIRE, 0));
        finder.take(FLOW, OUT, 100, 100_000);
        assertEquals(0, policies.get(0).lastUse(), "it waits");
        sa(HERE, THERE, 1, 0);
        finder.path(FLOW, OUT);
        assertEquals(0, policies.get(0).lastUse(), "nobody went");
        finder.take(FLOW, OUT, 101, 101_000);
        assertEquals(101, policies.get(0).firstUse());
        finder.take(FLOW, OUT, 102, 102_000);
        assertEquals(101, policies.get(0).firstUse());
        assertEquals(102, policies.get(0).lastUse());
    }

    @Test
    void whatWrapsATunnelRunsBetweenItsEnds() {
        policy(OUT, tunnel(Level.REQUIRE), transport(Level.REQUIRE, 0));
        SecurityAssociation tunnel = sa(GATE, FAR_GATE, 2, 0);
        sa(HERE, THERE, 1, 0);
        FlowPath path = finder.path(FLOW, OUT);
        assertEquals(List.of(tunnel), path.sas());
        assertEquals(
                missing(transport(Level.REQUIRE, 0), new Flow(GATE, FAR_GATE, 0, 0, 0)),
                path.missing());
        SecurityAssociation outer = sa(GATE, FAR_GATE, 1, 0);
        assertEquals(List.of(tunnel, outer), finder.path(FLOW, OUT).sas());
    }

    @Test
    void anAnswerIsKeptUntilADatabaseChanges() {
        policy(OUT, transport(Level.REQUIRE, 0));
        SecurityAssociation sa = sa(HERE, THERE, 1, 0);
        FlowPath path = finder.path(FLOW, OUT);
        sa.ownUse().charge(100, 1, 1, 1);
        assertSame(path, finder.path(new Flow(HERE, THERE, 6, 1024, 80), OUT));
        sa(HERE, FAR_GATE, 1, 0);
        assertEquals(path, finder.path(FLOW, OUT));
    }

    /** Many more flows than the cache holds, and changes between the packets. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void cachedAnswersAreThoseOfPlainLists(long seed) {
        random = new Random(seed);
        int protectedFlows = 0;
        List<Flow> flows = new ArrayList<>();
        for (int number = 0; number < 300; number++) {
            flows.add(new Flow(address(), address(), 6, random.nextInt(2), random.nextInt(2)));
        }
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(10) == 0) {
                change();
            }
            Flow flow = flows.get(random.nextInt(1 + random.nextInt(flows.size())));
            PolicyDirection direction = random.nextInt(4) == 0 ? IN : OUT;
            FlowPath path = finder.path(flow, direction);
            assertEquals(plain(flow, direction), path, flow::toString);
            assertSame(path, finder.path(flow, direction));
            protectedFlows += path.sas().isEmpty() ? 0 : 1;
        }
        assertTrue(protectedFlows > 500, "too few flows were protected: " + protectedFlows);
    }

    private IpAddress address() {
        int number = random.nextInt(5);
        return random.nextInt(4) == 0 ? Samples.six(number) : Samples.four(number);
    }

    private void change() {
        switch (random.nextInt(5)) {
            case 0 -> addPolicy();
            case 1 -> {
                if (policies.size() > 6) {
                    spd.remove(policies.remove(random.nextInt(policies.size())));
                }
            }
            case 2 -> {
                IpAddress source = address();
                IpAddress destination = address();
                if (source.sameFamily(destination)) {
                    sa(source, destination, 1 + random.nextInt(2), random.nextInt(2));
                }
            }
            case 3 -> {
                if (sas.size() > 40) {
                    sadb.remove(sas.remove(random.nextInt(sas.size())));
                }
            }
            default -> {
                if (!sas.isEmpty()) {
                    SaState state =
                            List.of(SaState.MATURE, SaState.DYING, SaState.DEAD)
                                    .get(random.nextInt(3));
                    sas.get(random.nextInt(sas.size())).state(state);
                }
            }
        }
    }

    private void addPolicy() {
        IpAddress source = address();
        IpAddress destination = address();
        if (policies.size() > 20 || !source.sameFamily(destination)) {
            return;
        }
        int width = source.bitLength();
        Selector selector =
                new Selector(
                        source,
                        width - random.nextInt(4),
                        destination,
                        width - random.nextInt(4),
                        random.nextInt(2) * 6,
                        random.nextInt(2),
                        0);
        PolicyDirection direction = random.nextInt(4) == 0 ? IN : OUT;
        List<Template> templates = new ArrayList<>();
        while (random.nextInt(4) != 0) {
            Level level = Level.values()[random.nextInt(3)];
            templates.add(
                    random.nextInt(3) == 0
                            ? tunnel(level)
                            : transport(level, level == Level.UNIQUE ? 1 : 0));
        }
        Policy policy =
                Policies.policy(
                        spd.nextId(direction),
                        direction,
                        selector,
                        random.nextInt(3),
                        templates,
                        null);
        if (spd.insert(policy)) {
            policies.add(policy);
        }
    }

    private FlowPath plain(Flow flow, PolicyDirection direction) {
        Policy policy = null;
        for (Policy each : policies) {
            if (each.direction() == direction
                    && each.selector().matches(flow)
                    && (policy == null || each.priority() < policy.priority())) {
                policy = each;
            }
        }
        if (policy == null || direction != OUT) {
            return new FlowPath(policy, List.of(), List.of());
        }
        List<SecurityAssociation> chain = new ArrayList<>();
        List<FlowPath.Missing> missing = new ArrayList<>();
        Flow packets = flow;
        for (Template template : policy.templates()) {
            boolean tunnel = template.mode() == 2;
            IpAddress from = tunnel ? GATE : packets.source();
            IpAddress to = tunnel ? FAR_GATE : packets.destination();
            SecurityAssociation sa = plain(template, from, to);
            if (sa != null) {
                chain.add(sa);
                packets = tunnel ? new Flow(from, to, 0, 0, 0) : packets;
                continue;
            }
            missing.add(new FlowPath.Missing(template, packets));
            if (template.level() != Level.USE) {
                break;
            }
        }
        return new FlowPath(policy, chain, missing);
    }

    private @Nullable SecurityAssociation plain(Template template, IpAddress from, IpAddress to) {
        SecurityAssociation best = null;
        for (SecurityAssociation sa : sas) {
            boolean fits =
                    sa.source().equals(from)
                            && sa.destination().equals(to)
                            && sa.details().mode() == template.mode()
                            && sa.details().reqid() == template.reqid()
                            && sa.state() != SaState.DEAD;
            boolean better =
                    best == null || sa.state() == SaState.MATURE || best.state() == SaState.DYING;
            if (fits && better) {
                best = sa;
            }
        }
        return best;
    }
}
