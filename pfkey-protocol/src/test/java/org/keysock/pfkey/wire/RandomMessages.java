package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.SolarisExtension;
import org.keysock.pfkey.model.Spi;

/** Well-formed messages of a dialect, each number known or unknown, from a seeded source. */
final class RandomMessages {

    private final Random random;
    private final Dialect dialect;

    RandomMessages(Dialect dialect, long seed) {
        this.dialect = dialect;
        this.random = new Random(seed);
    }

    SadbMessage next() {
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

    Extension sa(ExtensionType type, SaType saType) {
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
        return new Extension.Lifetime(
                type, random.nextInt(), random.nextLong(), random.nextLong(), random.nextLong());
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
                random.nextInt(v6 ? 129 : 33),
                sockaddr(v6),
                spare ? 2 : 0);
    }

    Extension key(ExtensionType type) {
        int length = 1 + random.nextInt(64);
        boolean whole = dialect.name() == DialectName.SOLARIS;
        int bits = 8 * length - (whole ? 0 : random.nextInt(8));
        return new Extension.Key(type, bits, random.nextInt(65536), KeyMaterial.of(bytes(length)));
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
                dialect.identityTypes().code(random.nextInt(65536) >> random.nextInt(16)),
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
                lifetime(ExtensionType.LIFETIME_SOFT),
                lifetime(ExtensionType.LIFETIME_HARD));
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

    Extension spiRange() {
        int min = random.nextInt() & 0x7fffffff;
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
