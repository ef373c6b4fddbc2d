package org.keysock.kernel.engine.rfc2367;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.RefusalTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/** What people are told of the refusals of this dialect: request, errno and reason. */
final class ReasonsTest extends RefusalTable {

    private final Scene scene = new Scene();

    @Override
    protected Harness harness() {
        return scene.harness;
    }

    @Override
    protected KeySocket asker() {
        return scene.asker;
    }

    private static SadbMessage bare(MessageType type, SaType saType) {
        return SadbMessage.of(BaseHeader.of(type, saType, 1, Scene.PID));
    }

    private static Extension.Sa algorithms(AuthAlgorithm auth, EncryptionAlgorithm cipher) {
        return new Extension.Sa(new Spi(0x1000), 32, SaState.MATURE, auth, cipher, SaFlags.NONE);
    }

    private void refuseIdentity(IdentityType kind, String text) {
        refuse(Scene.addWith(new Identity(ExtensionType.IDENTITY_SRC, kind, 0, text)));
    }

    @Test
    void records() {
        refuse("02");
        refuse("0205000303000000 0100000001000000");
        refuse("0105000302000000 0100000001000000");
        refuse("020d000302000000 0100000001000000");
        refuse("0205000303000000 0100000001000000 0200 0100 00000000");
        refuse("0205000303000000 0100000001000000 0100 0100 00000000");
        refuse("0203000304000000 0100000001000000 0200 0800 0000 0000 0000000000000000");
        refuse("020b000304000000 0100000001000000 0105000002000000 0000000000000000");
        assertTold(
                """
                EMSGSIZE base header at byte 0 of 1: shorter than a base header
                EMSGSIZE base header at byte 0 of 16: sadb_msg_len is not the length of the record
                EINVAL base header at byte 0 of 16: version is not 2
                EINVAL base header at byte 0 of 16: message type not known
                EINVAL SA at byte 16 of 24: extension length 0, or beyond the end of the message
                EINVAL SA at byte 16 of 24: extension shorter than its structure
                EINVAL KEY_AUTH at byte 16 of 32: no key bits, or more than the extension holds
                EINVAL X_ENCLOSED at byte 16 of 32: version is not 2
                """);
    }

    @Test
    void additions() {
        SadbMessage add = Scene.add(0x1000);
        refuse(add.without(ExtensionType.ADDRESS_DST));
        refuse(Scene.with(add, Scene.limit(ExtensionType.LIFETIME_CURRENT, 5)));
        refuse(Scene.ofType(add, SaType.UNSPEC));
        refuse(Scene.addWith(Scene.sa(0x1000, SaState.DYING)));
        refuse(Scene.addWith(Scene.end(ExtensionType.ADDRESS_SRC, new Ipv6Address(0, 1))));
        refuse(
                Scene.addWith(
                        new Extension.Address(
                                ExtensionType.ADDRESS_SRC,
                                0,
                                0,
                                new Sockaddr.Other(7, new byte[14]))));
        refuse(Scene.addWith(algorithms(AuthAlgorithm.NONE, EncryptionAlgorithm.AES_CBC)));
        refuse(Scene.addWith(algorithms(AuthAlgorithm.unknown(99), EncryptionAlgorithm.AES_CBC)));
        refuse(Scene.addWith(Scene.key(ExtensionType.KEY_AUTH, "00")));
        refuse(
                Scene.addWith(algorithms(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.NONE))
                        .without(ExtensionType.KEY_ENCRYPT));
        refuse(
                Scene.ofType(
                        Scene.addWith(algorithms(AuthAlgorithm.NONE, EncryptionAlgorithm.NONE))
                                .without(ExtensionType.KEY_ENCRYPT)
                                .without(ExtensionType.KEY_AUTH),
                        SaType.AH));
        refuse(Scene.ofType(add, SaType.AH));
        SadbMessage des =
                Scene.addWith(algorithms(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.DES_CBC));
        refuse(Scene.with(des, Scene.key(ExtensionType.KEY_ENCRYPT, "0000000000000000")));
        refuse(Scene.with(des, Scene.key(ExtensionType.KEY_ENCRYPT, "0101010101010101")));
        refuseIdentity(IdentityType.unknown(9), "x");
        refuseIdentity(IdentityType.PREFIX, "evil\n/8");
        refuseIdentity(IdentityType.PREFIX, "10.0.0.0/33");
        refuseIdentity(IdentityType.PREFIX, "::/8");
        refuseIdentity(IdentityType.PREFIX, "10.0.0.1/8");
        refuseIdentity(IdentityType.PREFIX, "192.0.2.0/24");
        accept(add);
        refuse(add);
        assertTold(
                """
                EINVAL ADDRESS_DST: missing
                EINVAL LIFETIME_CURRENT: not allowed in ADD
                EINVAL base header: SA type UNSPEC, not AH, ESP, RSVP, OSPFV2, RIPV2, MIP
                EINVAL SA: state DYING, not MATURE
                EINVAL ADDRESS_SRC and ADDRESS_DST: families differ, ::1 and 10.0.0.2
                EINVAL ADDRESS_SRC: family 7, neither IPv4 nor IPv6
                EINVAL KEY_AUTH: a key, and the SA has no algorithm for it
                EINVAL SA: algorithm unknown(99) for KEY_AUTH is not there
                EINVAL KEY_AUTH: 8 bits, HMAC_SHA1 takes 160
                EINVAL SA: no encryption algorithm, ESP needs one
                EINVAL SA: no authentication algorithm, SAs other than ESP need one
                EINVAL SA: an encryption algorithm, only ESP has one
                EINVAL KEY_ENCRYPT: a byte without odd parity
                EINVAL KEY_ENCRYPT: a weak key
                EINVAL IDENTITY_SRC: type unknown(9), not PREFIX, FQDN or USER_FQDN
                EINVAL IDENTITY_SRC: a prefix is an address, / and a length
                EINVAL IDENTITY_SRC: prefix "10.0.0.0/33": longer than the address
                EINVAL IDENTITY_SRC: prefix "::/8": not of the SA's family
                EINVAL IDENTITY_SRC: prefix "10.0.0.1/8": bits behind its length
                EINVAL IDENTITY_SRC: prefix "192.0.2.0/24": the SA's end is not in it
                EEXIST SA: there is an SA ESP 0x1000 to 10.0.0.2 already
                """);
    }

    private static SadbMessage update(Extension... more) {
        SadbMessage add = Scene.add(0x1000, more);
        return add.withHeader(add.header().withType(MessageType.UPDATE));
    }

    @Test
    void updates() {
        refuse(update());
        scene.harness.ask(scene.bystander, Scene.getSpi(0x1000, 0x1000));
        refuse(update());
        scene.harness.engine().close(scene.bystander);
        Extension elsewhere = Scene.end(ExtensionType.ADDRESS_SRC, Ipv4Address.of(10, 0, 0, 9));
        refuse(Scene.with(update(), elsewhere));
        accept(update());
        refuse(Scene.with(update(), elsewhere));
        refuse(
                Scene.with(
                        update(), algorithms(AuthAlgorithm.HMAC_MD5, EncryptionAlgorithm.AES_CBC)));
        refuse(Scene.with(update(), Scene.key(ExtensionType.KEY_AUTH, "ff".repeat(20))));
        refuse(update(new Identity(ExtensionType.IDENTITY_SRC, IdentityType.FQDN, 0, "x.org")));
        assertTold(
                """
                ESRCH SA: there is no SA ESP 0x1000 to 10.0.0.2
                EACCES SA: another socket made this LARVAL one by GETSPI
                EINVAL ADDRESS_SRC: not that of the LARVAL SA
                EINVAL ADDRESS_SRC: not the source the SA has; UPDATE changes limits alone
                EINVAL SA: not the authentication algorithm the SA has; UPDATE changes limits alone
                EINVAL KEY_AUTH: not the key the SA has; UPDATE changes limits alone
                EINVAL IDENTITY_SRC: not what the SA has; UPDATE changes limits alone
                """);
    }

    @Test
    void others() {
        refuse(Scene.get(0x1000));
        refuse(Scene.getSpi(9, 8));
        accept(Scene.add(0x1000));
        refuse(Scene.getSpi(0x1000, 0x1000));
        refuse(bare(MessageType.FLUSH, SaType.X_IPCOMP));
        accept(bare(MessageType.REGISTER, SaType.ESP));
        refuse(bare(MessageType.REGISTER, SaType.ESP));
        refuse(bare(MessageType.DUMP, SaType.AH));
        scene.harness.holdDumps();
        accept(bare(MessageType.DUMP, SaType.ESP));
        refuse(bare(MessageType.DUMP, SaType.ESP));
        refuse(bare(MessageType.X_PROMISC, SaType.ESP));
        refuse(
                SadbMessage.of(
                        BaseHeader.of(MessageType.X_PROMISC, SaType.UNSPEC, 77, Scene.PID),
                        new Extension.Enclosed(Scene.get(1))));
        refuse(
                Scene.message(
                        MessageType.ACQUIRE,
                        SaType.AH,
                        1,
                        Scene.src(),
                        Scene.dst(),
                        new Extension.Proposal(0, List.of())));
        SadbMessage expire =
                Scene.esp(
                        MessageType.EXPIRE,
                        1,
                        Scene.named(1),
                        Scene.limit(ExtensionType.LIFETIME_CURRENT, 1),
                        Scene.src(),
                        Scene.dst());
        refuse(expire);
        refuse(Scene.with(Scene.with(expire, Scene.hard(1)), Scene.soft(1)));
        refuse(bare(MessageType.X_SPDDUMP, SaType.UNSPEC));
        assertTold(
                """
                ESRCH SA: there is no SA ESP 0x1000 to 10.0.0.2
                EINVAL SPIRANGE: the lowest SPI, 0x9, is above the highest, 0x8
                EEXIST SPIRANGE: no SPI of ESP is free in 0x1000 to 0x1000
                EINVAL base header: SA type X_IPCOMP, not AH, ESP, RSVP, OSPFV2, RIPV2, MIP or UNSPEC
                EEXIST base header: this socket is registered for ESP already
                ENOENT base header: there is no SA of type AH to dump
                EBUSY base header: a dump to this socket is under way
                EINVAL base header: SA type ESP, not 0 (off) or 1 (on)
                ESRCH base header: no socket is known to be of process 77
                EPROTONOSUPPORT base header: no socket is registered for AH
                EINVAL LIFETIME_HARD or LIFETIME_SOFT: missing, one of the two is reached
                EINVAL LIFETIME_SOFT: beside LIFETIME_HARD, one of the two is reached
                EOPNOTSUPP base header: message type X_SPDDUMP is no request to this kernel
                """);
    }
}
