package org.keysock.tools.klips;

import org.jspecify.annotations.Nullable;

/** Texts for a failed {@code socket()}, as {@code spi} and {@code klipsdebug} say it. */
class SocketTexts extends ErrnoTexts {

    @Override
    @Nullable String own(int errno, boolean root) {
        return switch (errno) {
            case LinuxErrno.ENODEV, LinuxErrno.EAFNOSUPPORT -> NOT_LOADED;
            case LinuxErrno.EINVAL ->
                    "Invalid argument, KLIPS not loaded or check kernel log messages for"
                            + " specifics.";
            default -> null;
        };
    }

    @Override
    final String general(int errno) {
        return "Unknown file open error " + errno + PLEASE_REPORT;
    }
}
