package org.keysock.kernel.transform.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.Samples;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policies;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Spd;
import org.keysock.kernel.spd.Template;
import org.keysock.kernel.transform.FlowPath;
import org.keysock.kernel.transform.PathFinder;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
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

/** Host-to-host policies that ask for ESP in transport mode, with an SA each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class PathBenchmark {

    private static final int POLICIES = 10_000;
    private static final Ipv4Address HERE = Ipv4Address.of(192, 0, 2, 1);

    /** Databases and flows. */
    @State(Scope.Benchmark)
    public static class Host {
        /** Flows that are under way at a time. */
        @Param({"1", "1000"})
        public int flows = 1;

        private final Spd spd = new Spd();
        private final Sadb sadb = new Sadb();
        private final PathFinder cached = new PathFinder(spd, sadb, 1 << 14);
        private final PathFinder forgetful = new PathFinder(spd, sadb, 1);
        private Flow[] underWay = {};
        private int next;

        /** Fills the databases. */
        @Setup(Level.Trial)
        public void fill() {
            Template template = new Template(SaType.ESP, 1, Template.Level.REQUIRE, 0, null, null);
            for (int number = 0; number < POLICIES; number++) {
                Ipv4Address there = Samples.four(number * 7919);
                Selector selector = Policies.between(HERE, 32, there, 32);
                spd.insert(
                        Policies.policy(
                                spd.nextId(PolicyDirection.OUT),
                                PolicyDirection.OUT,
                                selector,
                                0x80000000,
                                List.of(template),
                                null));
                sadb.insert(Samples.choosable(number, HERE, there, SaState.MATURE, SaDetails.NONE));
            }
            underWay = new Flow[Math.max(flows, 8)];
            for (int number = 0; number < underWay.length; number++) {
                int peer = flows == 1 ? number : number * (POLICIES / flows);
                underWay[number] = new Flow(HERE, Samples.four(peer * 7919), 6, 1024, 443);
            }
        }

        private Flow nextFlow(int among) {
            next = next + 1 < among ? next + 1 : 0;
            return underWay[next];
        }
    }

    /** A packet of a flow that the cache knows. */
    @Benchmark
    public FlowPath hit(Host host) {
        return host.cached.path(host.nextFlow(host.flows), PolicyDirection.OUT);
    }

    /** The first packet of a flow: a cache of a few flows forgets each before it comes again. */
    @Benchmark
    public FlowPath firstPacket(Host host) {
        return host.forgetful.path(host.nextFlow(host.underWay.length), PolicyDirection.OUT);
    }
}
