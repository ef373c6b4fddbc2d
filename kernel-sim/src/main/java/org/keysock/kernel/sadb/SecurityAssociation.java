package org.keysock.kernel.sadb;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/**
 * A security association, RFC 4301 section 4.1. What identifies it never changes; state, limits,
 * use and pairing do, and only on the loop's thread.
 *
 * <p>The package-private links make it a member of {@link Sadb}'s indexes without an object more: a
 * million of these must fit.
 */
public final class SecurityAssociation {

    /** The mode in which what the IP header carries is protected. */
    public static final int TRANSPORT = 1;

    /** The mode in which whole packets are protected, in a new IP header. */
    public static final int TUNNEL = 2;

    /** The reference of an SA that has none. */
    public static final int NO_REFERENCE = -1;

    private final DialectName home;
    private final SaType protocol;
    private final int spi;
    private final IpAddress source;
    private final IpAddress destination;
    private final Direction direction;
    private final int replayWindow;
    private final long addedWall;
    private final long addedMillis;
    private final SaSecrets secrets;
    private SaDetails details;
    private SaState state;
    private int flags;
    private @Nullable Lifetime hard;
    private @Nullable Lifetime soft;
    private @Nullable Lifetime idle;
    private SaUse use = SaUse.UNUSED;
    private @Nullable SecurityAssociation partner;
    private @Nullable Object prepared;

    // Neighbours in its group, and the database's number for it.
    @Nullable SecurityAssociation inner;
    @Nullable SecurityAssociation outer;
    int reference = NO_REFERENCE;

    // Links of Sadb's indexes; serial is 0 while no database holds this SA.
    long serial;
    int hash;
    @Nullable SecurityAssociation chained;
    @Nullable SecurityAssociation spiBefore;
    @Nullable SecurityAssociation spiAfter;
    @Nullable SecurityAssociation shelfBefore;
    @Nullable SecurityAssociation shelfAfter;

    // Place among the SAs that packets choose from; its index hears of changes while it is set.
    @Nullable ChoiceIndex choices;
    @Nullable SecurityAssociation choiceChained;
    @Nullable SecurityAssociation choiceOlder;
    @Nullable SecurityAssociation choiceNewer;
    int choiceHash;
    byte choiceKind = -1;

    // Place in the timer wheel; dueSlot is -1 outside it.
    long dueMillis;
    @Nullable SecurityAssociation dueBefore;
    @Nullable SecurityAssociation dueAfter;
    int dueSlot = -1;

    /**
     * A new SA that no database holds yet.
     *
     * @param home dialect of the socket that creates it: larval life, limits and idle rules follow
     *     it (decisions.md 9)
     * @param state LARVAL with {@link SaSecrets#NONE}, or a grown state
     * @param replayWindow packets, 0 for no check
     * @param addedWall seconds since 1970
     * @param addedMillis the same moment on the monotonic clock
     */
    public SecurityAssociation(
            DialectName home,
            SaType protocol,
            Spi spi,
            IpAddress source,
            IpAddress destination,
            Direction direction,
            SaState state,
            SaFlags flags,
            int replayWindow,
            SaSecrets secrets,
            SaDetails details,
            long addedWall,
            long addedMillis) {
        if (!source.sameFamily(destination)) {
            throw new IllegalArgumentException("source and destination of one SA share a family");
        }
        this.home = home;
        this.protocol = protocol;
        this.spi = spi.value();
        this.source = source;
        this.destination = destination;
        this.direction = direction;
        this.state = state;
        this.flags = flags.meanings();
        this.replayWindow = replayWindow;
        this.secrets = secrets;
        this.details = details;
        this.addedWall = addedWall;
        this.addedMillis = addedMillis;
    }

    /** The dialect of the socket that created this SA. */
    public DialectName home() {
        return home;
    }

    /** AH, ESP, IPCOMP, ... */
    public SaType protocol() {
        return protocol;
    }

    /** The SPI; for IPCOMP the CPI. */
    public Spi spi() {
        return new Spi(spi);
    }

    /** The SPI as bits, for indexes. */
    int spiBits() {
        return spi;
    }

    /** The source; the unspecified address when the SA has none. Not part of the identity. */
    public IpAddress source() {
        return source;
    }

    /** The destination, part of the identity. */
    public IpAddress destination() {
        return destination;
    }

    /** Which way its packets go. */
    public Direction direction() {
        return direction;
    }

    /** Algorithms and keys. */
    public SaSecrets secrets() {
        return secrets;
    }

    /** What few SAs have. */
    public SaDetails details() {
        return details;
    }

    /** Replaces what few SAs have: a new cookie, other NAT-T ports. */
    public void details(SaDetails newDetails) {
        ChoiceIndex index = choices;
        if (index != null) {
            index.remove(this);
        }
        details = newDetails;
        if (index != null) {
            index.add(this);
        }
    }

    /** Present state. */
    public SaState state() {
        return state;
    }

    /** Moves to another state. */
    public void state(SaState newState) {
        ChoiceIndex index = choices;
        if (index != null) {
            index.remove(this);
        }
        state = newState;
        if (index != null) {
            index.add(this);
        }
    }

    /** Flags, by meaning; PAIRED follows {@link #partner()} by itself. */
    public SaFlags flags() {
        return new SaFlags(
                partner != null ? flags | SaFlag.X_PAIRED.bit() : flags & ~SaFlag.X_PAIRED.bit(),
                0);
    }

    /** Sets one flag more. */
    public void flag(SaFlag flag) {
        flags |= flag.bit();
    }

    /** Replay window in packets, 0 for no check. */
    public int replayWindow() {
        return replayWindow;
    }

    /** When it was added, seconds since 1970. */
    public long addedWall() {
        return addedWall;
    }

    /** When it was added, monotonic milliseconds. */
    public long addedMillis() {
        return addedMillis;
    }

    /** Hard limits, null for none. */
    public @Nullable Lifetime hard() {
        return hard;
    }

    /** Soft limits, null for none. */
    public @Nullable Lifetime soft() {
        return soft;
    }

    /** Idle limits (Solaris), null for none. */
    public @Nullable Lifetime idle() {
        return idle;
    }

    /** Sets all limits; {@link Sadb#schedule} must follow while a database holds this SA. */
    public void limits(
            @Nullable Lifetime newHard, @Nullable Lifetime newSoft, @Nullable Lifetime newIdle) {
        hard = newHard;
        soft = newSoft;
        idle = newIdle;
    }

    /** Counters, for reading. */
    public SaUse use() {
        return use;
    }

    /** Counters, for charging: this SA's own. */
    public SaUse ownUse() {
        if (use == SaUse.UNUSED) {
            use = new SaUse();
        }
        return use;
    }

    /**
     * How much of a packet it protects: {@link #TRANSPORT}, {@link #TUNNEL}, or 3 for BEET, as
     * X_SA2 says it. Where nothing says it, an SA with inner addresses is a tunnel's; but Linux,
     * which has X_SA2, takes "any" for transport and the proxy for a selector.
     */
    public int mode() {
        if (protocol() == SaType.X_IPIP) {
            return TUNNEL;
        }
        if (details().mode() != 0) {
            return details().mode();
        }
        boolean inner =
                flags().has(SaFlag.X_TUNNEL)
                        || details().proxy() != null
                        || details().innerDestination() != null;
        return inner && home() != DialectName.LINUX ? TUNNEL : TRANSPORT;
    }

    /** What the packet path keeps ready of this SA, null for nothing. */
    public @Nullable Object prepared() {
        return prepared;
    }

    /** Keeps something ready until the SA is gone. */
    public void prepared(@Nullable Object ready) {
        prepared = ready;
    }

    /** This SA between other ends, in no database: the same keys, limits and counters. */
    public SecurityAssociation between(
            IpAddress newSource, IpAddress newDestination, Direction newDirection) {
        SecurityAssociation moved =
                new SecurityAssociation(
                        home,
                        protocol,
                        spi(),
                        newSource,
                        newDestination,
                        newDirection,
                        state,
                        new SaFlags(flags, 0),
                        replayWindow,
                        secrets,
                        details,
                        addedWall,
                        addedMillis);
        moved.limits(hard, soft, idle);
        moved.use = use;
        return moved;
    }

    /** The other half of its pair (Solaris), or null. */
    public @Nullable SecurityAssociation partner() {
        return partner;
    }

    /**
     * Makes two SAs a pair.
     *
     * @throws IllegalStateException if one of them has a partner already
     */
    public void pairWith(SecurityAssociation other) {
        if (partner != null || other.partner != null) {
            throw new IllegalStateException("an SA has one partner at most");
        }
        partner = other;
        other.partner = this;
    }

    /** Ends the pair, if there is one, on both sides. */
    public void unpair() {
        SecurityAssociation other = partner;
        if (other != null) {
            other.partner = null;
            partner = null;
        }
    }

    /**
     * The SA that protects packets just before this one in its group (KLIPS), null for none; {@link
     * Sadb#join} sets it.
     */
    public @Nullable SecurityAssociation inner() {
        return inner;
    }

    /** The SA that protects packets just after this one in its group, null for none. */
    public @Nullable SecurityAssociation outer() {
        return outer;
    }

    /** Whether it is in a group with others. */
    public boolean grouped() {
        return inner != null || outer != null;
    }

    /** The SA by which its group is named: the first to protect packets that leave. */
    public SecurityAssociation innermost() {
        SecurityAssociation at = this;
        while (at.inner != null) {
            at = at.inner;
        }
        return at;
    }

    /**
     * The small number by which a KLIPS kernel shows it, drawn when it entered the database; {@link
     * #NO_REFERENCE} when all were in use.
     */
    public int reference() {
        return reference;
    }

    /** Protocol, SPI and destination; never a key. */
    @Override
    public String toString() {
        return protocol + " " + spi() + " " + source + " -> " + destination + " " + state;
    }
}
