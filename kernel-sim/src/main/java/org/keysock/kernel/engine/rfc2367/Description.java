package org.keysock.kernel.engine.rfc2367;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * An SA put into this dialect's words, part by part, in the order in which RFC 2367 section 3.1
 * lists them. What the RFC has no word for is left out (decisions.md 10).
 */
final class Description {

    private static final AlgorithmTable ALGORITHMS = AlgorithmTable.of(DialectName.RFC2367);
    private static final Set<SaState> STATES =
            Set.of(SaState.LARVAL, SaState.MATURE, SaState.DYING, SaState.DEAD);
    private static final Set<IdentityType> IDENTITIES =
            Set.of(IdentityType.PREFIX, IdentityType.FQDN, IdentityType.USER_FQDN);

    private final SecurityAssociation sa;
    private final BaseHeader header;
    private final List<Extension> parts = new ArrayList<>();

    private Description(BaseHeader header, SecurityAssociation sa) {
        this.header = header;
        this.sa = sa;
    }

    /** Of an SA, in answer to a request or in news of one: with its sequence number and pid. */
    static Description of(MessageType type, BaseHeader request, SecurityAssociation sa) {
        return of(BaseHeader.of(type, sa.protocol(), request.sequence(), request.pid()), sa);
    }

    static Description of(BaseHeader header, SecurityAssociation sa) {
        return new Description(header, sa);
    }

    SadbMessage message() {
        return SadbMessage.of(header, parts);
    }

    /** SA(*): the SPI alone counts. */
    Description name() {
        parts.add(Extension.Sa.of(sa.spi()));
        return this;
    }

    Description association() {
        SaSecrets secrets = sa.secrets();
        SaFlags flags = sa.flags().has(SaFlag.PFS) ? SaFlags.of(SaFlag.PFS) : SaFlags.NONE;
        parts.add(
                new Extension.Sa(
                        sa.spi(),
                        sa.replayWindow(),
                        STATES.contains(sa.state()) ? sa.state() : SaState.MATURE,
                        sayable(secrets.auth()) ? secrets.auth() : AuthAlgorithm.NONE,
                        sayable(secrets.encrypt()) ? secrets.encrypt() : EncryptionAlgorithm.NONE,
                        flags));
        return this;
    }

    /** Lifetimes hard and soft, if it has them. */
    Description limits() {
        add(sa.hard());
        add(sa.soft());
        return this;
    }

    /** One limit, hard or soft; one that only a partner reached is all zeros. */
    Description limit(ExtensionType which) {
        Lifetime limit = which == ExtensionType.LIFETIME_HARD ? sa.hard() : sa.soft();
        parts.add(limit == null ? new Lifetime(which, 0, 0, 0, 0) : limit);
        return this;
    }

    /** Lifetime current. */
    Description current() {
        SaUse use = sa.use();
        parts.add(
                new Lifetime(
                        ExtensionType.LIFETIME_CURRENT,
                        (int) Math.min(use.packets(), 0xffff_ffffL),
                        use.bytes(),
                        sa.addedWall(),
                        use.firstUse()));
        return this;
    }

    /** Addresses source and destination. */
    Description ends() {
        parts.add(end(ADDRESS_SRC, sa.source(), sa.details().sourcePort()));
        parts.add(end(ADDRESS_DST, sa.destination(), sa.details().destinationPort()));
        return this;
    }

    Description proxy() {
        add(sa.details().proxy());
        return this;
    }

    /** Both keys, copied: a message may outlive its SA. */
    Description keys() {
        SaSecrets secrets = sa.secrets();
        if (secrets.authBits() > 0 && sayable(secrets.auth())) {
            key(ExtensionType.KEY_AUTH, secrets.authBits(), secrets.authKey());
        }
        int cipherBits = secrets.encryptBits() + secrets.saltBits();
        if (cipherBits > 0 && sayable(secrets.encrypt())) {
            key(ExtensionType.KEY_ENCRYPT, cipherBits, secrets.encryptKey());
        }
        return this;
    }

    /** Identities and sensitivity. */
    Description names() {
        add(known(sa.details().sourceIdentity()));
        add(known(sa.details().destinationIdentity()));
        add(sa.details().sensitivity());
        return this;
    }

    private void add(@Nullable Extension part) {
        if (part != null) {
            parts.add(part);
        }
    }

    private void key(ExtensionType type, int bits, KeyMaterial material) {
        parts.add(new Extension.Key(type, bits, 0, KeyMaterial.of(material.revealed())));
    }

    private Address end(ExtensionType type, IpAddress address, int port) {
        return new Address(
                type, sa.details().protocol(), address.bitLength(), Sockaddr.of(address, port));
    }

    private static @Nullable Identity known(@Nullable Identity identity) {
        return identity != null && IDENTITIES.contains(identity.kind()) ? identity : null;
    }

    private static boolean sayable(Code algorithm) {
        return ALGORITHMS.find(algorithm) != null;
    }
}
