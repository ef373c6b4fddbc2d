package org.keysock.kernel.engine.klips;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SaSecrets;
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
import org.keysock.pfkey.model.Extension.Sa;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * An SA put into KLIPS' words, part by part in ascending order of their numbers, as its builder
 * does. What it has no word for is left out (decisions.md 10).
 */
final class Description {

    private static final AlgorithmTable ALGORITHMS = AlgorithmTable.of(DialectName.KLIPS);
    private static final Set<IdentityType> IDENTITIES =
            Set.of(
                    IdentityType.PREFIX,
                    IdentityType.FQDN,
                    IdentityType.USER_FQDN,
                    IdentityType.X_CONNECTION);

    private final Outcome outcome;
    private final KeyEngine engine;
    private final SecurityAssociation sa;
    private final BaseHeader header;
    private final List<Extension> parts = new ArrayList<>();

    private Description(
            BaseHeader header, Outcome outcome, SecurityAssociation sa, KeyEngine engine) {
        this.header = header;
        this.outcome = outcome;
        this.sa = sa;
        this.engine = engine;
    }

    /** Of the SA that an outcome is about, with sequence number and pid of who asked. */
    static Description of(MessageType type, Outcome outcome, KeyEngine engine) {
        BaseHeader request = outcome.header(type);
        return of(type, request.sequence(), request.pid(), outcome, engine);
    }

    /** Of the SA that an outcome is about. */
    static Description of(
            MessageType type, int sequence, int pid, Outcome outcome, KeyEngine engine) {
        SecurityAssociation sa = outcome.theSa();
        return new Description(
                BaseHeader.of(type, sa.protocol(), sequence, pid), outcome, sa, engine);
    }

    SadbMessage message() {
        return SadbMessage.of(header, parts);
    }

    /** The SA extension of a request, with another reference. */
    static Sa referring(Sa sa, int reference) {
        return new Sa(
                sa.spi(),
                sa.replayWindow(),
                sa.state(),
                sa.auth(),
                sa.encrypt(),
                sa.flags(),
                reference);
    }

    /** The SPI and the reference, all else 0. */
    Description name() {
        parts.add(referring(Sa.of(sa.spi()), sa.reference()));
        return this;
    }

    /** The SA extension of the request, with the SA's reference. */
    Description name(Sa asked) {
        parts.add(referring(asked, sa.reference()));
        return this;
    }

    /** The whole SA, in that state. */
    Description association(SaState state) {
        SaSecrets secrets = sa.secrets();
        parts.add(
                new Sa(
                        sa.spi(),
                        sa.replayWindow(),
                        state,
                        sayable(secrets.auth()) ? secrets.auth() : AuthAlgorithm.NONE,
                        sayable(secrets.encrypt()) ? secrets.encrypt() : EncryptionAlgorithm.NONE,
                        flags(),
                        sa.reference()));
        return this;
    }

    /** Whether KLIPS would take the SA for an inbound one, whoever made it. */
    static boolean inbound(SecurityAssociation sa, KernelSettings settings) {
        return sa.direction() == Direction.INBOUND || settings.mine(sa.destination());
    }

    /** In place of PFS stands the kernel's own mark of inbound SAs: section 1.5. */
    private SaFlags flags() {
        SaFlags flags = sa.flags().without(SaFlag.PFS);
        return inbound(sa, engine.settings()) ? flags.with(SaFlag.PFS) : flags;
    }

    private boolean sayable(Code algorithm) {
        return sa.home() == DialectName.KLIPS || ALGORITHMS.find(algorithm) != null;
    }

    /** Lifetime current. */
    Description current() {
        parts.add(Lifetimes.current(sa));
        return this;
    }

    /** Lifetimes hard and soft, if it has them; ADD and UPDATE say 0 packets. */
    Description limits() {
        add(withoutPackets(sa.hard()));
        add(withoutPackets(sa.soft()));
        return this;
    }

    /** Lifetimes hard and soft, if they say anything. */
    Description limitsSet() {
        Lifetime hard = sa.hard();
        Lifetime soft = sa.soft();
        add(hard == null || hard.zero() ? null : hard);
        add(soft == null || soft.zero() ? null : soft);
        return this;
    }

    /** One limit, hard or soft; one that it does not have is all zeros. */
    Description limit(ExtensionType which) {
        Lifetime limit = which == ExtensionType.LIFETIME_HARD ? sa.hard() : sa.soft();
        parts.add(limit == null ? new Lifetime(which, 0, 0, 0, 0) : limit);
        return this;
    }

    private static @Nullable Lifetime withoutPackets(@Nullable Lifetime limit) {
        return limit == null
                ? null
                : new Lifetime(
                        limit.type(),
                        limit.allocations(),
                        limit.bytes(),
                        limit.addTime(),
                        limit.useTime());
    }

    /** Addresses source and destination, as a request of this dialect gave them. */
    Description ends() {
        parts.add(end(ExtensionType.ADDRESS_SRC, sa.source()));
        parts.add(end(ExtensionType.ADDRESS_DST, sa.destination()));
        return this;
    }

    private Address end(ExtensionType type, IpAddress address) {
        Address given =
                outcome.askedIn() == DialectName.KLIPS
                        ? outcome.theRequest().message().address(type)
                        : null;
        Sockaddr sockaddr = given == null ? Sockaddr.of(address, 0) : given.sockaddr();
        return new Address(type, 0, 0, sockaddr);
    }

    Description proxy() {
        Address proxy = sa.details().proxy();
        add(proxy == null ? null : new Address(proxy.type(), 0, 0, proxy.sockaddr()));
        return this;
    }

    /** Identities. */
    Description names() {
        add(known(sa.details().sourceIdentity()));
        add(known(sa.details().destinationIdentity()));
        return this;
    }

    private static @Nullable Identity known(@Nullable Identity identity) {
        return identity != null && IDENTITIES.contains(identity.kind()) ? identity : null;
    }

    private void add(@Nullable Extension part) {
        if (part != null) {
            parts.add(part);
        }
    }
}
