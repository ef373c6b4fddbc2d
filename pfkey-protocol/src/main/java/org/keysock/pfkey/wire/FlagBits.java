package org.keysock.pfkey.wire;

import java.util.Map;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;

/** The places of SA flags in {@code sadb_sa_flags} of one dialect. */
public final class FlagBits {

    private final int[] meanings;
    private final int[] bits;
    private final int known;

    FlagBits(Map<SaFlag, Integer> rows) {
        meanings = new int[rows.size()];
        bits = new int[rows.size()];
        int row = 0;
        int all = 0;
        for (Map.Entry<SaFlag, Integer> entry : rows.entrySet()) {
            meanings[row] = entry.getKey().bit();
            bits[row] = entry.getValue();
            all |= entry.getValue();
            row++;
        }
        known = all;
    }

    /** The flags of a word; bits without a name are kept as strange ones. */
    public SaFlags flags(int word) {
        if (word == 0) {
            return SaFlags.NONE;
        }
        int found = 0;
        for (int row = 0; row < bits.length; row++) {
            if ((word & bits[row]) != 0) {
                found |= meanings[row];
            }
        }
        return new SaFlags(found, word & ~known);
    }

    /** The word of a set of flags; flags that the dialect does not have are left out. */
    public int word(SaFlags flags) {
        int word = flags.strange();
        for (int row = 0; flags.meanings() != 0 && row < bits.length; row++) {
            if ((flags.meanings() & meanings[row]) != 0) {
                word |= bits[row];
            }
        }
        return word;
    }
}
