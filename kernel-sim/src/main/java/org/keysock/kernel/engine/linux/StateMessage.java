package org.keysock.kernel.engine.linux;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_PROXY;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.NatTPort;
import org.keysock.pfkey.model.KameExtension.NatTType;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * How this kernel shows an SA, in every message about one: section 8.2. Each part is a method, in
 * the order of the message.
 */
final class StateMessage {

    static final AlgorithmTable ALGORITHMS = AlgorithmTable.of(DialectName.LINUX);

    /** The widest replay window that the kernel keeps. */
    static final int WIDEST_REPLAY = 32;

    private static final SaFlags FLAGS =
            SaFlags.of(SaFlag.NOPMTUDISC, SaFlag.DECAP_DSCP, SaFlag.NOECN);
    private static final Set<SaState> STATES =
            Set.of(SaState.LARVAL, SaState.MATURE, SaState.DYING, SaState.DEAD);
    private static final int ANY_PROTOCOL = 255;

    private final SecurityAssociation sa;
    private final KeyEngine engine;
    private final List<Extension> parts = new ArrayList<>();

    private StateMessage(SecurityAssociation sa, KeyEngine engine) {
        this.sa = sa;
        this.engine = engine;
    }

    /** Everything, keys included, in answer to a request or in news of one. */
    static SadbMessage whole(
            MessageType type, BaseHeader request, SecurityAssociation sa, KeyEngine engine) {
        StateMessage message = new StateMessage(sa, engine);
        message.association();
        message.limit(ExtensionType.LIFETIME_HARD, sa.hard());
        message.limit(ExtensionType.LIFETIME_SOFT, sa.soft());
        message.current();
        message.addresses();
        message.keys();
        message.rest();
        return SadbMessage.of(
                BaseHeader.of(type, sa.protocol(), request.sequence(), request.pid()),
                message.parts);
    }

    /** What EXPIRE tells: one limit, and no keys. */
    static SadbMessage expired(SecurityAssociation sa, ExtensionType limit, KeyEngine engine) {
        StateMessage message = new StateMessage(sa, engine);
        message.association();
        message.limit(limit, limit == ExtensionType.LIFETIME_HARD ? sa.hard() : sa.soft());
        message.current();
        message.addresses();
        message.rest();
        return SadbMessage.of(
                BaseHeader.of(MessageType.EXPIRE, sa.protocol(), 0, 0), message.parts);
    }

    private void association() {
        SaSecrets secrets = sa.secrets();
        parts.add(
                new Extension.Sa(
                        sa.spi(),
                        Math.min(sa.replayWindow(), WIDEST_REPLAY),
                        STATES.contains(sa.state()) ? sa.state() : SaState.MATURE,
                        sayable(secrets.auth()) ? secrets.auth() : AuthAlgorithm.NONE,
                        sayable(secrets.encrypt()) ? secrets.encrypt() : EncryptionAlgorithm.NONE,
                        new SaFlags(sa.flags().meanings() & FLAGS.meanings(), 0)));
    }

    private void limit(ExtensionType type, @Nullable Lifetime limit) {
        parts.add(limit == null ? new Lifetime(type, 0, 0, 0, 0) : limit);
    }

    private void current() {
        SaUse use = sa.use();
        parts.add(
                new Lifetime(
                        ExtensionType.LIFETIME_CURRENT,
                        (int) use.packets(),
                        use.bytes(),
                        sa.addedWall(),
                        use.firstUse()));
    }

    private void addresses() {
        parts.add(end(ADDRESS_SRC, sa.source()));
        parts.add(end(ADDRESS_DST, sa.destination()));
        if (sa.secrets() != SaSecrets.NONE || sa.details().proxy() != null) {
            parts.add(proxy());
        }
    }

    /**
     * The selector's source, which is empty unless ADD gave a proxy. The kernel reads it as an
     * address of the SA's family, whatever family the proxy was of. What packets wait for has the
     * packet's protocol and port; those of a proxy that was given are not kept.
     */
    private Address proxy() {
        Address given = sa.details().proxy();
        IpAddress selector = given == null ? null : given.address();
        IpAddress shown =
                selector == null
                        ? sa.source().any()
                        : IpAddress.ofBytes(
                                Arrays.copyOf(
                                        selector.toBytes(), sa.source().bitLength() / Byte.SIZE));
        Address packet = sa.secrets() == SaSecrets.NONE ? given : null;
        return new Address(
                ADDRESS_PROXY,
                packet == null || packet.protocol() == 0 ? ANY_PROTOCOL : packet.protocol(),
                given == null ? 0 : given.prefixLength(),
                Sockaddr.of(shown, packet == null ? 0 : packet.sockaddr().port()));
    }

    private void keys() {
        SaSecrets secrets = sa.secrets();
        if (sayable(secrets.auth())) {
            key(ExtensionType.KEY_AUTH, secrets.authBits(), secrets.authKey());
        }
        if (sayable(secrets.encrypt())) {
            key(
                    ExtensionType.KEY_ENCRYPT,
                    secrets.encryptBits() + secrets.saltBits(),
                    secrets.encryptKey());
        }
    }

    /** X_SA2 and NAT-T. */
    private void rest() {
        SaDetails details = sa.details();
        parts.add(new Sa2(Math.max(details.mode(), Checks.TRANSPORT), 0, details.reqid()));
        if (details.encapsulation() != 0) {
            parts.add(new NatTType(details.encapsulation()));
            parts.add(new NatTPort(ExtensionType.X_NAT_T_SPORT, details.natSourcePort()));
            parts.add(new NatTPort(ExtensionType.X_NAT_T_DPORT, details.natDestinationPort()));
        }
    }

    /** A key, copied: a message may outlive its SA. */
    private void key(ExtensionType type, int bits, KeyMaterial material) {
        if (bits > 0) {
            parts.add(new Extension.Key(type, bits, 0, KeyMaterial.of(material.revealed())));
        }
    }

    /** An address as this kernel shows it: without protocol and port. */
    static Address end(ExtensionType type, IpAddress address) {
        return new Address(type, 0, address.bitLength(), Sockaddr.of(address, 0));
    }

    /** Combined algorithms are shown, as they are taken, by a switch only. */
    private boolean sayable(Code algorithm) {
        Algorithm row = ALGORITHMS.find(algorithm);
        return row != null
                && (row.offer() != Algorithm.Offer.SWITCHED
                        || Algorithms.usable(row, engine.settings()));
    }
}
