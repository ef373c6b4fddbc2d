package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.KameExtension.NatTType;
import org.keysock.pfkey.model.KameExtension.Policy.Request;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/** Rows of the sheet's sections 7.3, 7.4, 8.5 and 8.13 that no recorded dialogue shows. */
final class SheetTest {

    private static final AuthAlgorithm SHA1 = AuthAlgorithm.HMAC_SHA1;
    private static final AuthAlgorithm NO_AUTH = AuthAlgorithm.NONE;
    private static final EncryptionAlgorithm AES = EncryptionAlgorithm.AES_CBC;
    private static final EncryptionAlgorithm DEFLATE = EncryptionAlgorithm.COMP_DEFLATE;
    private static final EncryptionAlgorithm NO_CIPHER = EncryptionAlgorithm.NONE;
    private static final Extension AUTH_KEY = Scene.key(ExtensionType.KEY_AUTH, 20);
    private static final Extension AES_KEY = Scene.key(ExtensionType.KEY_ENCRYPT, 16);
    private static final IpAddress SIX = new Ipv6Address(0x20010db8_00000000L, 1);

    private final Scene scene = new Scene();

    private static SadbMessage add(
            SaType saType,
            int spi,
            IpAddress destination,
            AuthAlgorithm auth,
            EncryptionAlgorithm cipher,
            Extension... more) {
        List<Extension> parts = new ArrayList<>();
        parts.add(new Extension.Sa(new Spi(spi), 0, SaState.MATURE, auth, cipher, SaFlags.NONE));
        parts.add(Scene.src());
        parts.add(StateMessage.end(ExtensionType.ADDRESS_DST, destination));
        parts.addAll(List.of(more));
        return SadbMessage.of(BaseHeader.of(MessageType.ADD, saType, 7, Scene.PID), parts);
    }

    private static SadbMessage add(
            SaType saType, AuthAlgorithm auth, EncryptionAlgorithm cipher, Extension... more) {
        return add(saType, 0x1000, Scene.THERE, auth, cipher, more);
    }

    private static SadbMessage esp(Extension... more) {
        Extension[] parts = new Extension[2 + more.length];
        parts[0] = AUTH_KEY;
        parts[1] = AES_KEY;
        System.arraycopy(more, 0, parts, 2, more.length);
        return add(SaType.ESP, SHA1, AES, parts);
    }

    private static Extension proxy(IpAddress address) {
        return new Address(
                ExtensionType.ADDRESS_PROXY, 0, address.bitLength(), Sockaddr.of(address, 0));
    }

    private static Arguments row(String what, Errno errno, SadbMessage message) {
        return Arguments.of(what, errno, message);
    }

    static Stream<Arguments> adds() {
        return Stream.of(
                row("ESP without cipher key", Errno.EINVAL, add(SaType.ESP, SHA1, AES, AUTH_KEY)),
                row("AH without key", Errno.EINVAL, add(SaType.AH, SHA1, NO_CIPHER)),
                row("AH with a cipher", Errno.OK, add(SaType.AH, SHA1, AES, AUTH_KEY, AES_KEY)),
                row("AH, no algorithm", Errno.EINVAL, add(SaType.AH, NO_AUTH, AES, AUTH_KEY)),
                row("ESP, no authentication key", Errno.OK, add(SaType.ESP, SHA1, AES, AES_KEY)),
                row("ESP, no cipher", Errno.EINVAL, add(SaType.ESP, SHA1, NO_CIPHER, AES_KEY)),
                row("IPCOMP", Errno.OK, add(SaType.X_IPCOMP, NO_AUTH, DEFLATE)),
                row("IPCOMP, authenticated", Errno.OK, add(SaType.X_IPCOMP, SHA1, DEFLATE)),
                row("IPCOMP, no algorithm", Errno.EINVAL, add(SaType.X_IPCOMP, NO_AUTH, NO_CIPHER)),
                row(
                        "IPCOMP by LZS",
                        Errno.ENOSYS,
                        add(SaType.X_IPCOMP, NO_AUTH, EncryptionAlgorithm.COMP_LZS)),
                row(
                        "a CPI of more than 16 bits",
                        Errno.OK,
                        add(SaType.X_IPCOMP, 0x10000, Scene.THERE, NO_AUTH, DEFLATE)),
                row(
                        "hard without soft",
                        Errno.EINVAL,
                        esp(Scene.limit(ExtensionType.LIFETIME_HARD, 0, 0, 9))),
                row(
                        "soft above hard",
                        Errno.OK,
                        esp(
                                Scene.limit(ExtensionType.LIFETIME_HARD, 0, 0, 8),
                                Scene.limit(ExtensionType.LIFETIME_SOFT, 0, 0, 9))),
                row("NAT-T of type 1", Errno.EINVAL, esp(new NatTType(1))),
                row("NAT-T without ports", Errno.OK, esp(new NatTType(2))),
                row("NAT-T of type 3", Errno.EINVAL, esp(new NatTType(3))),
                row(
                        "NAT-T on AH",
                        Errno.EINVAL,
                        add(SaType.AH, SHA1, NO_CIPHER, AUTH_KEY, new NatTType(2))),
                row("IPv6 proxy of transport", Errno.EPROTONOSUPPORT, esp(proxy(SIX))),
                row("IPv6 proxy of a tunnel", Errno.OK, esp(proxy(SIX), new Sa2(2, 0, 0))),
                row("IPv6 proxy of BEET", Errno.OK, esp(proxy(SIX), new Sa2(3, 0, 0))),
                row(
                        "IPv6 proxy, key too short",
                        Errno.EPROTONOSUPPORT,
                        add(
                                SaType.ESP,
                                SHA1,
                                AES,
                                Scene.key(ExtensionType.KEY_ENCRYPT, 15),
                                proxy(SIX))),
                row("type 0", Errno.EPROTONOSUPPORT, add(SaType.UNSPEC, SHA1, AES, AES_KEY)),
                row("type RSVP", Errno.EINVAL, add(SaType.RSVP, SHA1, AES, AES_KEY)),
                row("type 11", Errno.EINVAL, add(SaType.unknown(11), SHA1, AES, AES_KEY)),
                row(
                        "multicast",
                        Errno.OK,
                        add(
                                SaType.ESP,
                                9,
                                Ipv4Address.of(224, 0, 0, 1),
                                SHA1,
                                AES,
                                AUTH_KEY,
                                AES_KEY)),
                row(
                        "to nowhere",
                        Errno.OK,
                        add(SaType.ESP, 9, Ipv4Address.ANY, SHA1, AES, AUTH_KEY, AES_KEY)),
                row(
                        "a weak DES key",
                        Errno.OK,
                        add(
                                SaType.ESP,
                                NO_AUTH,
                                EncryptionAlgorithm.DES_CBC,
                                Scene.key(ExtensionType.KEY_ENCRYPT, 8))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("adds")
    void add(String what, Errno errno, SadbMessage message) {
        assertEquals(errno, errno(message), what);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("neighbours")
    void anSaIsKnownByTypeDestinationAndSpi(String what, Errno errno, SadbMessage message) {
        assertEquals(Errno.OK, errno(esp()), "the first one");
        assertEquals(errno, errno(message), what);
    }

    static Stream<Arguments> neighbours() {
        Address source = StateMessage.end(ExtensionType.ADDRESS_SRC, Ipv4Address.of(10, 0, 0, 9));
        Extension.Sa sa = requireNonNull(esp().sa());
        SadbMessage elsewhereFrom =
                Scene.esp(MessageType.ADD, 8, sa, source, Scene.dst(), AUTH_KEY, AES_KEY);
        Ipv4Address elsewhere = Ipv4Address.of(10, 0, 0, 3);
        return Stream.of(
                row("the same", Errno.EEXIST, esp()),
                row("another source", Errno.EEXIST, elsewhereFrom),
                row(
                        "another destination",
                        Errno.OK,
                        add(SaType.ESP, 0x1000, elsewhere, SHA1, AES, AUTH_KEY, AES_KEY)),
                row("another type", Errno.OK, add(SaType.AH, SHA1, NO_CIPHER, AUTH_KEY)));
    }

    static Stream<Arguments> types() {
        return Stream.of(
                types(SaType.UNSPEC, Errno.EINVAL, Errno.ESRCH, Errno.OK, Errno.OK),
                types(SaType.RSVP, Errno.EINVAL, Errno.ESRCH, Errno.EINVAL, Errno.OK),
                types(SaType.MIP, Errno.EINVAL, Errno.ESRCH, Errno.EINVAL, Errno.OK),
                types(SaType.unknown(11), Errno.EINVAL, Errno.ESRCH, Errno.EINVAL, Errno.OK),
                types(SaType.AH, Errno.OK, Errno.ESRCH, Errno.OK, Errno.OK));
    }

    private static Arguments types(
            SaType saType, Errno getSpi, Errno get, Errno flush, Errno spdFlush) {
        return Arguments.of(saType, getSpi, get, flush, spdFlush);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void saTypes(SaType saType, Errno getSpi, Errno get, Errno flush, Errno spdFlush) {
        Extension.Sa sa = requireNonNull(esp().sa());
        assertEquals(getSpi, errno(MessageType.GETSPI, saType, Scene.src(), Scene.dst()));
        for (MessageType type : List.of(MessageType.GET, MessageType.DELETE)) {
            assertEquals(get, errno(type, saType, sa, Scene.src(), Scene.dst()), type::toString);
        }
        assertEquals(flush, errno(MessageType.FLUSH, saType));
        assertEquals(spdFlush, errno(MessageType.X_SPDFLUSH, saType));
    }

    private static Arguments policy(
            String what, Errno errno, int policyType, int direction, Request... requests) {
        return Arguments.of(
                what,
                errno,
                new KameExtension.Policy(policyType, direction, 0, 0, List.of(requests)));
    }

    private static Request request(int protocol, int mode, int level) {
        return new Request(protocol, mode, level, 0, null, null);
    }

    private static Request between(int mode, @Nullable IpAddress from, @Nullable IpAddress to) {
        return new Request(
                50,
                mode,
                2,
                0,
                from == null ? null : Sockaddr.of(from, 0),
                to == null ? null : Sockaddr.of(to, 0));
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                policy("discard", Errno.OK, 0, 1),
                policy("discard with requests", Errno.OK, 0, 2, request(50, 1, 2)),
                policy("none", Errno.OK, 1, 2),
                policy("entrust", Errno.EINVAL, 3, 2),
                policy("bypass", Errno.EINVAL, 4, 2),
                policy("any direction", Errno.EINVAL, 2, 0, request(50, 1, 2)),
                policy("forwarded", Errno.OK, 2, 3, request(50, 1, 2)),
                policy("of a socket, in", Errno.EINVAL, 2, 4, request(50, 1, 2)),
                policy("of a socket, out", Errno.EINVAL, 2, 5, request(50, 1, 2)),
                policy("AH", Errno.OK, 2, 2, request(51, 1, 2)),
                policy("IPCOMP", Errno.OK, 2, 2, request(108, 1, 1)),
                policy("TCP", Errno.EINVAL, 2, 2, request(6, 1, 2)),
                policy("any mode", Errno.EINVAL, 2, 2, request(50, 0, 2)),
                policy("mode 4", Errno.EINVAL, 2, 2, request(50, 4, 2)),
                policy("level 4", Errno.OK, 2, 2, request(50, 1, 4)),
                policy("tunnel to nowhere", Errno.EINVAL, 2, 2, between(2, null, null)),
                policy("tunnel", Errno.OK, 2, 2, between(2, Scene.HERE, Scene.THERE)),
                policy("tunnel of IPv6", Errno.OK, 2, 2, between(2, SIX, SIX)),
                policy("transport to", Errno.OK, 2, 2, between(1, Scene.HERE, Scene.THERE)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("policies")
    void policy(String what, Errno errno, KameExtension.Policy policy) {
        assertEquals(
                errno,
                errno(MessageType.X_SPDADD, SaType.UNSPEC, policy, Scene.src(), Scene.dst()),
                what);
    }

    private Errno errno(MessageType type, SaType saType, Extension... parts) {
        return errno(SadbMessage.of(BaseHeader.of(type, saType, 7, Scene.PID), parts));
    }

    private Errno errno(SadbMessage message) {
        return scene.harness.ask(scene.asker, message).get(0).header().errno();
    }
}
