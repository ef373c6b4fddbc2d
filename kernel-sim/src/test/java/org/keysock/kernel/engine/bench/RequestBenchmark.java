package org.keysock.kernel.engine.bench;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Mailbox;
import org.keysock.kernel.engine.linux.LinuxRules;
import org.keysock.kernel.engine.rfc2367.Rfc2367Rules;
import org.keysock.kernel.engine.solaris.SolarisRules;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.spd.Spd;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Requests of each dialect to an engine that holds 100,000 SAs and has 500 idle sockets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RequestBenchmark implements Mailbox {

    private static final int HELD = 100_000;
    private static final int IDLE = 500;
    private static final Ipv4Address HERE = Ipv4Address.of(10, 0, 0, 1);
    private static final Reading.Raw NO_BYTES = new Reading.Raw(new byte[0], 0, 0);
    private static final Now NOW = new Now(1_230_000_000L, 0);

    /** Whose socket asks. */
    @Param({"RFC2367", "SOLARIS", "LINUX"})
    public DialectName dialect = DialectName.RFC2367;

    private @Nullable KeyEngine engine;
    private @Nullable KeySocket asker;
    private Reading get = whole(MessageType.GET, 0);
    private long messages;

    /** Fills the database, and opens the sockets after that. */
    @Setup
    public void fill() {
        Map<DialectName, DialectRules> rules =
                Map.of(
                        DialectName.RFC2367, new Rfc2367Rules(),
                        DialectName.SOLARIS, new SolarisRules(),
                        DialectName.LINUX, new LinuxRules());
        KernelSettings settings =
                new KernelSettings(List.of(HERE), new Random(1), rules.values(), List.of());
        KeyEngine filled = new KeyEngine(settings, rules, new Sadb(), new Spd(), this);
        KeySocket socket = filled.open(dialect);
        for (int spi = 0x1000; spi < 0x1000 + HELD; spi++) {
            filled.handle(socket, whole(MessageType.ADD, spi), NOW);
        }
        if (filled.sadb().size() != HELD) {
            throw new IllegalStateException("only " + filled.sadb().size() + " SAs");
        }
        for (int count = 0; count < IDLE; count++) {
            filled.open(dialect);
        }
        get = whole(MessageType.GET, 0x1000 + HELD / 2);
        engine = filled;
        asker = socket;
    }

    private static Reading whole(MessageType type, int spi) {
        Extension.Sa sa =
                new Extension.Sa(
                        new Spi(spi),
                        32,
                        SaState.MATURE,
                        AuthAlgorithm.HMAC_SHA1,
                        EncryptionAlgorithm.AES_CBC,
                        SaFlags.NONE);
        Extension.Address source = Extension.Address.of(ExtensionType.ADDRESS_SRC, HERE);
        Extension.Address destination =
                Extension.Address.of(ExtensionType.ADDRESS_DST, new Ipv4Address(0x0b000000 + spi));
        BaseHeader header = BaseHeader.of(type, SaType.ESP, 1, 1);
        return new Reading.Whole(
                type == MessageType.GET
                        ? SadbMessage.of(header, sa, source, destination)
                        : SadbMessage.of(
                                header,
                                sa,
                                source,
                                destination,
                                key(ExtensionType.KEY_AUTH, 20),
                                key(ExtensionType.KEY_ENCRYPT, 16)),
                NO_BYTES);
    }

    private static Extension.Key key(ExtensionType type, int bytes) {
        byte[] material = new byte[bytes];
        for (int index = 0; index < bytes; index++) {
            material[index] = (byte) (17 * index + 3);
        }
        return new Extension.Key(type, bytes * 8, 0, KeyMaterial.of(material));
    }

    /** GET of one SA, from message to message. */
    @Benchmark
    public long get() {
        requireNonNull(engine).handle(requireNonNull(asker), get, NOW);
        return messages;
    }

    /** DUMP of all; time of one SA. */
    @Benchmark
    @OperationsPerInvocation(HELD)
    public long dump() {
        Reading dump =
                new Reading.Whole(
                        SadbMessage.of(BaseHeader.of(MessageType.DUMP, SaType.ESP, 1, 1)),
                        NO_BYTES);
        requireNonNull(engine).handle(requireNonNull(asker), dump, NOW);
        return messages;
    }

    @Override
    public void reply(KeySocket to, SadbMessage message) {
        messages += message.size();
    }

    @Override
    public void broadcast(KeySocket to, SadbMessage message) {
        messages += message.size();
    }

    @Override
    public void broadcast(KeySocket to, Reading.Raw record) {
        messages++;
    }

    @Override
    public void stream(KeySocket to, Supplier<@Nullable SadbMessage> next, Runnable closed) {
        for (SadbMessage message = next.get(); message != null; message = next.get()) {
            messages += message.size();
        }
        closed.run();
    }

    @Override
    public void refused(KeySocket asker, BaseHeader header, Errno errno, String reason) {}

    @Override
    public void failSend(KeySocket from, Errno errno) {
        throw new IllegalStateException("refused: " + errno);
    }
}
