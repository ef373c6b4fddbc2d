package org.keysock.kernel.engine.solaris;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.SolarisExtension.Pair;
import org.keysock.pfkey.model.SolarisExtension.ReplayValue;

/**
 * The messages that describe an SA, in the order of solaris.md section 3.18: GET and DUMP with its
 * keys, DELETE without, EXPIRE.
 */
final class DescribedSa {

    private final SecurityAssociation sa;
    private final SaDetails details;
    private final List<Extension> parts = new ArrayList<>(20);

    private DescribedSa(SecurityAssociation sa) {
        this.sa = sa;
        this.details = sa.details();
    }

    /** All about the SA and its keys. */
    static SadbMessage withKeys(BaseHeader header, SecurityAssociation sa) {
        return new DescribedSa(sa).whole(header, true);
    }

    /** All about the SA but its keys. */
    static SadbMessage withoutKeys(BaseHeader header, SecurityAssociation sa) {
        return new DescribedSa(sa).whole(header, false);
    }

    /** What EXPIRE tells: the SA and the limit it reached. */
    static SadbMessage expired(SecurityAssociation sa, ExtensionType limit) {
        return new DescribedSa(sa).expiry(limit);
    }

    private SadbMessage whole(BaseHeader header, boolean keys) {
        addSa();
        addCurrent();
        addSaid(sa.hard());
        addSaid(sa.soft());
        addSaid(sa.idle());
        addEnds();
        add(details.natLocal());
        add(details.natRemote());
        addInner();
        add(details.cookie());
        if (keys) {
            addKeys();
        }
        add(details.sourceIdentity());
        add(details.destinationIdentity());
        add(details.sensitivity());
        add(details.outerSensitivity());
        SecurityAssociation partner = sa.partner();
        if (partner != null) {
            parts.add(new Pair(partner.spi()));
        }
        if (sa.use().sequence() != 0) {
            parts.add(new ReplayValue((int) sa.use().sequence(), 0));
        }
        return SadbMessage.of(header.answered().withSaType(sa.protocol()), parts);
    }

    private SadbMessage expiry(ExtensionType limit) {
        addSa();
        addCurrent();
        parts.add(reached(limit));
        addEnds();
        if (sa.flags().has(SaFlag.X_TUNNEL)) {
            addInner();
        }
        add(details.cookie());
        return SadbMessage.of(BaseHeader.of(MessageType.EXPIRE, sa.protocol(), 0, 0), parts);
    }

    /** Exactly one limit; one that only a partner reached is all zeros. */
    private Lifetime reached(ExtensionType limit) {
        Lifetime reached =
                limit == ExtensionType.LIFETIME_HARD
                        ? sa.hard()
                        : limit == ExtensionType.LIFETIME_SOFT ? sa.soft() : sa.idle();
        return reached == null ? new Lifetime(limit, 0, 0, 0, 0) : reached;
    }

    private void addSa() {
        parts.add(
                new Extension.Sa(
                        sa.spi(),
                        sa.replayWindow(),
                        sa.state(),
                        knowsAuth() ? sa.secrets().auth() : AuthAlgorithm.NONE,
                        knowsCipher() ? sa.secrets().encrypt() : EncryptionAlgorithm.NONE,
                        flags()));
    }

    /** The flags; an SA that another kernel's client added or let grow shows its direction too. */
    private SaFlags flags() {
        SaFlags flags = sa.flags();
        boolean said = flags.has(SaFlag.X_INBOUND) || flags.has(SaFlag.X_OUTBOUND);
        if (!said && sa.state() != SaState.LARVAL) {
            flags = sa.direction().inbound() ? flags.with(SaFlag.X_INBOUND) : flags;
            flags = sa.direction().outbound() ? flags.with(SaFlag.X_OUTBOUND) : flags;
        }
        return flags;
    }

    private void addCurrent() {
        parts.add(
                new Lifetime(
                        ExtensionType.LIFETIME_CURRENT,
                        0,
                        sa.use().bytes(),
                        sa.addedWall(),
                        sa.use().firstUse()));
    }

    private void addSaid(@Nullable Lifetime limit) {
        if (limit != null && !limit.zero()) {
            parts.add(limit);
        }
    }

    /** Outer ports are 0 when inner addresses exist: the ports then stand there. */
    private void addEnds() {
        boolean tunnel = hasInner();
        parts.add(end(ExtensionType.ADDRESS_SRC, sa.source(), tunnel ? 0 : details.sourcePort()));
        parts.add(
                end(
                        ExtensionType.ADDRESS_DST,
                        sa.destination(),
                        tunnel ? 0 : details.destinationPort()));
    }

    private Address end(ExtensionType type, IpAddress address, int port) {
        return new Address(type, details.protocol(), 0, Sockaddr.of(address, port));
    }

    private boolean hasInner() {
        return details.proxy() != null && details.innerDestination() != null;
    }

    private void addInner() {
        if (hasInner()) {
            add(details.proxy());
            add(details.innerDestination());
        }
    }

    private void addKeys() {
        SaSecrets secrets = sa.secrets();
        if (knowsAuth() && secrets.authBits() != 0) {
            parts.add(
                    new Extension.Key(
                            ExtensionType.KEY_AUTH, secrets.authBits(), 0, secrets.authKey()));
        }
        if (knowsCipher() && secrets.encryptBits() != 0) {
            parts.add(
                    new Extension.Key(
                            ExtensionType.KEY_ENCRYPT,
                            secrets.encryptBits(),
                            secrets.saltBits(),
                            secrets.encryptKey()));
        }
    }

    private boolean knowsAuth() {
        return KeyRules.ALGORITHMS.find(sa.secrets().auth()) != null;
    }

    private boolean knowsCipher() {
        return KeyRules.ALGORITHMS.find(sa.secrets().encrypt()) != null;
    }

    private void add(@Nullable Extension part) {
        if (part != null) {
            parts.add(part);
        }
    }
}
