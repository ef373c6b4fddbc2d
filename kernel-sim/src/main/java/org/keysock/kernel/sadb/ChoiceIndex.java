package org.keysock.kernel.sadb;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

/**
 * Finds the SA that protects packets which leave. SAs that packets cannot tell apart form a group,
 * newest first; only its newest, the leader, stands in the hash chains. So the cost of choosing
 * does not depend on how many SAs there are, nor on how many are alike.
 *
 * <p>SAs differ in <em>kind</em>: in being mature or dying, in having a source, and in which of
 * upper-layer protocol and ports they are bound to. A demand is looked up once for each kind that
 * is there, the better kinds first.
 */
final class ChoiceIndex {

    /** Bits of a kind, besides three for what it is bound to. */
    private static final int BINDINGS = 8;

    private static final int DYING = BINDINGS;
    private static final int ANY_SOURCE = 2 * BINDINGS;
    private static final int KINDS = 4 * BINDINGS;

    /** Which bits of {@link #pack} the SAs of a binding look at. */
    private static final long[] MASKS = new long[BINDINGS];

    static {
        for (int binding = 0; binding < BINDINGS; binding++) {
            MASKS[binding] =
                    (0xffffL << 48)
                            | ((binding & 4) != 0 ? 0xffffL << 32 : 0)
                            | ((binding & 2) != 0 ? 0xffffL << 16 : 0)
                            | ((binding & 1) != 0 ? 0xffffL : 0);
        }
    }

    private final Buckets buckets = new Buckets();
    private final int[] groupsOfKind = new int[KINDS];
    private int kinds;
    private int groups;
    private long generation;

    /** Changes whenever a choice may come out otherwise than before. */
    long generation() {
        return generation;
    }

    /**
     * The SA that Linux would choose: with the same source before one without a source, mature
     * before dying, then the newest; null when there is none.
     */
    @Nullable SecurityAssociation choose(SaDemand demand) {
        long packed =
                pack(
                        demand.mode(),
                        demand.upperProtocol(),
                        demand.sourcePort(),
                        demand.destinationPort());
        for (int first = 0; first < KINDS; first += BINDINGS) {
            IpAddress source = (first & ANY_SOURCE) == 0 ? demand.source() : demand.source().any();
            SecurityAssociation best = null;
            for (int left = kinds >>> first & (1 << BINDINGS) - 1; left != 0; left &= left - 1) {
                int binding = Integer.numberOfTrailingZeros(left);
                SecurityAssociation leader =
                        find(
                                first + binding,
                                demand.protocol(),
                                source,
                                demand.destination(),
                                demand.reqid(),
                                packed & MASKS[binding]);
                if (leader != null && (best == null || leader.serial > best.serial)) {
                    best = leader;
                }
            }
            if (best != null) {
                return best;
            }
        }
        return null;
    }

    /** Adds an SA, if packets that leave can use it as it is now. */
    void add(SecurityAssociation sa) {
        boolean usable = sa.state() == SaState.MATURE || sa.state() == SaState.DYING;
        if (!usable || !sa.direction().outbound()) {
            return;
        }
        if (groups >= buckets.count()) {
            split();
        }
        long packed = packed(sa);
        int kind = kind(sa, packed);
        int reqid = sa.details().reqid();
        sa.choiceKind = (byte) kind;
        sa.choiceHash = hash(kind, sa.protocol(), sa.source(), sa.destination(), reqid, packed);
        SecurityAssociation leader =
                find(kind, sa.protocol(), sa.source(), sa.destination(), reqid, packed);
        if (leader == null) {
            sa.choiceOlder = sa;
            sa.choiceNewer = sa;
            push(sa);
            groups++;
            groupsOfKind[kind]++;
            kinds |= 1 << kind;
        } else {
            join(sa, leader);
        }
        generation++;
    }

    /** Takes an SA out, if it is in here. */
    void remove(SecurityAssociation sa) {
        int kind = sa.choiceKind;
        if (kind < 0) {
            return;
        }
        SecurityAssociation older = linked(sa.choiceOlder);
        SecurityAssociation newer = linked(sa.choiceNewer);
        boolean alone = older == sa;
        if (leads(sa)) {
            lead(sa, alone ? null : older);
        }
        if (alone) {
            groups--;
            if (--groupsOfKind[kind] == 0) {
                kinds &= ~(1 << kind);
            }
        }
        older.choiceNewer = newer;
        newer.choiceOlder = older;
        sa.choiceOlder = null;
        sa.choiceNewer = null;
        sa.choiceKind = -1;
        generation++;
    }

    /** Puts an SA into a group by its age: it is mostly the newest, else mostly the oldest. */
    private void join(SecurityAssociation sa, SecurityAssociation leader) {
        SecurityAssociation newer = linked(leader.choiceNewer); // the oldest: the group is a ring
        if (sa.serial > leader.serial) {
            lead(leader, sa);
        } else {
            while (newer.serial < sa.serial) {
                newer = linked(newer.choiceNewer);
            }
        }
        SecurityAssociation older = linked(newer.choiceOlder);
        sa.choiceNewer = newer;
        sa.choiceOlder = older;
        newer.choiceOlder = sa;
        older.choiceNewer = sa;
    }

    /** Whether an SA is the newest of its group: behind it in the ring comes the oldest. */
    private static boolean leads(SecurityAssociation sa) {
        return linked(sa.choiceNewer).serial <= sa.serial;
    }

    /** Gives a leader's place in its chain to another one; null for nobody. */
    private void lead(SecurityAssociation leader, @Nullable SecurityAssociation successor) {
        int index = buckets.indexOf(leader.choiceHash);
        SecurityAssociation before = null;
        SecurityAssociation at = buckets.head(index);
        while (at != null && at != leader) {
            before = at;
            at = at.choiceChained;
        }
        SecurityAssociation behind = leader.choiceChained;
        leader.choiceChained = null;
        if (successor != null) {
            successor.choiceChained = behind;
        }
        SecurityAssociation next = successor != null ? successor : behind;
        if (before == null) {
            buckets.head(index, next);
        } else {
            before.choiceChained = next;
        }
    }

    private @Nullable SecurityAssociation find(
            int kind,
            SaType protocol,
            IpAddress source,
            IpAddress destination,
            int reqid,
            long packed) {
        int hash = hash(kind, protocol, source, destination, reqid, packed);
        SecurityAssociation sa = buckets.head(buckets.indexOf(hash));
        while (sa != null
                && !(sa.choiceHash == hash
                        && sa.choiceKind == kind
                        && sa.protocol() == protocol
                        && sa.details().reqid() == reqid
                        && sa.destination().equals(destination)
                        && sa.source().equals(source)
                        && packed(sa) == packed)) {
            sa = sa.choiceChained;
        }
        return sa;
    }

    private void push(SecurityAssociation leader) {
        int index = buckets.indexOf(leader.choiceHash);
        leader.choiceChained = buckets.head(index);
        buckets.head(index, leader);
    }

    private void split() {
        int index = buckets.grow();
        SecurityAssociation leader = buckets.head(index);
        buckets.head(index, null);
        while (leader != null) {
            SecurityAssociation next = leader.choiceChained;
            push(leader);
            leader = next;
        }
    }

    private static int kind(SecurityAssociation sa, long packed) {
        int binding =
                ((packed & 0xffffL << 32) != 0 ? 4 : 0)
                        | ((packed & 0xffffL << 16) != 0 ? 2 : 0)
                        | ((packed & 0xffffL) != 0 ? 1 : 0);
        return binding
                | (sa.state() == SaState.DYING ? DYING : 0)
                | (sa.source().unspecified() ? ANY_SOURCE : 0);
    }

    /**
     * What an SA is bound to besides its addresses. In a tunnel protocol and ports are those of the
     * outer packet, which the mode says already.
     */
    private static long packed(SecurityAssociation sa) {
        SaDetails details = sa.details();
        int mode = sa.mode();
        return mode == SecurityAssociation.TUNNEL
                ? pack(mode, 0, 0, 0)
                : pack(mode, details.protocol(), details.sourcePort(), details.destinationPort());
    }

    private static long pack(int mode, int protocol, int sourcePort, int destinationPort) {
        return ((long) (mode & 0xffff) << 48)
                | ((long) (protocol & 0xffff) << 32)
                | ((long) (sourcePort & 0xffff) << 16)
                | (destinationPort & 0xffff);
    }

    private static int hash(
            int kind,
            SaType protocol,
            IpAddress source,
            IpAddress destination,
            int reqid,
            long packed) {
        long mixed = Buckets.bits(source) * 0x9e3779b97f4a7c15L + Buckets.bits(destination);
        mixed = mixed * 0xc2b2ae3d27d4eb4fL + packed;
        mixed = mixed * 0x9e3779b97f4a7c15L + ((long) reqid << 16 ^ protocol.ordinal() << 8 ^ kind);
        return Buckets.mix(mixed);
    }

    private static SecurityAssociation linked(@Nullable SecurityAssociation neighbour) {
        if (neighbour == null) {
            throw new IllegalStateException("a group is a ring");
        }
        return neighbour;
    }
}
