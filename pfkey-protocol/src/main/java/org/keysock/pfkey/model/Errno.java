package org.keysock.pfkey.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A system's error number, by name: {@code sadb_msg_errno}. The number differs between systems. */
public final class Errno extends Code {

    private static final List<Errno> KNOWN = new ArrayList<>();

    /** No error: 0. */
    public static final Errno OK = known("OK");

    /** Operation not permitted. */
    public static final Errno EPERM = known("EPERM");

    /** No such file or directory. */
    public static final Errno ENOENT = known("ENOENT");

    /** No such process. */
    public static final Errno ESRCH = known("ESRCH");

    /** Interrupted system call. */
    public static final Errno EINTR = known("EINTR");

    /** Input/output error. */
    public static final Errno EIO = known("EIO");

    /** Not enough memory. */
    public static final Errno ENOMEM = known("ENOMEM");

    /** Permission denied. */
    public static final Errno EACCES = known("EACCES");

    /** Resource busy. */
    public static final Errno EBUSY = known("EBUSY");

    /** File exists. */
    public static final Errno EEXIST = known("EEXIST");

    /** No such device. */
    public static final Errno ENODEV = known("ENODEV");

    /** Is a directory. */
    public static final Errno EISDIR = known("EISDIR");

    /** Invalid argument. */
    public static final Errno EINVAL = known("EINVAL");

    /** Function not implemented. */
    public static final Errno ENOSYS = known("ENOSYS");

    /** Too many levels. */
    public static final Errno ELOOP = known("ELOOP");

    /** No data available. */
    public static final Errno ENODATA = known("ENODATA");

    /** Message too long. */
    public static final Errno EMSGSIZE = known("EMSGSIZE");

    /** Protocol wrong type for socket. */
    public static final Errno EPROTOTYPE = known("EPROTOTYPE");

    /** Protocol not available. */
    public static final Errno ENOPROTOOPT = known("ENOPROTOOPT");

    /** Protocol not supported. */
    public static final Errno EPROTONOSUPPORT = known("EPROTONOSUPPORT");

    /** Socket type not supported. */
    public static final Errno ESOCKTNOSUPPORT = known("ESOCKTNOSUPPORT");

    /** Operation not supported. */
    public static final Errno EOPNOTSUPP = known("EOPNOTSUPP");

    /** Protocol family not supported. */
    public static final Errno EPFNOSUPPORT = known("EPFNOSUPPORT");

    /** Address family not supported. */
    public static final Errno EAFNOSUPPORT = known("EAFNOSUPPORT");

    /** Network is down. */
    public static final Errno ENETDOWN = known("ENETDOWN");

    /** No buffer space available. */
    public static final Errno ENOBUFS = known("ENOBUFS");

    /** Timed out. */
    public static final Errno ETIMEDOUT = known("ETIMEDOUT");

    /** Bad address; KLIPS: no such eroute. */
    public static final Errno EFAULT = known("EFAULT");

    /** No space left. */
    public static final Errno ENOSPC = known("ENOSPC");

    /** Illegal seek; KLIPS: its table of SA references is inconsistent. */
    public static final Errno ESPIPE = known("ESPIPE");

    /** Protocol error. */
    public static final Errno EPROTO = known("EPROTO");

    private Errno(String name, int ordinal) {
        super(name, ordinal);
    }

    private Errno(int number) {
        super(number);
    }

    private static Errno known(String name) {
        Errno code = new Errno(name, KNOWN.size());
        KNOWN.add(code);
        return code;
    }

    /** The entry for a number that the dialect at hand has no name for. */
    public static Errno unknown(int number) {
        return new Errno(number);
    }

    /** All known entries of all dialects, by ordinal. */
    public static List<Errno> all() {
        return Collections.unmodifiableList(KNOWN);
    }
}
