package org.keysock.kernel.spd;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Said;

/**
 * What an extended route of KLIPS has and other policies have not: klips.md section 3.14.
 *
 * @param target the SA that protects its packets, of which there may be none, and after which come
 *     those around it in its group; or one that is no SA and stands for an action
 * @param source whom an ACQUIRE names as the source, null for nobody
 * @param destination whom an ACQUIRE names as the destination, null for nobody
 */
public record Eroute(Said target, @Nullable Identity source, @Nullable Identity destination) {

    /** The SPI of %hold. */
    public static final int HOLD = 259;

    private static final int PASS = 256;
    private static final int REJECT = 258;
    private static final int TRAP = 260;
    private static final int TRAP_SUBNET = 261;

    /** Eroutes come after whatever is stronger than what other dialects take for the middle. */
    private static final int MIDDLE = 1 << 31;

    /** What its target stands for: sections 3.16 and 4.3. */
    public Action action() {
        int spi = target.spi().value();
        if (target.saType() != SaType.X_INT) {
            boolean passThrough = target.saType() == SaType.X_IPIP && spi == 0;
            return passThrough ? Action.NONE : Action.IPSEC;
        }
        return switch (spi) {
            case PASS -> Action.NONE;
            case REJECT -> Action.REJECT;
            case HOLD -> Action.HOLD;
            case TRAP -> Action.TRAP;
            case TRAP_SUBNET -> Action.TRAP_SUBNET;
            default -> Action.DISCARD;
        };
    }

    /**
     * The priority by which the most specific eroute is asked first, as in KLIPS' radix tree: that
     * with the longest source prefix, of those the one with the longest destination prefix, then
     * those with a protocol, a source port, a destination port.
     */
    public static int priority(Selector selector) {
        int bits = selector.source().bitLength();
        return MIDDLE
                | (bits - selector.sourcePrefix()) << 11
                | (bits - selector.destinationPrefix()) << 3
                | (selector.protocol() == 0 ? 4 : 0)
                | (selector.sourcePort() == 0 ? 2 : 0)
                | (selector.destinationPort() == 0 ? 1 : 0);
    }
}
