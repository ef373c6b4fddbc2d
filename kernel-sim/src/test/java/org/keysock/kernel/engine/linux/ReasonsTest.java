package org.keysock.kernel.engine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;
import static org.keysock.pfkey.model.ExtensionType.KEY_AUTH;
import static org.keysock.pfkey.model.ExtensionType.KEY_ENCRYPT;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_HARD;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_SOFT;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Harness;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.SpiRange;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KameExtension.Filter;
import org.keysock.pfkey.model.KameExtension.NatTType;
import org.keysock.pfkey.model.KameExtension.Policy;
import org.keysock.pfkey.model.KameExtension.Policy.Request;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;

/** What people are told of every refusal of this dialect: request, errno and reason. */
final class ReasonsTest {

    private static final Dialect DIALECT = Dialect.of(DialectName.LINUX, ByteOrder.LITTLE_ENDIAN);
    private static final Ipv6Address SIX = new Ipv6Address(0x20010db8_00000000L, 9);
    private static final Sockaddr OLD = Sockaddr.of(Ipv4Address.of(192, 0, 2, 1), 0);
    private static final Sockaddr NEW = Sockaddr.of(Ipv4Address.of(192, 0, 2, 2), 0);
    private static final Sockaddr ANY = Sockaddr.of(Ipv4Address.ANY, 0);
    private static final Request ESP = new Request(50, 1, 2, 0, null, null);

    private final Scene scene = new Scene("linux.optional-outbound-tunnel=refuse", "linux.aead=on");
    private final List<String> told = new ArrayList<>();

    /** Asks what must be refused. */
    private void refuse(SadbMessage message) {
        refuse(new Reading.Whole(message, new Reading.Raw(new byte[0], 0, 0)));
    }

    private void refuse(Reading reading) {
        scene.harness.ask(scene.asker, reading);
        List<Harness.Refused> refusals = scene.harness.refusals();
        assertEquals(1, refusals.size(), "after " + told);
        told.add(refusals.get(0).errno() + " " + refusals.get(0).reason());
    }

    private void refuse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        refuse(new MessageReader(DIALECT).read(bytes, 0, bytes.length));
    }

    private void accept(SadbMessage message) {
        scene.harness.ask(scene.asker, message);
        assertEquals(List.of(), scene.harness.refusals());
    }

    private void assertTold(String table) {
        assertEquals(table.strip(), String.join("\n", told));
    }

    /** A message of another SA type. */
    private static SadbMessage of(SaType saType, SadbMessage message) {
        return message.withHeader(message.header().withSaType(saType));
    }

    private static SadbMessage with(SadbMessage message, Extension part) {
        List<Extension> parts = new ArrayList<>(message.without(part.type()).extensions());
        parts.add(part);
        return SadbMessage.of(message.header(), parts);
    }

    private static SadbMessage add() {
        return Scene.add(0x900);
    }

    private static Extension.Sa sa(AuthAlgorithm auth, EncryptionAlgorithm cipher) {
        return new Extension.Sa(new Spi(0x900), 32, SaState.MATURE, auth, cipher, SaFlags.NONE);
    }

    private static Extension.Key noBits(ExtensionType type) {
        return new Extension.Key(type, 0, 0, KeyMaterial.EMPTY);
    }

    private static SadbMessage named(MessageType type, SaType saType, int spi) {
        return of(
                saType,
                Scene.esp(type, 3, Extension.Sa.of(new Spi(spi)), Scene.src(), Scene.dst()));
    }

    private static SpiRange range(int min, int max) {
        return new SpiRange(new Spi(min), new Spi(max));
    }

    private static SadbMessage getSpi(SaType saType, Extension... more) {
        List<Extension> parts = new ArrayList<>(List.of(Scene.src(), Scene.dst()));
        parts.addAll(List.of(more));
        return of(saType, Scene.esp(MessageType.GETSPI, 5, parts.toArray(Extension[]::new)));
    }

    private static SadbMessage bare(MessageType type, SaType saType) {
        return SadbMessage.of(BaseHeader.of(type, saType, 1, Scene.PID));
    }

    @Test
    void records() {
        refuse("02");
        refuse("0205000303000000 0100000001000000 0100 1400 00000000 0000");
        refuse("0202000303000000 0100000001000000");
        refuse("0102000302000000 0100000001000000");
        refuse("0202000302000100 0100000001000000");
        refuse("0219000302000000 0100000001000000");
        refuse("0205000303000000 0100000001000000 0000 0000 00000000");
        refuse("0205000303000000 0100000001000000 0100 0000 00000000");
        refuse("0205000303000000 0100000001000000 0200 0100 00000000");
        refuse("0205000303000000 0100000001000000 0100 0100 00000000");
        refuse("0205000304000000 0100000001000000 0100 1300 00000000 0100 1400 00000000");
        refuse("0205000304000000 0100000001000000 0100 1400 00000000 0100 1400 00000000");
        refuse(
                "0205000305000000 0100000001000000 0300 0500 00200000 0700 0000 00000000"
                        + "0000000000000000");
        refuse("0203000304000000 0100000001000000 0200 0800 8000 0000 0000000000000000");
        refuse("0203000303000000 0100000001000000 0100 1800 00000900");
        assertTold(
                """
                EMSGSIZE base header at byte 0 of 1: shorter than a base header
                EINVAL extension at byte 24 of 26: extension length 0, or beyond the end of the message
                EMSGSIZE base header at byte 0 of 16: sadb_msg_len is not the length of the record
                EINVAL base header at byte 0 of 16: version is not 2
                EINVAL base header at byte 0 of 16: reserved bits are set
                EINVAL base header at byte 0 of 16: message type not known
                EINVAL unknown(0) at byte 16 of 24: extension type 0 is reserved
                EINVAL unknown(0) at byte 16 of 24: extension type 0 is reserved
                EINVAL SA at byte 16 of 24: extension length 0, or beyond the end of the message
                EINVAL SA at byte 16 of 24: extension shorter than its structure
                EINVAL X_SA2 at byte 16 of 32: extension shorter than its structure
                EINVAL X_NAT_T_TYPE at byte 24 of 32: extension given twice
                EINVAL ADDRESS_SRC at byte 16 of 40: neither IPv4 nor IPv6, or a length or prefix other than the family's
                EINVAL KEY_AUTH at byte 16 of 32: more key bits than the extension holds
                EINVAL X_SEC_CTX at byte 16 of 24: context length other than the extension's
                """);
    }

    @Test
    void additions() {
        refuse(add().without(ExtensionType.SA));
        refuse(add().without(ADDRESS_SRC));
        refuse(add().without(ADDRESS_DST));
        refuse(with(add(), StateMessage.end(ADDRESS_DST, SIX)));
        refuse(
                with(
                        add(),
                        new Extension.Address(
                                ADDRESS_SRC, 0, 0, new Sockaddr.Other(7, new byte[14]))));
        refuse(add().without(KEY_ENCRYPT));
        refuse(of(SaType.AH, add().without(KEY_AUTH)));
        refuse(with(add(), Scene.limit(LIFETIME_HARD, 0, 0, 5)));
        refuse(with(add(), Scene.limit(LIFETIME_SOFT, 0, 0, 5)));
        refuse(of(SaType.RSVP, add()));
        refuse(with(add(), sa(AuthAlgorithm.unknown(252), EncryptionAlgorithm.AES_CBC)));
        refuse(with(add(), sa(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.unknown(254))));
        refuse(with(add(), noBits(KEY_AUTH)));
        refuse(with(add(), noBits(KEY_ENCRYPT)));
        refuse(with(add(), sa(AuthAlgorithm.unknown(4), EncryptionAlgorithm.AES_CBC)));
        refuse(with(add(), sa(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.unknown(4))));
        refuse(
                of(
                        SaType.X_IPCOMP,
                        with(add(), sa(AuthAlgorithm.NONE, EncryptionAlgorithm.unknown(1)))));
        refuse(with(add(), new Sa2(4, 0, 0)));
        refuse(of(SaType.UNSPEC, add()));
        refuse(of(SaType.AH, with(add(), new NatTType(2))));
        refuse(with(add(), new NatTType(7)));
        refuse(of(SaType.AH, with(add(), sa(AuthAlgorithm.NONE, EncryptionAlgorithm.AES_CBC))));
        refuse(with(add(), sa(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.NONE)));
        refuse(
                of(
                        SaType.X_IPCOMP,
                        with(add(), sa(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.NONE))));
        refuse(with(add(), Scene.key(KEY_ENCRYPT, 17)));
        refuse(
                with(
                        with(add(), sa(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.AES_GCM_16)),
                        Scene.key(KEY_ENCRYPT, 20)));
        refuse(with(add(), sa(AuthAlgorithm.AES_XCBC, EncryptionAlgorithm.AES_CBC)));
        accept(add());
        refuse(add());
        assertTold(
                """
                EINVAL SA: missing
                EINVAL ADDRESS_SRC: missing
                EINVAL ADDRESS_DST: missing
                EINVAL ADDRESS_SRC and ADDRESS_DST: families differ, 10.0.0.1 and 2001:db8::9
                EINVAL ADDRESS_SRC: family 7, neither IPv4 nor IPv6
                EINVAL KEY_ENCRYPT: missing, ESP needs one
                EINVAL KEY_AUTH: missing, AH needs one
                EINVAL LIFETIME_SOFT: missing, there is a LIFETIME_HARD
                EINVAL LIFETIME_HARD: missing, there is a LIFETIME_SOFT
                EINVAL base header: SA type RSVP, not AH, ESP, X_IPCOMP or UNSPEC
                EINVAL SA: authentication algorithm 252, the highest is 251
                EINVAL SA: encryption algorithm 254, the highest is 253
                EINVAL KEY_AUTH: 0 bits, only NULL takes none, and this is HMAC_SHA1
                EINVAL KEY_ENCRYPT: 0 bits, only NULL takes none, and this is AES_CBC
                ENOSYS SA: authentication algorithm unknown(4) is not there
                ENOSYS SA: encryption algorithm unknown(4) is not there
                ENOSYS SA: compression algorithm unknown(1) is not there
                EINVAL X_SA2: mode 4, the highest is 3
                EPROTONOSUPPORT base header: SA type UNSPEC, not AH, ESP, X_IPCOMP
                EINVAL X_NAT_T_TYPE: encapsulation 2 of AH, only ESP has one
                EINVAL X_NAT_T_TYPE: encapsulation 7, not 1 (non-IKE) or 2 (ESP in UDP)
                EINVAL SA: no authentication algorithm, AH needs one
                EINVAL SA: no encryption algorithm, ESP needs one
                EINVAL SA: no compression algorithm
                EINVAL KEY_ENCRYPT: 136 bits, AES_CBC takes 128 to 256 in steps of 64
                EINVAL SA: an authentication algorithm beside a cipher that authenticates by itself
                EINVAL KEY_AUTH: 160 bits, AES_XCBC takes 128
                EEXIST SA: there is an SA ESP 0x900 to 10.0.0.2 already
                """);
    }

    @Test
    void namedSas() {
        refuse(add().withHeader(BaseHeader.of(MessageType.UPDATE, SaType.ESP, 7, 1)));
        accept(add());
        refuse(
                with(
                        add().withHeader(BaseHeader.of(MessageType.UPDATE, SaType.ESP, 7, 1)),
                        new NatTType(2)));
        refuse(Scene.esp(MessageType.GET, 3, Scene.src(), Scene.dst()));
        refuse(named(MessageType.GET, SaType.RSVP, 0x900));
        refuse(named(MessageType.GET, SaType.ESP, 0));
        refuse(named(MessageType.DELETE, SaType.ESP, 0x901));
        refuse(getSpi(SaType.UNSPEC));
        refuse(getSpi(SaType.ESP, new Sa2(9, 0, 0)));
        refuse(getSpi(SaType.ESP, range(0x200, 0x100)));
        refuse(getSpi(SaType.X_IPCOMP, range(0x200, 0x10000)));
        refuse(getSpi(SaType.ESP, range(0x900, 0x900)));
        refuse(bare(MessageType.DUMP, SaType.RSVP));
        refuse(bare(MessageType.DUMP, SaType.AH));
        refuse(Scene.esp(MessageType.DUMP, 1, new Filter(new byte[16], new byte[16], 2, 129, 0)));
        refuse(Scene.esp(MessageType.DUMP, 1, new Filter(new byte[16], new byte[16], 2, 32, 200)));
        scene.harness.holdDumps();
        accept(bare(MessageType.DUMP, SaType.ESP));
        refuse(bare(MessageType.DUMP, SaType.ESP));
        refuse(bare(MessageType.X_SPDDUMP, SaType.UNSPEC));
        refuse(bare(MessageType.FLUSH, SaType.RSVP));
        accept(bare(MessageType.REGISTER, SaType.ESP));
        refuse(bare(MessageType.REGISTER, SaType.ESP));
        refuse(bare(MessageType.REGISTER, SaType.unknown(10)));
        refuse(Scene.esp(MessageType.ACQUIRE, 1, Scene.src()));
        refuse(bare(MessageType.X_PROMISC, SaType.AH));
        refuse(bare(MessageType.EXPIRE, SaType.ESP));
        assertTold(
                """
                ESRCH SA: there is no SA ESP 0x900 to 10.0.0.2
                EINVAL X_NAT_T_TYPE: encapsulation 2, that of the SA is 0 (0: none)
                EINVAL SA: missing
                ESRCH base header: SA type RSVP, not AH, ESP, X_IPCOMP
                ESRCH SA: there is no SA ESP 0x0 to 10.0.0.2
                ESRCH SA: there is no SA ESP 0x901 to 10.0.0.2
                EINVAL base header: SA type UNSPEC, not AH, ESP, X_IPCOMP
                EINVAL X_SA2: mode 9, the highest is 3
                EINVAL SPIRANGE: the lowest SPI, 0x200, is above the highest, 0x100
                EINVAL SPIRANGE: up to 0x10000, an index of X_IPCOMP has 16 bits
                ENOENT SPIRANGE: no SPI of ESP is free in 0x900 to 0x900
                EINVAL base header: SA type RSVP, not AH, ESP, X_IPCOMP or UNSPEC
                ENOENT base header: there is nothing to dump
                EINVAL X_FILTER: source prefix of 129 bits, the longest has 128
                EINVAL X_FILTER: destination prefix of 200 bits, the longest has 128
                EBUSY base header: a dump to this socket is under way
                EBUSY base header: a dump to this socket is under way
                EINVAL base header: SA type RSVP, not AH, ESP, X_IPCOMP or UNSPEC
                EEXIST base header: this socket is registered for ESP already
                EINVAL base header: SA type 10, the highest is 9
                EOPNOTSUPP ADDRESS_SRC: not allowed, who gives up sends the base header alone
                EINVAL base header: SA type AH, not 0 (off) or 1 (on)
                EOPNOTSUPP base header: message type EXPIRE is no request to this kernel
                """);
    }

    private static Policy policy(int type, int direction, int id, List<Request> requests) {
        return new Policy(type, direction, id, 0, requests);
    }

    private static SadbMessage spd(MessageType type, @Nullable Policy policy) {
        List<Extension> parts = new ArrayList<>();
        if (policy != null) {
            parts.add(policy);
        }
        parts.add(Scene.src());
        parts.add(Scene.dst());
        return SadbMessage.of(BaseHeader.of(type, SaType.UNSPEC, 2, Scene.PID), parts);
    }

    private static SadbMessage spdAdd(Request... requests) {
        return spd(MessageType.X_SPDADD, policy(2, 2, 0, List.of(requests)));
    }

    @Test
    void policies() {
        refuse(spd(MessageType.X_SPDADD, null));
        refuse(spd(MessageType.X_SPDADD, policy(3, 2, 0, List.of())));
        refuse(spd(MessageType.X_SPDADD, policy(2, 0, 0, List.of())));
        refuse(spd(MessageType.X_SPDUPDATE, policy(2, 4, 0, List.of())));
        refuse(spd(MessageType.X_SPDADD, policy(2, 2, 0, Collections.nCopies(7, ESP))));
        refuse(spdAdd(new Request(50, 0, 2, 0, null, null)));
        refuse(spdAdd(new Request(50, 4, 2, 0, null, null)));
        refuse(spdAdd(new Request(6, 1, 2, 0, null, null)));
        refuse(spdAdd(new Request(50, 2, 2, 0, null, null)));
        refuse(spdAdd(new Request(50, 2, 2, 0, new Sockaddr.Other(7, new byte[14]), NEW)));
        refuse(spdAdd(new Request(50, 2, 1, 0, OLD, NEW)));
        accept(spdAdd(ESP));
        refuse(spdAdd(ESP));
        refuse(spd(MessageType.X_SPDGET, policy(0, 0, 7, List.of())));
        refuse(spd(MessageType.X_SPDGET, policy(0, 0, 800, List.of())));
        refuse(spd(MessageType.X_SPDDELETE2, policy(0, 0, 800, List.of())));
        refuse(spd(MessageType.X_SPDDELETE, policy(0, 1, 0, List.of())));
        assertTold(
                """
                EINVAL X_POLICY: missing
                EINVAL X_POLICY: policy type 3, the highest is 2
                EINVAL X_POLICY: direction 0, not 1 (in), 2 (out) or 3 (forwarded)
                EINVAL X_POLICY: direction 4, not 1 (in), 2 (out) or 3 (forwarded)
                ELOOP X_POLICY: more than 6 requests
                EINVAL X_POLICY: a request of mode 0, not transport or tunnel
                EINVAL X_POLICY: mode 4, the highest is 3
                EINVAL X_POLICY: a request of protocol 6, not 50 (ESP), 51 (AH) or 108 (IPCOMP)
                EINVAL X_POLICY: a request without the two addresses it needs
                EINVAL X_POLICY: a request with an address of family 7
                EINVAL X_POLICY: an outbound request of level use that is not in transport mode (linux.optional-outbound-tunnel)
                EEXIST X_POLICY: outbound policy from 10.0.0.1/32 port 0 to 10.0.0.2/32 port 0, protocol 0 is there already, its id is 1
                EINVAL X_POLICY: id 7, whose lowest three bits are no direction (0 in, 1 out, 2 forwarded)
                ENOENT X_POLICY: there is no policy with id 800
                ENOENT X_POLICY: there is no policy with id 800
                ENOENT X_POLICY: there is no inbound policy from 10.0.0.1/32 port 0 to 10.0.0.2/32 port 0, protocol 0
                """);
    }

    private static Request tunnel(int protocol, Sockaddr source, Sockaddr destination) {
        return new Request(protocol, 2, 2, 0, source, destination);
    }

    private void refuseMove(Request... requests) {
        refuse(spd(MessageType.X_MIGRATE, policy(2, 2, 0, List.of(requests))));
    }

    private static SadbMessage between(Sockaddr source, Sockaddr destination) {
        SadbMessage add = with(add(), new Sa2(2, 0, 0));
        add = with(add, new Extension.Address(ADDRESS_SRC, 0, 32, source));
        return with(add, new Extension.Address(ADDRESS_DST, 0, 32, destination));
    }

    @Test
    void moves() {
        Request old = tunnel(50, OLD, NEW);
        refuseMove();
        refuseMove(old);
        refuse(spd(MessageType.X_MIGRATE, policy(2, 2, 0, Collections.nCopies(14, old))));
        refuseMove(old, ESP);
        refuseMove(old, tunnel(51, NEW, OLD));
        refuseMove(old, new Request(50, 1, 2, 0, NEW, OLD));
        refuseMove(old, new Request(50, 2, 2, 9, NEW, OLD));
        refuseMove(old, tunnel(50, ANY, OLD));
        refuseMove(old, tunnel(50, NEW, ANY));
        refuseMove(old, tunnel(50, NEW, OLD), old, tunnel(50, NEW, OLD));
        refuseMove(old, tunnel(50, NEW, OLD));
        accept(spdAdd(old));
        accept(between(OLD, NEW));
        accept(between(NEW, OLD));
        refuseMove(old, tunnel(50, NEW, OLD));
        refuseMove(tunnel(51, OLD, NEW), tunnel(51, NEW, OLD));
        assertTold(
                """
                EINVAL X_POLICY: no requests, they come in pairs of old and new
                EINVAL X_POLICY: an odd number of requests, not pairs of old and new
                EINVAL X_POLICY: more than 6 pairs of requests
                EINVAL X_POLICY: a request without the two addresses it needs
                EINVAL X_POLICY: protocols of a pair differ
                EINVAL X_POLICY: modes of a pair differ
                EINVAL X_POLICY: reqids of a pair differ
                EINVAL X_POLICY: a new source that is unspecified
                EINVAL X_POLICY: a new destination that is unspecified
                EINVAL X_POLICY: two pairs whose old requests are the same
                ENOENT X_POLICY: there is no outbound policy from 10.0.0.1/32 port 0 to 10.0.0.2/32 port 0, protocol 0
                ENODATA X_POLICY: the place of the moved SA is taken, ESP 0x900 to 192.0.2.1
                ENODATA X_POLICY: no template of the policy is one of the old requests
                """);
    }
}
