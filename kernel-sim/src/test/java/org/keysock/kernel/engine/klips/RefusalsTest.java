package org.keysock.kernel.engine.klips;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.RefusalTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** What KLIPS' kernel refuses behind its parser: klips.md 2.6 and section 3, verb by verb. */
class RefusalsTest extends RefusalTable {

    private Scene scene = new Scene();

    @Override
    protected Harness harness() {
        return scene.harness;
    }

    @Override
    protected KeySocket asker() {
        return scene.asker;
    }

    private static SadbMessage with(SadbMessage message, Extension... parts) {
        SadbMessage changed = message;
        for (Extension part : parts) {
            List<Extension> all = new ArrayList<>(changed.without(part.type()).extensions());
            all.add(part);
            changed = SadbMessage.of(message.header(), all);
        }
        return changed;
    }

    private static SadbMessage esp(AuthAlgorithm auth, EncryptionAlgorithm cipher, int a, int c) {
        SadbMessage add = Scene.add(SaType.ESP, 0x1000);
        SadbMessage bare = add.without(ExtensionType.KEY_AUTH, ExtensionType.KEY_ENCRYPT);
        SadbMessage keyed = with(bare, Scene.sa(0x1000, auth, cipher));
        keyed = a == 0 ? keyed : with(keyed, Scene.key(ExtensionType.KEY_AUTH, a));
        return c == 0 ? keyed : with(keyed, Scene.key(ExtensionType.KEY_ENCRYPT, c));
    }

    private static SadbMessage ah(AuthAlgorithm auth, int bits) {
        SadbMessage add = Scene.add(SaType.AH, 0x1000).without(ExtensionType.KEY_AUTH);
        add = with(add, Scene.sa(0x1000, auth, EncryptionAlgorithm.NONE));
        return bits == 0 ? add : with(add, Scene.key(ExtensionType.KEY_AUTH, bits));
    }

    @Test
    void whatTheParserTakesAndTheKernelCannotProcess() {
        accept(Scene.add(SaType.ESP, 0x1000));
        refuse(
                with(
                        Scene.as(MessageType.UPDATE, Scene.add(SaType.ESP, 0x1000)),
                        Scene.limit(ExtensionType.LIFETIME_CURRENT, 0, 0, 0, 0)));
        refuse(
                with(
                        Scene.add(SaType.ESP, 0x1001),
                        new Extension.Sensitivity(
                                ExtensionType.SENSITIVITY, 0, 0, 0, 0, List.of(), List.of())));
        refuse(
                Scene.ask(
                        MessageType.ACQUIRE,
                        SaType.ESP,
                        Scene.src(Scene.WEST),
                        Scene.dst(Scene.EAST),
                        new Extension.Proposal(0, List.of())));
        refuse(with(Scene.add(SaType.ESP, 0x1001), new KameExtension.NatTType(3)));
        refuse(with(Scene.add(SaType.ESP, 0x1001), new KameExtension.NatTType(0)));
        assertTold(
                """
                EINVAL LIFETIME_CURRENT: not processed by this kernel
                EINVAL SENSITIVITY: not processed by this kernel
                EINVAL PROPOSAL: not processed by this kernel
                EINVAL X_NAT_T_TYPE: 3, not 1 (non-IKE marker) or 2 (non-ESP marker)
                EINVAL X_NAT_T_TYPE: 0, not 1 (non-IKE marker) or 2 (non-ESP marker)
                """);
    }

    @Test
    void add() {
        accept(Scene.add(SaType.ESP, 0x1000));
        refuse(Scene.add(SaType.ESP, 0x1000));
        accept(
                Scene.ask(
                        MessageType.GETSPI,
                        SaType.ESP,
                        Scene.src(Scene.WEST),
                        Scene.dst(Scene.EAST),
                        new Extension.SpiRange(new Spi(0x2000), new Spi(0x2000))));
        refuse(Scene.add(SaType.ESP, 0x2000));
        scene = new Scene();
        refuse(ah(AuthAlgorithm.HMAC_SHA256, 256));
        refuse(ah(AuthAlgorithm.HMAC_MD5, 160));
        refuse(ah(AuthAlgorithm.HMAC_SHA1, 128));
        refuse(ah(AuthAlgorithm.HMAC_MD5, 0));
        refuse(esp(AuthAlgorithm.NONE, EncryptionAlgorithm.DES_CBC, 0, 64));
        refuse(esp(AuthAlgorithm.HMAC_MD5, EncryptionAlgorithm.NULL, 128, 0));
        refuse(esp(AuthAlgorithm.NONE, EncryptionAlgorithm.TRIPLE_DES_CBC, 0, 168));
        refuse(esp(AuthAlgorithm.NONE, EncryptionAlgorithm.TRIPLE_DES_CBC, 0, 0));
        refuse(esp(AuthAlgorithm.NONE, EncryptionAlgorithm.AES_CBC, 0, 64));
        refuse(esp(AuthAlgorithm.NONE, EncryptionAlgorithm.AES_CBC, 0, 160));
        refuse(esp(AuthAlgorithm.NONE, EncryptionAlgorithm.AES_CBC, 0, 320));
        refuse(esp(AuthAlgorithm.AES_XCBC, EncryptionAlgorithm.AES_CBC, 128, 128));
        refuse(esp(AuthAlgorithm.HMAC_SHA1, EncryptionAlgorithm.AES_CBC, 128, 128));
        refuse(Scene.add(SaType.X_INT, 256));
        refuse(
                with(
                        Scene.add(SaType.X_IPIP, 0x1000),
                        Scene.dst(Ipv4Address.of(1, 2, 3, 4)),
                        Scene.src(Ipv4Address.of(1, 2, 3, 4)),
                        Scene.end(ExtensionType.ADDRESS_SRC, new Ipv6Address(1, 2))));
        assertTold(
                """
                EEXIST SA: there is an SA ESP 0x1000 to 192.1.2.45 already
                EEXIST SA: there is an SA ESP 0x2000 to 192.1.2.45 already
                EINVAL SA: authentication algorithm HMAC_SHA256 is not there
                EINVAL KEY_AUTH: 160 bits, HMAC_MD5 takes 128
                EINVAL KEY_AUTH: 128 bits, HMAC_SHA1 takes 160
                EINVAL KEY_AUTH: 0 bits, HMAC_MD5 takes 128
                ENOENT SA: encryption algorithm DES_CBC is not there
                ENOENT SA: encryption algorithm NULL is not there
                EINVAL KEY_ENCRYPT: 168 bits, TRIPLE_DES_CBC takes 192
                EINVAL KEY_ENCRYPT: 0 bits, TRIPLE_DES_CBC takes 192
                EINVAL KEY_ENCRYPT: 64 bits, AES_CBC takes 128 to 256 in steps of 64
                EINVAL KEY_ENCRYPT: 160 bits, AES_CBC takes 128 to 256 in steps of 64
                EINVAL KEY_ENCRYPT: 320 bits, AES_CBC takes 128 to 256 in steps of 64
                EINVAL SA: authentication algorithm AES_XCBC is not there
                EINVAL KEY_AUTH: 128 bits, HMAC_SHA1 takes 160
                EINVAL base header: SA type X_INT, not AH, ESP, X_IPIP, X_IPCOMP
                EINVAL ADDRESS_SRC and ADDRESS_DST: families differ, ::1:0:0:0:2 and 1.2.3.4
                """);
    }

    @Test
    void absentSas() {
        accept(Scene.add(SaType.ESP, 0x1000));
        refuse(Scene.named(MessageType.DELETE, SaType.ESP, 0x1001));
        refuse(Scene.named(MessageType.DELETE, SaType.AH, 0x1000));
        refuse(Scene.named(MessageType.DELETE, SaType.X_INT, 256));
        refuse(Scene.named(MessageType.GET, SaType.ESP, 0x1001));
        refuse(Scene.as(MessageType.UPDATE, Scene.add(SaType.ESP, 0x1001)));
        refuse(Scene.group(SaType.ESP, 0x1001, SaType.ESP, 0x1000));
        refuse(Scene.group(SaType.ESP, 0x1000, SaType.ESP, 0x1001));
        refuse(Scene.ungroup(SaType.ESP, 0x1001));
        SadbMessage whole = Scene.group(SaType.ESP, 0x1000, SaType.ESP, 0x1000);
        refuse(whole.without(ExtensionType.X_SATYPE2));
        refuse(whole.without(ExtensionType.X_GRP_SA2));
        refuse(whole.without(ExtensionType.X_ADDRESS_DST2));
        refuse(Scene.addFlow(SaType.ESP, 0x1001, SaFlag.X_INFLOW));
        refuse(Scene.addFlow(SaType.ESP, 0x1000, SaFlag.X_INFLOW));
        assertTold(
                """
                ESRCH SA: there is no SA ESP 0x1001 to 192.1.2.45
                ESRCH SA: there is no SA AH 0x1000 to 192.1.2.45
                ESRCH SA: there is no SA X_INT 0x100 to 192.1.2.45
                ESRCH SA: there is no SA ESP 0x1001 to 192.1.2.45
                ENOENT SA: there is no SA ESP 0x1001 to 192.1.2.45
                ENOENT SA: there is no SA ESP 0x1001 to 192.1.2.45
                ENOENT X_GRP_SA2: there is no SA ESP 0x1001
                ENOENT SA: there is no SA ESP 0x1001 to 192.1.2.45
                ENOENT X_GRP_SA2: the second SA needs X_SATYPE2 and X_ADDRESS_DST2
                ENOENT X_GRP_SA2: the second SA needs X_SATYPE2 and X_ADDRESS_DST2
                ENOENT X_GRP_SA2: the second SA needs X_SATYPE2 and X_ADDRESS_DST2
                ENOENT SA: there is no SA ESP 0x1001 to 192.1.2.45
                ENOENT SA: no tunnel is inside ESP 0x1000 192.1.2.23 -> 192.1.2.45 MATURE
                """);
    }

    @Test
    void groups() {
        accept(Scene.add(SaType.X_IPIP, 0x1000));
        accept(Scene.add(SaType.ESP, 0x1000));
        accept(Scene.add(SaType.AH, 0x1000));
        accept(Scene.add(SaType.X_IPCOMP, 0x1000));
        accept(Scene.group(SaType.X_IPIP, 0x1000, SaType.ESP, 0x1000));
        refuse(Scene.group(SaType.X_IPIP, 0x1000, SaType.AH, 0x1000));
        refuse(Scene.group(SaType.X_IPCOMP, 0x1000, SaType.ESP, 0x1000));
        refuse(Scene.group(SaType.ESP, 0x1000, SaType.X_IPIP, 0x1000));
        refuse(Scene.group(SaType.AH, 0x1000, SaType.AH, 0x1000));
        assertTold(
                """
                EEXIST SA: X_IPIP 0x1000 192.1.2.23 -> 192.1.2.45 MATURE has an outer neighbour
                EEXIST SA: ESP 0x1000 192.1.2.23 -> 192.1.2.45 MATURE has an inner neighbour
                EEXIST SA: ESP 0x1000 192.1.2.23 -> 192.1.2.45 MATURE is outside already
                EEXIST SA: AH 0x1000 192.1.2.23 -> 192.1.2.45 MATURE is outside already
                """);
    }

    @Test
    void flowsAndTheRest() {
        accept(Scene.addFlow(SaType.ESP, 0x1000));
        refuse(Scene.addFlow(SaType.AH, 0x1000));
        SadbMessage wider =
                Scene.flow(
                        MessageType.X_ADDFLOW,
                        SaType.ESP,
                        Scene.flagged(0x1000, SaFlag.X_REPLACEFLOW),
                        25,
                        Scene.dst(Scene.EAST));
        refuse(wider);
        Extension elsewhere =
                Scene.end(ExtensionType.X_ADDRESS_SRC_FLOW, Ipv4Address.of(10, 0, 0, 0));
        refuse(with(wider, elsewhere));
        SadbMessage delete =
                Scene.as(MessageType.X_DELFLOW, wider)
                        .without(ExtensionType.SA, ExtensionType.ADDRESS_DST);
        refuse(delete);
        refuse(with(delete, elsewhere));
        refuse(
                with(
                        delete,
                        Scene.end(
                                ExtensionType.X_ADDRESS_SRC_MASK, Ipv4Address.of(255, 0, 255, 0))));
        refuse(with(delete, Scene.end(ExtensionType.X_ADDRESS_SRC_FLOW, new Ipv6Address(1, 2))));
        refuse(Scene.ask(MessageType.FLUSH, SaType.RSVP));
        refuse(Scene.ask(MessageType.DUMP, SaType.UNSPEC));
        SadbMessage givingUp = Scene.ask(MessageType.ACQUIRE, SaType.ESP);
        refuse(givingUp.withHeader(givingUp.header().refused(Errno.ETIMEDOUT, Diagnostic.NONE)));
        refuse(Scene.named(MessageType.X_NAT_T_NEW_MAPPING, SaType.ESP, 0x1000));
        refuse(
                Scene.ask(
                        MessageType.GETSPI,
                        SaType.X_INT,
                        Scene.src(Scene.WEST),
                        Scene.dst(Scene.EAST),
                        new Extension.SpiRange(new Spi(256), new Spi(256))));
        accept(
                Scene.ask(
                        MessageType.GETSPI,
                        SaType.ESP,
                        Scene.src(Scene.WEST),
                        Scene.dst(Scene.EAST),
                        new Extension.SpiRange(new Spi(256), new Spi(256))));
        refuse(
                Scene.ask(
                        MessageType.GETSPI,
                        SaType.ESP,
                        Scene.src(Scene.WEST),
                        Scene.dst(Scene.EAST),
                        new Extension.SpiRange(new Spi(256), new Spi(256))));
        assertTold(
                """
                EEXIST X_ADDRESS_SRC_FLOW: 192.0.2.0/24 to 192.0.1.0/24 has an eroute or a policy already
                ENOENT X_ADDRESS_SRC_FLOW: 192.0.2.0/25 to 192.0.1.0/25 has no eroute
                EFAULT X_ADDRESS_SRC_FLOW: 10.0.0.0/25 to 192.0.1.0/25 has no eroute
                ENOENT X_ADDRESS_SRC_FLOW: 192.0.2.0/25 to 192.0.1.0/25 has no eroute
                EFAULT X_ADDRESS_SRC_FLOW: 10.0.0.0/25 to 192.0.1.0/25 has no eroute
                EINVAL X_ADDRESS_SRC_MASK: 255.0.255.0 is the mask of no prefix
                EINVAL X_ADDRESS_SRC_FLOW and X_ADDRESS_DST_FLOW: families differ, ::1:0:0:0:2 and 192.0.1.0
                EINVAL base header: SA type RSVP, not AH, ESP, X_IPIP, X_IPCOMP, X_INT or UNSPEC
                ENOSYS base header: message type DUMP is no request to this kernel
                EPROTONOSUPPORT base header: no socket is registered for ESP
                EINVAL base header: message type X_NAT_T_NEW_MAPPING is no request to this kernel
                EINVAL base header: SA type X_INT, not AH, ESP, X_IPIP, X_IPCOMP
                EEXIST SPIRANGE: no SPI of ESP is free in 0x100 to 0x100
                """);
    }

    @Test
    void modernCiphers() {
        scene = new Scene("klips.form=modern");
        refuse(esp(AuthAlgorithm.NONE, EncryptionAlgorithm.DES_CBC, 0, 64));
        assertTold(
                """
                EPROTO SA: encryption algorithm DES_CBC is not there
                """);
    }
}
