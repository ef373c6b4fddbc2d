package org.keysock.kernel.engine.linux;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;
import static org.keysock.pfkey.model.ExtensionType.KEY_AUTH;
import static org.keysock.pfkey.model.ExtensionType.KEY_ENCRYPT;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_HARD;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_SOFT;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.RefusalTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.SpiRange;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KameExtension.Filter;
import org.keysock.pfkey.model.KameExtension.NatTType;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/**
 * What people are told of the refusals of this dialect that are not about policies: errno and
 * reason.
 */
final class ReasonsTest extends RefusalTable {

    private static final Ipv6Address SIX = new Ipv6Address(0x20010db8_00000000L, 9);

    private final Scene scene = new Scene("linux.optional-outbound-tunnel=refuse", "linux.aead=on");

    @Override
    protected Harness harness() {
        return scene.harness;
    }

    @Override
    protected KeySocket asker() {
        return scene.asker;
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
        return Scene.of(
                saType,
                Scene.esp(type, 3, Extension.Sa.of(new Spi(spi)), Scene.src(), Scene.dst()));
    }

    private static SpiRange range(int min, int max) {
        return new SpiRange(new Spi(min), new Spi(max));
    }

    private static SadbMessage getSpi(SaType saType, Extension... more) {
        List<Extension> parts = new ArrayList<>(List.of(Scene.src(), Scene.dst()));
        parts.addAll(List.of(more));
        return Scene.of(saType, Scene.esp(MessageType.GETSPI, 5, parts.toArray(Extension[]::new)));
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
        refuse(Scene.with(add(), StateMessage.end(ADDRESS_DST, SIX)));
        refuse(
                Scene.with(
                        add(),
                        new Extension.Address(
                                ADDRESS_SRC, 0, 0, new Sockaddr.Other(7, new byte[14]))));
        refuse(add().without(KEY_ENCRYPT));
        refuse(Scene.of(SaType.AH, add().without(KEY_AUTH)));
        refuse(Scene.with(add(), Scene.limit(LIFETIME_HARD, 0, 0, 5)));
        refuse(Scene.with(add(), Scene.limit(LIFETIME_SOFT, 0, 0, 5)));
        refuse(Scene.of(SaType.RSVP, add()));
        refuse(Scene.with(add(), sa(AuthAlgorithm.unknown(252), EncryptionAlgorithm.AES_CBC)));
        refuse(Scene.with(add(), sa(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.unknown(254))));
        refuse(Scene.with(add(), noBits(KEY_AUTH)));
        refuse(Scene.with(add(), noBits(KEY_ENCRYPT)));
        refuse(Scene.with(add(), sa(AuthAlgorithm.unknown(4), EncryptionAlgorithm.AES_CBC)));
        refuse(Scene.with(add(), sa(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.unknown(4))));
        refuse(
                Scene.of(
                        SaType.X_IPCOMP,
                        Scene.with(add(), sa(AuthAlgorithm.NONE, EncryptionAlgorithm.unknown(1)))));
        refuse(Scene.with(add(), new Sa2(4, 0, 0)));
        refuse(Scene.of(SaType.UNSPEC, add()));
        refuse(Scene.of(SaType.AH, Scene.with(add(), new NatTType(2))));
        refuse(Scene.with(add(), new NatTType(7)));
        refuse(
                Scene.of(
                        SaType.AH,
                        Scene.with(add(), sa(AuthAlgorithm.NONE, EncryptionAlgorithm.AES_CBC))));
        refuse(Scene.with(add(), sa(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.NONE)));
        refuse(
                Scene.of(
                        SaType.X_IPCOMP,
                        Scene.with(add(), sa(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.NONE))));
        refuse(Scene.with(add(), Scene.key(KEY_ENCRYPT, 17)));
        refuse(
                Scene.with(
                        Scene.with(
                                add(), sa(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.AES_GCM_16)),
                        Scene.key(KEY_ENCRYPT, 20)));
        refuse(Scene.with(add(), sa(AuthAlgorithm.AES_XCBC, EncryptionAlgorithm.AES_CBC)));
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
                Scene.with(
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
}
