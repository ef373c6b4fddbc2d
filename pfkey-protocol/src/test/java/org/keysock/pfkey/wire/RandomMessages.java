package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.KlipsSyntax;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.SolarisExtension;
import org.keysock.pfkey.model.Spi;

/** Well-formed messages of a dialect, each number known or unknown, from a seeded source. */
final class RandomMessages {

    private static final KlipsSyntax SYNTAX = KlipsSyntax.towardsKernel(KlipsForm.MODERN);
    private static final List<SaType> KLIPS_SA_TYPES =
            List.of(SaType.AH, SaType.ESP, SaType.X_IPIP, SaType.X_IPCOMP, SaType.X_INT);

    private final Random random;
    private final Dialect dialect;

    RandomMessages(Dialect dialect, long seed) {
        this.dialect = dialect;
        this.random = new Random(seed);
    }

    SadbMessage next() {
        return klips() ? permitted() : any();
    }

    /** KLIPS' parser takes from a message what the type of the message permits, and no more. */
    private SadbMessage permitted() {
        List<MessageType> types =
                MessageType.all().stream()
                        .filter(type -> dialect.messageTypes().has(type))
                        .filter(type -> SYNTAX.row(type) != null)
                        .toList();
        MessageType type = types.get(random.nextInt(types.size()));
        SaType saType = KLIPS_SA_TYPES.get(random.nextInt(KLIPS_SA_TYPES.size()));
        KlipsSyntax.Row row = Objects.requireNonNull(SYNTAX.row(type));
        boolean flow = type == MessageType.X_DELFLOW;
        List<Extension> extensions = new ArrayList<>();
        for (ExtensionType each : ExtensionType.all()) {
            boolean wanted = row.required().contains(each) || flow || random.nextBoolean();
            if (wanted && row.permitted().contains(each) && dialect.extensionTypes().has(each)) {
                Extension made = extension(dialect.extensionTypes().number(each), saType);
                extensions.add(
                        made instanceof Extension.Sa sa ? described(sa, type, saType) : made);
            }
        }
        Collections.shuffle(extensions, random);
        BaseHeader header = BaseHeader.of(type, saType, random.nextInt(), random.nextInt());
        return SadbMessage.of(header, extensions);
    }

    /** What an ADD may say. */
    private static Extension described(Extension.Sa sa, MessageType type, SaType saType) {
        if (type != MessageType.ADD && type != MessageType.UPDATE) {
            return sa;
        }
        boolean ah = saType == SaType.AH;
        return new Extension.Sa(
                new Spi(sa.spi().value() | 0x100),
                sa.replayWindow(),
                SaState.MATURE,
                ah ? AuthAlgorithm.HMAC_MD5 : AuthAlgorithm.NONE,
                ah
                        ? EncryptionAlgorithm.NONE
                        : saType == SaType.X_IPCOMP
                                ? EncryptionAlgorithm.COMP_DEFLATE
                                : EncryptionAlgorithm.AES_CBC,
                sa.flags(),
                sa.reference());
    }

    private SadbMessage any() {
        BaseHeader header =
                new BaseHeader(
                        2,
                        dialect.messageTypes().code(1 + random.nextInt(10)),
                        dialect.errnos().code(random.nextInt(256)),
                        dialect.saTypes().code(random.nextInt(256)),
                        0,
                        random.nextInt(),
                        random.nextInt());
        List<Extension> extensions = new ArrayList<>();
        for (int number = 1; number < 70; number++) {
            if (random.nextInt(4) == 0) {
                extensions.add(extension(number, header.saType()));
            }
        }
        extensions.removeIf(e -> !allowed(e.type()));
        Collections.shuffle(extensions, random);
        return SadbMessage.of(header, extensions);
    }

    /** Solaris refuses numbers that it does not know. */
    private boolean allowed(ExtensionType type) {
        return type.known() || dialect.name() != DialectName.SOLARIS;
    }

    private Extension extension(int number, SaType saType) {
        ExtensionType type = dialect.extensionTypes().code(number);
        if (!type.known()) {
            return new Extension.Opaque(type, bytes(4 + 8 * random.nextInt(4)));
        }
        Function<ExtensionType, Extension> maker = ExtensionMakers.of(this, saType).get(type);
        if (maker == null) {
            throw new IllegalStateException("nobody makes " + type);
        }
        return maker.apply(type);
    }

    Random random() {
        return random;
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    Extension.Sa sa(ExtensionType type, SaType saType) {
        if (klips()) {
            return new Extension.Sa(
                    new Spi(random.nextInt()),
                    random.nextInt(65),
                    dialect.states().code(random.nextInt(3)),
                    dialect.authAlgorithms().code(random.nextInt(252)),
                    dialect.encryptionAlgorithms(saType).code(random.nextInt(254)),
                    dialect.flags().flags(random.nextInt()),
                    random.nextInt(4) == 0 ? -1 : 1 + random.nextInt(0x7fff));
        }
        return new Extension.Sa(
                new Spi(random.nextInt()),
                random.nextInt(256),
                dialect.states().code(random.nextInt(256)),
                auth(),
                cipher(saType),
                dialect.flags().flags(random.nextInt()));
    }

    private AuthAlgorithm auth() {
        return dialect.authAlgorithms().code(random.nextInt(256));
    }

    private EncryptionAlgorithm cipher(SaType saType) {
        return dialect.encryptionAlgorithms(saType).code(random.nextInt(256));
    }

    Extension.Lifetime lifetime(ExtensionType type) {
        return lifetime(type, klips() && row(ExtensionType.LIFETIME_HARD).fits(40));
    }

    private Extension.Lifetime lifetime(ExtensionType type, boolean packets) {
        return new Extension.Lifetime(
                type,
                random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                packets ? random.nextInt() : 0);
    }

    /** A limit of a combination: only the classic form of KLIPS counts packets there. */
    private Extension.Lifetime limit(ExtensionType type) {
        return lifetime(type, klips() && !dialect.extensionTypes().has(ExtensionType.X_SAREF));
    }

    private ExtensionRow row(ExtensionType type) {
        return Objects.requireNonNull(
                dialect.requests().row(dialect.extensionTypes().number(type)));
    }

    Sockaddr sockaddr(boolean v6) {
        int port = random.nextInt(65536);
        return v6
                ? new Sockaddr.Inet6(
                        new Ipv6Address(random.nextLong(), random.nextLong()),
                        port,
                        random.nextInt(),
                        random.nextInt())
                : new Sockaddr.Inet4(new Ipv4Address(random.nextInt()), port);
    }

    Extension address(ExtensionType type) {
        boolean v6 = random.nextBoolean();
        boolean spare = !v6 && dialect.name() == DialectName.SOLARIS && random.nextBoolean();
        return new Extension.Address(
                type,
                random.nextInt(256),
                klips() ? 0 : random.nextInt(v6 ? 129 : 33),
                sockaddr(v6),
                spare ? 2 : 0);
    }

    Extension key(ExtensionType type) {
        int length = 1 + random.nextInt(64);
        boolean whole = dialect.name() == DialectName.SOLARIS;
        int bits = 8 * length - (whole ? 0 : random.nextInt(8));
        int reserved = klips() ? 0 : random.nextInt(65536);
        return new Extension.Key(type, bits, reserved, KeyMaterial.of(bytes(length)));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(20); length > 0; length--) {
            text.append((char) (1 + random.nextInt(255)));
        }
        return text.toString();
    }

    Extension identity(ExtensionType type) {
        return new Extension.Identity(
                type,
                dialect.identityTypes()
                        .code(
                                klips()
                                        ? random.nextInt(5)
                                        : random.nextInt(65536) >> random.nextInt(16)),
                random.nextLong(),
                text());
    }

    private List<Long> words() {
        return random.longs(random.nextInt(5)).boxed().toList();
    }

    Extension label(ExtensionType type) {
        return new Extension.Sensitivity(
                type,
                random.nextInt(),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(),
                words(),
                words());
    }

    <T> List<T> some(Supplier<T> maker) {
        return Stream.generate(maker).limit(random.nextInt(4)).toList();
    }

    Extension proposal(SaType saType) {
        return new Extension.Proposal(random.nextInt(256), some(() -> combination(saType)));
    }

    private Extension.Proposal.Combination combination(SaType saType) {
        return new Extension.Proposal.Combination(
                auth(),
                cipher(saType),
                random.nextInt(65536),
                random.nextInt(65536),
                random.nextInt(65536),
                random.nextInt(65536),
                random.nextInt(65536),
                dialect.name() == DialectName.SOLARIS ? random.nextInt(256) : 0,
                limit(ExtensionType.LIFETIME_SOFT),
                limit(ExtensionType.LIFETIME_HARD));
    }

    Extension supported(ExtensionType type) {
        boolean detailed = dialect.name() == DialectName.SOLARIS;
        return new Extension.Supported(
                type,
                some(
                        () ->
                                new Extension.Supported.Algorithm(
                                        type == ExtensionType.SUPPORTED_AUTH
                                                ? auth()
                                                : cipher(SaType.ESP),
                                        random.nextInt(256),
                                        random.nextInt(65536),
                                        random.nextInt(65536),
                                        detailed ? random.nextInt(256) : 0,
                                        detailed ? random.nextInt(256) : 0)));
    }

    private boolean klips() {
        return dialect.name() == DialectName.KLIPS;
    }

    Extension spiRange() {
        int min = (random.nextInt() & 0x7fffffff) | 0x100;
        int max = min + random.nextInt(0x40000000);
        return new Extension.SpiRange(new Spi(min), new Spi(max));
    }

    Extension extendedProposal() {
        return new SolarisExtension.ExtendedProposal(
                random.nextInt(256),
                some(
                        () ->
                                new SolarisExtension.ExtendedProposal.Combination(
                                        random.nextInt(65536),
                                        lifetime(ExtensionType.LIFETIME_SOFT),
                                        lifetime(ExtensionType.LIFETIME_HARD),
                                        some(this::descriptor))));
    }

    private SolarisExtension.ExtendedProposal.AlgorithmDescriptor descriptor() {
        boolean authentication = random.nextBoolean();
        return new SolarisExtension.ExtendedProposal.AlgorithmDescriptor(
                dialect.saTypes().code(random.nextInt(256)),
                authentication ? 1 : 2,
                authentication ? auth() : cipher(SaType.ESP),
                random.nextInt(256),
                random.nextInt(65536),
                random.nextInt(65536));
    }

    Extension policy() {
        return new KameExtension.Policy(
                2, random.nextInt(256), random.nextInt(), random.nextInt(), some(this::request));
    }

    private KameExtension.Policy.Request request() {
        boolean pair = random.nextBoolean();
        boolean v6 = random.nextBoolean();
        return new KameExtension.Policy.Request(
                random.nextInt(65536),
                pair ? 2 : 1,
                random.nextInt(256),
                random.nextInt(),
                pair ? sockaddr(v6) : null,
                pair ? sockaddr(v6) : null);
    }
}
