package org.keysock.pfkey.wire.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.pfkey.wire.MessageWriter;
import org.keysock.pfkey.wire.Sink;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An ADD of 200 bytes: SA, two lifetimes, two IPv4 addresses, AES-128 and HMAC-SHA-1 keys. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBench {

    /** Whose socket it is. */
    @Param({"LINUX", "SOLARIS", "RFC2367"})
    public DialectName dialect = DialectName.LINUX;

    private MessageReader reader = new MessageReader(Dialect.of(DialectName.LINUX));
    private MessageWriter writer = new MessageWriter(Dialect.of(DialectName.LINUX));
    private SadbMessage message = add();
    private byte[] bytes = {};
    private final Sink sink = new Sink();
    private final ByteBuffer direct = ByteBuffer.allocateDirect(4096);
    private final byte[] arrived = new byte[4096];

    private static SadbMessage add() {
        return SadbMessage.of(
                BaseHeader.of(MessageType.ADD, SaType.ESP, 7, 4242),
                new Extension.Sa(
                        new Spi(0x2112),
                        32,
                        SaState.MATURE,
                        AuthAlgorithm.HMAC_SHA1,
                        EncryptionAlgorithm.AES_CBC,
                        SaFlags.NONE),
                new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 0, 1 << 30, 28800, 0),
                new Extension.Lifetime(ExtensionType.LIFETIME_SOFT, 0, 1 << 29, 24000, 0),
                Extension.Address.of(ExtensionType.ADDRESS_SRC, Ipv4Address.of(10, 0, 0, 1)),
                Extension.Address.of(ExtensionType.ADDRESS_DST, Ipv4Address.of(10, 0, 0, 2)),
                new Extension.Key(ExtensionType.KEY_AUTH, 160, 0, KeyMaterial.of(new byte[20])),
                new Extension.Key(ExtensionType.KEY_ENCRYPT, 128, 0, KeyMaterial.of(new byte[16])));
    }

    /** Makes the bytes of the message and sees to it that they are the 200 that are meant. */
    @Setup
    public void prepare() {
        Dialect chosen = Dialect.of(dialect);
        reader = new MessageReader(chosen);
        writer = new MessageWriter(chosen);
        message = add();
        byte[] written = writer.toBytes(message);
        if (written == null
                || written.length != 200
                || !(reader.read(written, 0, 200) instanceof Reading.Whole whole)
                || !whole.message().equals(message)) {
            throw new IllegalStateException("not the message that is to be measured");
        }
        bytes = written;
        direct.put(0, bytes, 0, bytes.length);
    }

    /** Bytes to model with all checks. */
    @Benchmark
    public Reading decode() {
        return reader.read(bytes, 0, bytes.length);
    }

    /** All checks and no model. */
    @Benchmark
    public @Nullable Fault validate() {
        return reader.validate(bytes, 0, bytes.length);
    }

    /** Model to bytes, into a sink that is used again and again. */
    @Benchmark
    public int encode() {
        sink.clear();
        writer.write(message, sink);
        return sink.size();
    }

    /**
     * What it costs that only arrays are read: the record is copied out of a direct buffer first.
     */
    @Benchmark
    public Reading decodeFromDirectBuffer() {
        direct.get(0, arrived, 0, bytes.length);
        return reader.read(arrived, 0, bytes.length);
    }

    /** What it costs that only arrays are written: the message is copied into a direct buffer. */
    @Benchmark
    public int encodeToDirectBuffer() {
        sink.clear();
        writer.write(message, sink);
        direct.put(0, sink.array(), 0, sink.size());
        return sink.size();
    }

    /** There and back. */
    @Benchmark
    public int decodeAndEncode() {
        if (reader.read(bytes, 0, bytes.length) instanceof Reading.Whole whole) {
            sink.clear();
            writer.write(whole.message(), sink);
        }
        return sink.size();
    }
}
