package org.keysock.pfkey.model;

/**
 * A set of SA flags.
 *
 * @param meanings the known flags, a bit each at {@link SaFlag#bit()}
 * @param strange bits of the wire's word that the dialect of the message has no name for, in their
 *     place there; carried along so that they survive a round trip
 */
public record SaFlags(int meanings, int strange) {

    /** No flags. */
    public static final SaFlags NONE = new SaFlags(0, 0);

    /** The set of the given flags. */
    public static SaFlags of(SaFlag... flags) {
        int meanings = 0;
        for (SaFlag flag : flags) {
            meanings |= flag.bit();
        }
        return new SaFlags(meanings, 0);
    }

    /** Whether the flag is set. */
    public boolean has(SaFlag flag) {
        return (meanings & flag.bit()) != 0;
    }

    /** This set with one flag more. */
    public SaFlags with(SaFlag flag) {
        return has(flag) ? this : new SaFlags(meanings | flag.bit(), strange);
    }

    /** This set without one flag. */
    public SaFlags without(SaFlag flag) {
        return has(flag) ? new SaFlags(meanings & ~flag.bit(), strange) : this;
    }

    /** Whether every flag, the strange ones too, is in {@code allowed}. */
    public boolean within(SaFlags allowed) {
        return (meanings & ~allowed.meanings) == 0 && (strange & ~allowed.strange) == 0;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<");
        for (SaFlag flag : SaFlag.values()) {
            if (has(flag)) {
                text.append(text.length() > 1 ? " " : "").append(flag);
            }
        }
        if (strange != 0) {
            text.append(text.length() > 1 ? " 0x" : "0x").append(Integer.toHexString(strange));
        }
        return text.append('>').toString();
    }
}
