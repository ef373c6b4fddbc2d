package org.keysock.tools.klips;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.KlipsExtension.Debug;
import org.keysock.pfkey.model.KlipsExtension.Debug.Part;

/**
 * What {@code ipsec klipsdebug} can set and clear, and the masks that do it: klips.md 3.15, 5.10.
 */
enum DebugSwitch {
    TUNNEL("tunnel", Part.TUNNEL, DebugSwitch.ALL_BITS),
    TUNNEL_XMIT("tunnel-xmit", Part.TUNNEL, 0x10),
    /** The original knows it only with {@code --set}. */
    TNCFG("tncfg", Part.TUNNEL, 0x100),
    /** The original knows it only with {@code --clear}. */
    XMIT("xmit", Part.TUNNEL, 0x10),
    NETLINK("netlink", Part.NETLINK, DebugSwitch.ALL_BITS),
    XFORM("xform", Part.XFORM, DebugSwitch.ALL_BITS),
    EROUTE("eroute", Part.EROUTE, DebugSwitch.ALL_BITS),
    SPI("spi", Part.SPI, DebugSwitch.ALL_BITS),
    RADIJ("radij", Part.RADIJ, DebugSwitch.ALL_BITS),
    ESP("esp", Part.ESP, DebugSwitch.ALL_BITS),
    AH("ah", Part.AH, DebugSwitch.ALL_BITS),
    RCV("rcv", Part.RCV, DebugSwitch.ALL_BITS),
    PFKEY("pfkey", Part.PFKEY, DebugSwitch.ALL_BITS),
    COMP("comp", Part.IPCOMP, DebugSwitch.ALL_BITS),
    VERBOSE("verbose", Part.VERBOSE, DebugSwitch.ALL_BITS);

    private static final int ALL_BITS = -1;

    /**
     * In the mask of netlink: the kernel shall set what the masks have, not clear what they lack.
     */
    private static final int SET = 1 << 31;

    private final String word;
    private final Part part;
    private final int bits;

    DebugSwitch(String word, Part part, int bits) {
        this.word = word;
        this.part = part;
        this.bits = bits;
    }

    /** The switch of a word that may follow {@code --set} or {@code --clear}, or null. */
    static @Nullable DebugSwitch named(String word, boolean set) {
        for (DebugSwitch known : values()) {
            if (known.word.equals(word)) {
                return known == (set ? XMIT : TNCFG) ? null : known;
            }
        }
        return null;
    }

    /** The masks that switch this on and leave the rest. */
    Debug set() {
        List<Integer> masks = masks(0);
        add(masks, Part.NETLINK, SET);
        add(masks, part, bits);
        return new Debug(masks);
    }

    /** The masks that switch this off and leave the rest. */
    Debug clear() {
        List<Integer> masks = masks(ALL_BITS);
        remove(masks, Part.NETLINK, SET);
        remove(masks, part, bits);
        return new Debug(masks);
    }

    /** The masks of {@code --all}: everything but the details. */
    static Debug all() {
        List<Integer> masks = masks(ALL_BITS);
        remove(masks, Part.VERBOSE, ALL_BITS);
        return new Debug(masks);
    }

    /** The masks of {@code --none}. */
    static Debug none() {
        return new Debug(masks(0));
    }

    private static List<Integer> masks(int each) {
        return new ArrayList<>(Collections.nCopies(Part.values().length, each));
    }

    private static void add(List<Integer> masks, Part part, int bits) {
        masks.set(part.ordinal(), masks.get(part.ordinal()) | bits);
    }

    private static void remove(List<Integer> masks, Part part, int bits) {
        masks.set(part.ordinal(), masks.get(part.ordinal()) & ~bits);
    }
}
