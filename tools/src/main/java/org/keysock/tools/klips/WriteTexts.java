package org.keysock.tools.klips;

import org.jspecify.annotations.Nullable;

/** Texts for a failed {@code write()}, as {@code klipsdebug} says it. */
class WriteTexts extends ErrnoTexts {

    @Override
    @Nullable String own(int errno, boolean root) {
        return switch (errno) {
            case LinuxErrno.ENODEV -> NOT_LOADED + "\nNo device?!?";
            case LinuxErrno.EINVAL -> "Invalid argument, check kernel log messages for specifics.";
            case LinuxErrno.ENOSPC -> "no room in kernel SAref table.  Cannot process request.";
            case LinuxErrno.ESPIPE -> "kernel SAref table internal error.  Cannot process request.";
            default -> null;
        };
    }

    @Override
    String general(int errno) {
        return "Unknown socket write error " + errno + PLEASE_REPORT;
    }
}
