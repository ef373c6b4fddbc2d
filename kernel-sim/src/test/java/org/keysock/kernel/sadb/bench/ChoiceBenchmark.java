package org.keysock.kernel.sadb.bench;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SaDemand;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.Samples;
import org.keysock.kernel.sadb.SecurityAssociation;
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

/** Which SA packets get, among few and many. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class ChoiceBenchmark {

    /** In what the SAs differ. */
    public enum Spread {
        /** One SA for each peer. */
        PEERS,
        /** One peer, one SA for each reqid. */
        REQIDS,
        /** One peer, SAs that packets cannot tell apart. */
        TWINS
    }

    /** The database, and ten demands that repeat: what grows is the database alone. */
    @State(Scope.Benchmark)
    public static class Full {
        /** How many SAs. */
        @Param({"10", "1000", "100000"})
        public int size = 10;

        /** In what they differ. */
        @Param public Spread spread = Spread.PEERS;

        private final Sadb sadb = new Sadb();
        private final SaDemand[] demands = new SaDemand[10];
        private int next;

        /** Fills it. */
        @Setup(Level.Trial)
        public void fill() {
            for (int number = 0; number < size; number++) {
                sadb.insert(
                        Samples.choosable(
                                number,
                                Samples.four(1),
                                Samples.four(peer(number)),
                                SaState.MATURE,
                                reqid(number) == 0
                                        ? SaDetails.NONE
                                        : Samples.bound(1, reqid(number), 0, 0, 0)));
            }
            for (int index = 0; index < demands.length; index++) {
                int number = size / demands.length * index;
                demands[index] =
                        new SaDemand(
                                SaType.ESP,
                                1,
                                reqid(number),
                                Samples.four(1),
                                Samples.four(peer(number)),
                                6,
                                1024,
                                443);
            }
        }

        private int peer(int number) {
            return spread == Spread.PEERS ? 2 + number : 2;
        }

        private int reqid(int number) {
            return spread == Spread.REQIDS ? 1 + number : 0;
        }

        private SaDemand nextDemand() {
            next = next + 1 < demands.length ? next + 1 : 0;
            return demands[next];
        }
    }

    /** The SA for a demand that is met. */
    @Benchmark
    public @Nullable SecurityAssociation choose(Full full) {
        return full.sadb.choose(full.nextDemand());
    }
}
