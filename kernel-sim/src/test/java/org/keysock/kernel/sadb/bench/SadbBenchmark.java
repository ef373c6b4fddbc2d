package org.keysock.kernel.sadb.bench;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.Samples;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A database of a million SAs. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class SadbBenchmark {

    private static final int MILLION = 1_000_000;

    /** Steps through all SPIs in an order that no cache foresees. */
    private static final int STRIDE = 611_953;

    /** The database, full. */
    @State(Scope.Benchmark)
    public static class Full {
        private final Sadb sadb = new Sadb();
        private final SecurityAssociation[] all = new SecurityAssociation[MILLION];
        private int spi;
        private long millis;

        /** Fills it. */
        @Setup(Level.Trial)
        public void fill() {
            for (int number = 0; number < MILLION; number++) {
                all[number] = Samples.keyed(number, Samples.four(number));
                sadb.insert(all[number]);
                sadb.schedule(all[number], 28_800_000L + number);
            }
        }

        private int nextSpi() {
            spi = (spi + STRIDE) % MILLION;
            return spi;
        }
    }

    /** SAs that no database holds. */
    @State(Scope.Thread)
    public static class Homeless {
        private final SecurityAssociation[] all = new SecurityAssociation[MILLION];
        private @Nullable Sadb sadb;

        /** Makes them. */
        @Setup(Level.Trial)
        public void make() {
            for (int number = 0; number < MILLION; number++) {
                all[number] =
                        Samples.bare(SaType.ESP, number, Samples.four(number), Direction.OUTBOUND);
            }
        }

        /** Takes them out of the last round's database. */
        @Setup(Level.Invocation)
        public void empty() {
            Sadb last = sadb;
            if (last != null) {
                for (SecurityAssociation sa : all) {
                    last.remove(sa);
                }
            }
            sadb = new Sadb();
        }
    }

    /** A million inserts into an empty database, growth included; time of one. */
    @Benchmark
    @OperationsPerInvocation(MILLION)
    public int insert(Homeless homeless) {
        Sadb sadb = homeless.sadb;
        if (sadb == null) {
            throw new IllegalStateException("not set up");
        }
        for (SecurityAssociation sa : homeless.all) {
            sadb.insert(sa);
        }
        return sadb.size();
    }

    /** An SA that is there. */
    @Benchmark
    public @Nullable SecurityAssociation hit(Full full) {
        int spi = full.nextSpi();
        return full.sadb.find(SaType.ESP, Samples.four(spi), new Spi(spi));
    }

    /** An SA that is not there. */
    @Benchmark
    public @Nullable SecurityAssociation miss(Full full) {
        int spi = full.nextSpi();
        return full.sadb.find(SaType.AH, new Ipv4Address(spi), new Spi(spi));
    }

    /** Whether an SPI is free, as Linux' GETSPI asks. */
    @Benchmark
    public boolean spiInUse(Full full) {
        return full.sadb.spiInUse(SaType.ESP, new Spi(full.nextSpi() * 2));
    }

    /** A deadline set anew: cancelled and added. */
    @Benchmark
    public void reschedule(Full full) {
        SecurityAssociation sa = full.all[full.nextSpi()];
        full.sadb.schedule(sa, 28_800_000L + (++full.millis % 3_600_000));
    }
}
