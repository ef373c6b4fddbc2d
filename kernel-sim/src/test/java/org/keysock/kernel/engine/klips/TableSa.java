package org.keysock.kernel.engine.klips;

import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.InitialVector;
import org.keysock.kernel.sadb.PacketOptions;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.sadb.TunnelPolicy;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.text.AddressText;

/** An SA to be shown in a table, said in few words; ages are seconds before {@link #NOW}. */
final class TableSa {

    /** The moment of every table; the machine was started 5000 seconds before. */
    static final Now NOW = new Now(VirtualClock.DEFAULT_START, 5_000_000);

    private final SaType type;
    private final int spi;
    private final IpAddress source;
    private final IpAddress destination;
    private Direction direction = Direction.OUTBOUND;
    private SaFlags flags = SaFlags.NONE;
    private AuthAlgorithm auth = AuthAlgorithm.NONE;
    private int authBits;
    private EncryptionAlgorithm cipher = EncryptionAlgorithm.NONE;
    private int cipherBits;
    private int window;
    private int encapsulation;
    private int natSource;
    private int natDestination;
    private @Nullable TunnelPolicy policy;
    private @Nullable InitialVector vector;
    private @Nullable Lifetime soft;
    private @Nullable Lifetime hard;
    private long age;
    private Consumer<SaUse> use = unused -> {};

    private TableSa(SaType type, int spi, String source, String destination) {
        this.type = type;
        this.spi = spi;
        this.source = address(source);
        this.destination = address(destination);
    }

    static IpAddress address(String text) {
        return Objects.requireNonNull(AddressText.parse(text), text);
    }

    static TableSa esp(int spi, String source, String destination) {
        return new TableSa(SaType.ESP, spi, source, destination);
    }

    static TableSa ah(int spi, String source, String destination) {
        return new TableSa(SaType.AH, spi, source, destination);
    }

    static TableSa tun(int spi, String source, String destination) {
        return new TableSa(SaType.X_IPIP, spi, source, destination);
    }

    static TableSa comp(int spi, String source, String destination) {
        TableSa comp = new TableSa(SaType.X_IPCOMP, spi, source, destination);
        comp.cipher = EncryptionAlgorithm.COMP_DEFLATE;
        return comp;
    }

    TableSa inbound() {
        direction = Direction.INBOUND;
        return this;
    }

    boolean goesIn() {
        return direction == Direction.INBOUND;
    }

    TableSa flags(SaFlag... set) {
        flags = SaFlags.of(set);
        return this;
    }

    TableSa auth(AuthAlgorithm algorithm, int bits) {
        auth = algorithm;
        authBits = bits;
        return this;
    }

    TableSa cipher(EncryptionAlgorithm algorithm, int bits) {
        cipher = algorithm;
        cipherBits = bits;
        return this;
    }

    TableSa md5() {
        return auth(AuthAlgorithm.HMAC_MD5, 128);
    }

    TableSa sha1() {
        return auth(AuthAlgorithm.HMAC_SHA1, 160);
    }

    TableSa tripleDes() {
        vector("0000000000000000");
        return cipher(EncryptionAlgorithm.TRIPLE_DES_CBC, 192);
    }

    TableSa vector(String hex) {
        vector = new InitialVector(HexFormat.of().parseHex(hex));
        return this;
    }

    TableSa window(int packets) {
        window = packets;
        return this;
    }

    TableSa nat(int type, int sourcePort, int destinationPort) {
        encapsulation = type;
        natSource = sourcePort;
        natDestination = destinationPort;
        return this;
    }

    TableSa policy(String from, int fromBits, String to, int toBits) {
        policy = new TunnelPolicy(address(from), fromBits, address(to), toBits);
        return flags(SaFlag.X_INFLOW);
    }

    TableSa soft(int allocations, long bytes, long add, long use, int packets) {
        soft = new Lifetime(ExtensionType.LIFETIME_SOFT, allocations, bytes, add, use, packets);
        return this;
    }

    TableSa hard(int allocations, long bytes, long add, long use, int packets) {
        hard = new Lifetime(ExtensionType.LIFETIME_HARD, allocations, bytes, add, use, packets);
        return this;
    }

    TableSa added(long secondsAgo) {
        age = secondsAgo;
        return this;
    }

    /** What else has been done with it. */
    TableSa with(Consumer<SaUse> more) {
        use = use.andThen(more);
        return this;
    }

    /** Packets, the first and the last of them so many seconds ago. */
    TableSa used(long bytes, int packets, long first, long last) {
        return with(
                counters -> {
                    charge(counters, packets == 1 ? bytes : 0, 1, first);
                    if (packets > 1) {
                        charge(counters, bytes, packets - 1, last);
                    }
                });
    }

    private static void charge(SaUse counters, long bytes, long packets, long secondsAgo) {
        counters.charge(
                bytes, packets, NOW.wallSeconds() - secondsAgo, NOW.millis() - 1000 * secondsAgo);
    }

    /** Puts it into a database. */
    SecurityAssociation in(Sadb sadb) {
        return in(sadb, DialectName.KLIPS);
    }

    SecurityAssociation in(Sadb sadb, DialectName home) {
        SaDetails details =
                new SaDetails(
                        0,
                        0,
                        0,
                        null,
                        null,
                        null,
                        null,
                        encapsulation,
                        natSource,
                        natDestination,
                        0,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        policy,
                        vector,
                        PacketOptions.PLAIN);
        KeyMaterial none = KeyMaterial.EMPTY;
        SecurityAssociation sa =
                new SecurityAssociation(
                        home,
                        type,
                        new Spi(spi),
                        source,
                        destination,
                        direction,
                        SaState.MATURE,
                        flags,
                        window,
                        new SaSecrets(auth, authBits, none, cipher, cipherBits, 0, none, 0),
                        details,
                        NOW.wallSeconds() - age,
                        NOW.millis() - 1000 * age);
        sa.limits(hard, soft, null);
        use.accept(sa.ownUse());
        sadb.insert(sa);
        return sa;
    }
}
