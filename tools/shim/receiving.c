/*
 * All calls that receive. Records come as they are; what differs from a key socket of a kernel is its end, which a kernel
 * has none of: ENETDOWN. The call itself goes first, so that other descriptors are looked at only where that matters.
 */
#include "preload.h"

#include <errno.h>

/* What Linux takes on a key socket, and what KLIPS does (klips.md section 2.1). */
enum { LINUX_FLAGS = MSG_PEEK | MSG_DONTWAIT | MSG_TRUNC, KLIPS_FLAGS = MSG_PEEK };

/* The errno of a call with these flags, 0 if it may go on. */
static int refused(int fd, int flags)
{
    bool klips = tables() != NULL;
    int taken = klips ? KLIPS_FLAGS : LINUX_FLAGS;
    return (flags & ~taken) == 0 || !is_key_socket(fd) ? 0 : klips ? EOPNOTSUPP : EINVAL;
}

/* A server that left messages unread is told as ECONNRESET, once, before what it had answered. */
#define RECEIVED(fd, call) \
    ({ \
        ssize_t received; \
        do { \
            received = (call); \
        } while (received < 0 && errno == ECONNRESET && is_key_socket(fd)); \
        received; \
    })

/* Nothing was received although something could have been: the end. */
static ssize_t unless_ended(int fd, ssize_t received, bool could)
{
    return received == 0 && could && is_key_socket(fd) ? fail(ENETDOWN) : received;
}

/* Messages of a kernel have no sender; the length of its address is 0. */
static void forget_sender(int fd, const struct sockaddr *from, socklen_t room, socklen_t *length)
{
    if (from != NULL && room >= sizeof from->sa_family && *length >= sizeof from->sa_family && from->sa_family == AF_UNIX
        && is_key_socket(fd)) {
        *length = 0;
    }
}

static ssize_t drop(int fd, int flags)
{
    char none;
    ssize_t whole = RECEIVED(fd, next()->recv(fd, &none, 0, flags | MSG_TRUNC));
    if (whole == 0) {
        return fail(ENETDOWN);
    }
    return whole < 0 || (flags & MSG_TRUNC) != 0 ? whole : 0;
}

static ssize_t read_some(int fd, void *data, size_t size)
{
    ssize_t received = RECEIVED(fd, next()->read(fd, data, size));
    return unless_ended(fd, received, size != 0);
}

static ssize_t receive(int fd, void *data, size_t size, int flags)
{
    int error = refused(fd, flags);
    if (error != 0) {
        return fail(error);
    }
    if (size == 0 && is_key_socket(fd)) {
        return drop(fd, flags);
    }
    ssize_t received = RECEIVED(fd, next()->recv(fd, data, size, flags));
    return unless_ended(fd, received, size != 0);
}

static ssize_t receive_from(int fd, void *data, size_t size, int flags, struct sockaddr *from, socklen_t *length)
{
    int error = refused(fd, flags);
    if (error != 0) {
        return fail(error);
    }
    if (size == 0 && is_key_socket(fd)) {
        if (from != NULL && length != NULL) {
            *length = 0;
        }
        return drop(fd, flags);
    }
    socklen_t room = from != NULL && length != NULL ? *length : 0;
    ssize_t received = RECEIVED(fd, next()->recvfrom(fd, data, size, flags, from, length));
    if (received >= 0) {
        forget_sender(fd, from, room, length);
    }
    return unless_ended(fd, received, size != 0);
}

EXPORTED ssize_t read(int fd, void *data, size_t size)
{
    return read_some(fd, data, size);
}

EXPORTED ssize_t readv(int fd, const struct iovec *parts, int count)
{
    ssize_t received = RECEIVED(fd, next()->readv(fd, parts, count));
    bool room = false;
    for (int each = 0; received == 0 && each < count; each++) {
        room = room || parts[each].iov_len != 0;
    }
    return unless_ended(fd, received, room);
}

EXPORTED ssize_t recv(int fd, void *data, size_t size, int flags)
{
    return receive(fd, data, size, flags);
}

EXPORTED ssize_t recvfrom(int fd, void *data, size_t size, int flags, struct sockaddr *from, socklen_t *length)
{
    return receive_from(fd, data, size, flags, from, length);
}

/* A record longer than the room for it, which may be none, leaves its mark in the flags. */
static bool empty(const struct msghdr *message)
{
    return (message->msg_flags & MSG_TRUNC) == 0;
}

EXPORTED ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    int error = refused(fd, flags);
    if (error != 0) {
        return fail(error);
    }
    socklen_t room = message != NULL ? message->msg_namelen : 0;
    ssize_t received = RECEIVED(fd, next()->recvmsg(fd, message, flags));
    if (received >= 0) {
        forget_sender(fd, message->msg_name, room, &message->msg_namelen);
    }
    return unless_ended(fd, received, received == 0 && empty(message));
}

EXPORTED int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *timeout)
{
    int error = refused(fd, flags & ~MSG_WAITFORONE);
    if (error != 0) {
        return fail(error);
    }
    int received = (int)RECEIVED(fd, next()->recvmmsg(fd, messages, count, flags, timeout));
    for (int each = 0; each < received; each++) {
        struct msghdr *message = &messages[each].msg_hdr;
        forget_sender(fd, message->msg_name, message->msg_namelen, &message->msg_namelen);
        if (messages[each].msg_len == 0 && empty(message) && is_key_socket(fd)) {
            return each == 0 ? fail(ENETDOWN) : each;
        }
    }
    return received;
}

/* The names that programs call which were built with _FORTIFY_SOURCE: with the room there is for the data. */

EXPORTED ssize_t __read_chk(int fd, void *data, size_t size, size_t room)
{
    return size > room ? next()->__read_chk(fd, data, size, room) : read_some(fd, data, size);
}

EXPORTED ssize_t __recv_chk(int fd, void *data, size_t size, size_t room, int flags)
{
    return size > room ? next()->__recv_chk(fd, data, size, room, flags) : receive(fd, data, size, flags);
}

EXPORTED ssize_t __recvfrom_chk(
    int fd, void *data, size_t size, size_t room, int flags, struct sockaddr *from, socklen_t *length)
{
    return size > room ? next()->__recvfrom_chk(fd, data, size, room, flags, from, length)
                       : receive_from(fd, data, size, flags, from, length);
}
