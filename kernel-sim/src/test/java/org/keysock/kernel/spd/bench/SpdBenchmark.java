package org.keysock.kernel.spd.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policies;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Spd;
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

/** A database of 10,000 policies. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class SpdBenchmark {

    private static final int POLICIES = 10_000;
    private static final int FLOWS = 1 << 14;

    /** Priorities: all the same, which lets nothing be left out but what is younger, or not. */
    public enum Priorities {
        /** Setkey's default for all. */
        SAME,
        /** The closer the stronger, as key managers for IKE set them. */
        CLOSER_FIRST
    }

    /** The database, full. */
    @State(Scope.Benchmark)
    public static class Full {
        /** What lies in it. */
        @Param public Mix mix = Mix.HOSTS;

        /** Their priorities. */
        @Param public Priorities priorities = Priorities.SAME;

        private final Spd spd = new Spd();
        private final Flow[] flows = new Flow[FLOWS];
        private Policy[] spares = {};
        private int flow;
        private int spare;

        /** Fills it. */
        @Setup(Level.Trial)
        public void fill() {
            Random random = new Random(1);
            List<Selector> selectors = new ArrayList<>();
            for (int number = 0; number < POLICIES; number++) {
                Selector selector = mix.selector(number, random);
                if (spd.insert(policy(selector))) {
                    selectors.add(selector);
                }
            }
            for (int number = 0; number < FLOWS; number++) {
                Selector selector = selectors.get(random.nextInt(selectors.size()));
                flows[number] = Mix.flow(selector, random);
            }
            List<Policy> fresh = new ArrayList<>();
            for (int number = POLICIES; number < 2 * POLICIES; number++) {
                Selector selector = mix.selector(number, random);
                if (spd.find(PolicyDirection.OUT, selector) == null) {
                    fresh.add(policy(selector));
                }
            }
            spares = fresh.toArray(spares);
            System.out.println(spd.size() + " policies, " + spares.length + " to come and go");
        }

        private Policy policy(Selector selector) {
            int bits = selector.sourcePrefix() + selector.destinationPrefix();
            int priority = priorities == Priorities.SAME ? 0x80000000 : 0x80000000 - bits;
            return Policies.policy(
                    spd.nextId(PolicyDirection.OUT), PolicyDirection.OUT, selector, priority);
        }

        private Flow nextFlow() {
            flow = (flow + 1) & (FLOWS - 1);
            return flows[flow];
        }

        private Policy nextSpare() {
            spare = spare + 1 < spares.length ? spare + 1 : 0;
            return spares[spare];
        }
    }

    /** The policy of a packet that no cache knows. */
    @Benchmark
    public @Nullable Policy judge(Full full) {
        return full.spd.judge(full.nextFlow(), PolicyDirection.OUT);
    }

    /** One policy more, and out again. */
    @Benchmark
    public boolean insertAndRemove(Full full) {
        Policy policy = full.nextSpare();
        boolean inserted = full.spd.insert(policy);
        full.spd.remove(policy);
        return inserted;
    }
}
