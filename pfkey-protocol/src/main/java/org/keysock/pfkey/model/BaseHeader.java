package org.keysock.pfkey.model;

/**
 * The base header of a message, RFC 2367 section 2.1, without its length, which follows from the
 * extensions.
 *
 * @param version {@code sadb_msg_version}, 2
 * @param type what is asked or told
 * @param errno {@link Errno#OK} in requests
 * @param saType the security protocol
 * @param reserved 16 bits: Solaris' diagnostic in error replies, Linux' reference count in policy
 *     replies, else 0
 * @param sequence chosen by the originator and echoed; unsigned
 * @param pid process id chosen by the originator and echoed, 0 from the kernel; unsigned
 */
public record BaseHeader(
        int version,
        MessageType type,
        Errno errno,
        SaType saType,
        int reserved,
        int sequence,
        int pid) {

    /** The one version there is: PF_KEY_V2. */
    public static final int PF_KEY_V2 = 2;

    /** Bytes of a base header. */
    public static final int BYTES = 16;

    /** A header without error. */
    public static BaseHeader of(MessageType type, SaType saType, int sequence, int pid) {
        return new BaseHeader(PF_KEY_V2, type, Errno.OK, saType, 0, sequence, pid);
    }

    /** The header of the error reply to this request: the same with errno and diagnostic. */
    public BaseHeader refused(Errno why, Diagnostic diagnostic) {
        return new BaseHeader(version, type, why, saType, diagnostic.number(), sequence, pid);
    }

    /** The header of a reply to this request: the same without errno and reserved bits. */
    public BaseHeader answered() {
        return errno == Errno.OK && reserved == 0
                ? this
                : new BaseHeader(version, type, Errno.OK, saType, 0, sequence, pid);
    }

    /** This header with another type. */
    public BaseHeader withType(MessageType newType) {
        return new BaseHeader(version, newType, errno, saType, reserved, sequence, pid);
    }

    /** This header with another SA type. */
    public BaseHeader withSaType(SaType newSaType) {
        return new BaseHeader(version, type, errno, newSaType, reserved, sequence, pid);
    }

    /** This header with another sequence number. */
    public BaseHeader withSequence(int newSequence) {
        return new BaseHeader(version, type, errno, saType, reserved, newSequence, pid);
    }

    /** This header with another pid. */
    public BaseHeader withPid(int newPid) {
        return new BaseHeader(version, type, errno, saType, reserved, sequence, newPid);
    }

    /** This header with other reserved bits. */
    public BaseHeader withReserved(int newReserved) {
        return new BaseHeader(version, type, errno, saType, newReserved, sequence, pid);
    }
}
