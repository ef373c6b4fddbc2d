package org.keysock.kernel.spd;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/**
 * Prefixes of one family and what is kept under each: a binary trie that has nodes only for
 * prefixes with content and where two of them part (PATRICIA). On the way from the root to an
 * address lie just the prefixes that contain it. Each node knows the policy that is asked first of
 * all in and below it, so that a search ends where nothing better can come.
 *
 * <p>Addresses are two numbers, the first bits of them most significant; IPv4 fills the upper half
 * of the first.
 *
 * @param <C> what is kept under a prefix; taken out when it has no best policy any more
 */
final class PrefixTrie<C extends Ranked> implements Ranked {

    private @Nullable Node<C> root;

    /** A prefix: small, because a search meets many that no processor cache holds. */
    static final class Node<C extends Ranked> {
        private final long high;
        private final long low;
        private final int length;
        private @Nullable Node<C> parent;
        private @Nullable Node<C> zero;
        private @Nullable Node<C> one;
        private @Nullable C content;
        private @Nullable Policy best;

        private Node(long high, long low, int length) {
            this.length = length;
            this.high = length == 0 ? 0 : high & -1L << (64 - Math.min(length, 64));
            this.low = length <= 64 ? 0 : low & -1L << (128 - length);
        }

        /** What is kept under the prefix, null where two prefixes part. */
        @Nullable C content() {
            return content;
        }

        /** Whether an address is in the prefix, and a policy in or below it is asked before one. */
        boolean promises(long addressHigh, long addressLow, @Nullable Policy found) {
            Policy promised = best;
            return covers(addressHigh, addressLow) && promised != null && promised.before(found);
        }

        /** The next longer prefix towards an address, which may not contain it; null for none. */
        @Nullable Node<C> towards(long addressHigh, long addressLow) {
            long bits = length < 64 ? addressHigh << length : addressLow << (length - 64);
            return bits < 0 ? one : zero;
        }

        private boolean covers(long addressHigh, long addressLow) {
            return common(addressHigh, addressLow) >= length;
        }

        /** How many first bits an address shares with the prefix; more than it has do not count. */
        private int common(long addressHigh, long addressLow) {
            long differing = addressHigh ^ high;
            return differing != 0
                    ? Long.numberOfLeadingZeros(differing)
                    : 64 + Long.numberOfLeadingZeros(addressLow ^ low);
        }

        private void adopt(Node<C> child) {
            if (child.length <= length) {
                throw new IllegalStateException("a child is longer than its parent");
            }
            if (towardsOne(child)) {
                one = child;
            } else {
                zero = child;
            }
            child.parent = this;
        }

        private boolean towardsOne(Node<C> child) {
            return (length < 64 ? child.high << length : child.low << (length - 64)) < 0;
        }
    }

    /** First half of an address. */
    static long high(IpAddress address) {
        return address instanceof Ipv4Address four
                ? (long) four.bits() << 32
                : ((Ipv6Address) address).high();
    }

    /** Second half of an address. */
    static long low(IpAddress address) {
        return address instanceof Ipv6Address six ? six.low() : 0;
    }

    /** The shortest prefix, or where the first two part; null when there is nothing. */
    @Nullable Node<C> root() {
        return root;
    }

    @Override
    public @Nullable Policy best() {
        return root == null ? null : root.best;
    }

    /** The node of a prefix, made if it is not there; {@link #put} must follow. */
    Node<C> at(IpAddress address, int length) {
        long high = high(address);
        long low = low(address);
        Node<C> parent = null;
        Node<C> at = root;
        while (at != null && at.length < length && at.covers(high, low)) {
            parent = at;
            at = at.towards(high, low);
        }
        if (at != null && at.length == length && at.covers(high, low)) {
            return at;
        }
        Node<C> made = new Node<>(high, low, length);
        Node<C> upper = made;
        if (at != null) {
            int common = Math.min(Math.min(length, at.length), at.common(high, low));
            if (common < length) {
                upper = new Node<>(high, low, common);
                upper.adopt(made);
            }
            upper.adopt(at);
        }
        hang(parent, upper);
        return made;
    }

    /** Sets what is kept under a prefix, after each change of its best policy too. */
    void put(Node<C> node, C content) {
        node.content = content.best() == null ? null : content;
        Node<C> at = node;
        while (at != null) {
            Node<C> parent = at.parent;
            Node<C> zero = at.zero;
            Node<C> one = at.one;
            if (at.content == null && (zero == null || one == null)) {
                cut(parent, at, zero == null ? one : zero);
            } else {
                Policy best = at.content == null ? null : at.content.best();
                best = firstAsked(best, zero == null ? null : zero.best);
                at.best = firstAsked(best, one == null ? null : one.best);
            }
            at = parent;
        }
    }

    private void hang(@Nullable Node<C> parent, Node<C> child) {
        if (parent == null) {
            root = child;
            child.parent = null;
        } else {
            parent.adopt(child);
        }
    }

    /** Puts a node's only child, if any, into its place. */
    private void cut(@Nullable Node<C> parent, Node<C> node, @Nullable Node<C> child) {
        if (child != null) {
            hang(parent, child);
        } else if (parent == null) {
            root = null;
        } else if (parent.one == node) {
            parent.one = null;
        } else {
            parent.zero = null;
        }
    }

    private static @Nullable Policy firstAsked(@Nullable Policy one, @Nullable Policy other) {
        return one == null || (other != null && other.before(one)) ? other : one;
    }
}
