package org.keysock.tools.ipseckey;

import org.keysock.pfkey.model.Errno;
import org.keysock.tools.cli.Output;

/** What Solaris calls its error numbers. */
@SuppressWarnings("ImmutableEnumChecker") // nothing in here is ever written to
enum ErrnoText {
    EPERM(Errno.EPERM, "Not owner"),
    ENOENT(Errno.ENOENT, "No such file or directory"),
    ESRCH(Errno.ESRCH, "No such process"),
    EINTR(Errno.EINTR, "Interrupted system call"),
    EIO(Errno.EIO, "I/O error"),
    ENOMEM(Errno.ENOMEM, "Not enough space"),
    EACCES(Errno.EACCES, "Permission denied"),
    EBUSY(Errno.EBUSY, "Device busy"),
    EEXIST(Errno.EEXIST, "File exists"),
    ENODEV(Errno.ENODEV, "No such device"),
    EINVAL(Errno.EINVAL, "Invalid argument"),
    EMSGSIZE(Errno.EMSGSIZE, "Message too long"),
    EPROTOTYPE(Errno.EPROTOTYPE, "Protocol wrong type for socket"),
    ENOPROTOOPT(Errno.ENOPROTOOPT, "Option not supported by protocol"),
    EPROTONOSUPPORT(Errno.EPROTONOSUPPORT, "Protocol not supported"),
    ESOCKTNOSUPPORT(Errno.ESOCKTNOSUPPORT, "Socket type not supported"),
    EOPNOTSUPP(Errno.EOPNOTSUPP, "Operation not supported on transport endpoint"),
    EPFNOSUPPORT(Errno.EPFNOSUPPORT, "Protocol family not supported"),
    EAFNOSUPPORT(Errno.EAFNOSUPPORT, "Address family not supported by protocol family"),
    ENETDOWN(Errno.ENETDOWN, "Network is down"),
    ENOBUFS(Errno.ENOBUFS, "No buffer space available"),
    ETIMEDOUT(Errno.ETIMEDOUT, "Connection timed out");

    private final Errno errno;
    private final String text;

    ErrnoText(Errno errno, String text) {
        this.errno = errno;
        this.text = text;
    }

    /** The system's text for an error. */
    static String of(Errno errno) {
        for (ErrnoText row : values()) {
            if (row.errno == errno) {
                return row.text;
            }
        }
        return "Error " + Numbers.of(errno);
    }

    /** Tells of an errno that came with the answer to a request. */
    static void tell(Output out, Output err, String place, Errno errno) {
        out.flush();
        err.print("ipseckey: return message (in " + place + "): " + of(errno) + "\n");
    }
}
