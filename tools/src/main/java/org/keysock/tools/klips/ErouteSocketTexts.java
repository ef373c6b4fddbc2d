package org.keysock.tools.klips;

import org.jspecify.annotations.Nullable;

/** Texts for a failed {@code socket()}, as {@code eroute} says it: klips.md 5.7a. */
final class ErouteSocketTexts extends SocketTexts {

    @Override
    @Nullable String own(int errno, boolean root) {
        return switch (errno) {
            case LinuxErrno.ENXIO, LinuxErrno.EEXIST -> general(errno);
            case LinuxErrno.ENOMEM, LinuxErrno.ENFILE, LinuxErrno.ENOBUFS ->
                    "No kernel memory to allocate socket.";
            case LinuxErrno.EMFILE -> "Process file table overflow.";
            case LinuxErrno.EUNATCH -> "KLIPS not loaded.";
            case LinuxErrno.EPROTONOSUPPORT -> "Protocol version not supported.";
            case LinuxErrno.ESOCKTNOSUPPORT -> "Socket type not supported.";
            default -> super.own(errno, root);
        };
    }
}
