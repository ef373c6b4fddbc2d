package org.keysock.tools.klips;

import org.jspecify.annotations.Nullable;

/**
 * What these tools say to the errno of a failed call: klips.md 5.7, 5.7a. Each tool has rows of its
 * own in front of those that all share.
 */
abstract class ErrnoTexts {

    static final String PLEASE_REPORT =
            ".  Please report as much detail as possible to development team.";

    static final String NO_SA = "SA does not exist.  Cannot delete.";
    static final String NOT_LOADED = "KLIPS not loaded or enabled.";

    /** The tool's own text for an error, or null. */
    abstract @Nullable String own(int errno, boolean root);

    /** What all say who have no text for an error. */
    abstract String general(int errno);

    /** The text for an error. */
    final String of(int errno, boolean root) {
        String own = own(errno, root);
        if (own != null) {
            return own;
        }
        String shared = shared(errno, root);
        return shared == null ? general(errno) : shared;
    }

    private static @Nullable String shared(int errno, boolean root) {
        return switch (errno) {
            case LinuxErrno.ENOENT ->
                    "device does not exist.  See FreeS/WAN installation procedure.";
            case LinuxErrno.ENXIO -> NO_SA;
            case LinuxErrno.EACCES ->
                    root
                            ? "access denied.  Check permissions.  Should be 600."
                            : "access denied.  You must be root to open this file.";
            case LinuxErrno.EBUSY ->
                    "KLIPS is busy.  Most likely a serious internal error occured in a previous"
                            + " command"
                            + PLEASE_REPORT;
            case LinuxErrno.EEXIST -> "SA already in use.  Delete old one first.";
            case LinuxErrno.EUNATCH -> "Netlink not enabled OR KLIPS not loaded.";
            case LinuxErrno.ESOCKTNOSUPPORT ->
                    "Algorithm support not available in the kernel.  Please compile in support.";
            case LinuxErrno.ENOBUFS -> "No kernel memory to allocate SA.";
            default -> null;
        };
    }
}
