package org.keysock.tools.klips;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;

/**
 * What {@code ipsec eroute} can do, the message that does it, and what is said to the errno of its
 * {@code write}: klips.md 5.10. Openswan 2.4.4 sends no flag with {@code --replace} and {@code
 * --addin}, by mistake; these are those of 3.0.0.
 */
@SuppressWarnings("ImmutableEnumChecker") // nothing in here is ever written to
enum ErouteAction {
    ADD(MessageType.X_ADDFLOW, SaFlags.NONE, "Invalid mask.", "Invalid address."),
    REPLACE(
            MessageType.X_ADDFLOW,
            SaFlags.of(SaFlag.X_REPLACEFLOW),
            "Invalid mask.",
            "Invalid address."),
    ADDIN(MessageType.X_ADDFLOW, SaFlags.of(SaFlag.X_INFLOW), null, null),
    DEL(MessageType.X_DELFLOW, SaFlags.NONE, "Mask not found.", "Address not found."),
    CLEAR(MessageType.X_DELFLOW, SaFlags.of(SaFlag.X_CLEARFLOW), null, null);

    private final MessageType type;
    private final SaFlags flags;
    private final ErrnoTexts texts;

    ErouteAction(MessageType type, SaFlags flags, @Nullable String mask, @Nullable String address) {
        this.type = type;
        this.flags = flags;
        this.texts = new OwnTexts(this, mask, address);
    }

    /** The message. */
    MessageType type() {
        return type;
    }

    /** The flags in its SA. */
    SaFlags flags() {
        return flags;
    }

    /** What is said to the errno of its {@code write}. */
    ErrnoTexts texts() {
        return texts;
    }

    /** Where it has no words for a bad mask or address, those about access are said. */
    private static final class OwnTexts extends WriteTexts {
        private final ErouteAction action;
        private final @Nullable String mask;
        private final @Nullable String address;

        OwnTexts(ErouteAction action, @Nullable String mask, @Nullable String address) {
            this.action = action;
            this.mask = mask;
            this.address = address;
        }

        @Override
        @Nullable String own(int errno, boolean root) {
            return switch (errno) {
                case LinuxErrno.ENOENT ->
                        action == ADDIN
                                ? "non-existant IPIP SA."
                                : "eroute doesn't exist.  Can't delete.";
                case LinuxErrno.ENXIO -> mask == null ? of(LinuxErrno.EACCES, root) : mask;
                case LinuxErrno.EFAULT -> address == null ? of(LinuxErrno.EACCES, root) : address;
                case LinuxErrno.EEXIST -> "eroute already in use.  Delete old one first.";
                case LinuxErrno.EUNATCH -> "KLIPS not loaded.";
                default -> super.own(errno, root);
            };
        }
    }
}
