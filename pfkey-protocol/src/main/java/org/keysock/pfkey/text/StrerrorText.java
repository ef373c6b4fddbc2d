package org.keysock.pfkey.text;

import org.keysock.pfkey.model.Errno;

/** What {@code strerror} of the GNU C library says to error numbers, as native tools print it. */
@SuppressWarnings("ImmutableEnumChecker") // nothing in here is ever written to
public enum StrerrorText {
    /** No error. */
    OK(Errno.OK, "Success"),
    /** 1. */
    EPERM(Errno.EPERM, "Operation not permitted"),
    /** 2. */
    ENOENT(Errno.ENOENT, "No such file or directory"),
    /** 3. */
    ESRCH(Errno.ESRCH, "No such process"),
    /** 4. */
    EINTR(Errno.EINTR, "Interrupted system call"),
    /** 5. */
    EIO(Errno.EIO, "Input/output error"),
    /** 12. */
    ENOMEM(Errno.ENOMEM, "Cannot allocate memory"),
    /** 13. */
    EACCES(Errno.EACCES, "Permission denied"),
    /** 14. */
    EFAULT(Errno.EFAULT, "Bad address"),
    /** 16. */
    EBUSY(Errno.EBUSY, "Device or resource busy"),
    /** 17. */
    EEXIST(Errno.EEXIST, "File exists"),
    /** 19. */
    ENODEV(Errno.ENODEV, "No such device"),
    /** 21. */
    EISDIR(Errno.EISDIR, "Is a directory"),
    /** 22. */
    EINVAL(Errno.EINVAL, "Invalid argument"),
    /** 28. */
    ENOSPC(Errno.ENOSPC, "No space left on device"),
    /** 29. */
    ESPIPE(Errno.ESPIPE, "Illegal seek"),
    /** 38. */
    ENOSYS(Errno.ENOSYS, "Function not implemented"),
    /** 40. */
    ELOOP(Errno.ELOOP, "Too many levels of symbolic links"),
    /** 61. */
    ENODATA(Errno.ENODATA, "No data available"),
    /** 71. */
    EPROTO(Errno.EPROTO, "Protocol error"),
    /** 90. */
    EMSGSIZE(Errno.EMSGSIZE, "Message too long"),
    /** 91. */
    EPROTOTYPE(Errno.EPROTOTYPE, "Protocol wrong type for socket"),
    /** 92. */
    ENOPROTOOPT(Errno.ENOPROTOOPT, "Protocol not available"),
    /** 93. */
    EPROTONOSUPPORT(Errno.EPROTONOSUPPORT, "Protocol not supported"),
    /** 94. */
    ESOCKTNOSUPPORT(Errno.ESOCKTNOSUPPORT, "Socket type not supported"),
    /** 95. */
    EOPNOTSUPP(Errno.EOPNOTSUPP, "Operation not supported"),
    /** 96. */
    EPFNOSUPPORT(Errno.EPFNOSUPPORT, "Protocol family not supported"),
    /** 97. */
    EAFNOSUPPORT(Errno.EAFNOSUPPORT, "Address family not supported by protocol"),
    /** 100. */
    ENETDOWN(Errno.ENETDOWN, "Network is down"),
    /** 105. */
    ENOBUFS(Errno.ENOBUFS, "No buffer space available"),
    /** 110. */
    ETIMEDOUT(Errno.ETIMEDOUT, "Connection timed out");

    private final Errno errno;
    private final String text;

    StrerrorText(Errno errno, String text) {
        this.errno = errno;
        this.text = text;
    }

    /** The library's text for an error. */
    public static String of(Errno errno) {
        for (StrerrorText row : values()) {
            if (row.errno.equals(errno)) {
                return row.text;
            }
        }
        return "Unknown error" + (errno.known() ? "" : " " + errno.number());
    }
}
