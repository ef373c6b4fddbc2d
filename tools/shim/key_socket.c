#define _GNU_SOURCE
#include "key_socket.h"
#include "system_call.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>

/* Abstract: the byte in front, zero, is not shown. 64 random bits in hexadecimal follow. */
static const char OURS[] = "\0org.keysock.pfkey/";
enum { OURS_LENGTH = sizeof OURS - 1, RANDOM_DIGITS = 16 };

/* What the low bits of a type are, and the first that is none (SOCK_TYPE_MASK, SOCK_MAX of the kernel). */
enum { TYPE_MASK = 0xf, TYPE_END = 11 };

/* For a server whose queue of connections is full. */
static const struct timeval CONNECT_LIMIT = {.tv_sec = 5};

/* When a wait ends. */
struct deadline {
    bool set;
    struct timespec at;
};

static struct deadline send_deadline(int fd)
{
    struct deadline deadline = {0};
    struct timeval limit = {0};
    socklen_t length = sizeof limit;
    CALL(SYS_getsockopt, fd, SOL_SOCKET, SO_SNDTIMEO, &limit, &length);
    if (limit.tv_sec != 0 || limit.tv_usec != 0) {
        deadline.set = true;
        CALL(SYS_clock_gettime, CLOCK_MONOTONIC, &deadline.at);
        deadline.at.tv_sec += limit.tv_sec;
        deadline.at.tv_nsec += limit.tv_usec * 1000;
    }
    return deadline;
}

static struct timespec time_left(const struct deadline *deadline)
{
    struct timespec now;
    CALL(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    int64_t nanos = (int64_t)(deadline->at.tv_sec - now.tv_sec) * 1000000000 + deadline->at.tv_nsec - now.tv_nsec;
    struct timespec left = {0};
    if (nanos > 0) {
        left.tv_sec = (time_t)(nanos / 1000000000);
        left.tv_nsec = (long)(nanos % 1000000000);
    }
    return left;
}

static bool passed(const struct deadline *deadline)
{
    struct timespec left = time_left(deadline);
    return left.tv_sec == 0 && left.tv_nsec == 0;
}

/* poll(2) until a deadline; the number of ready descriptors, 0 when it has passed, or an errno, negative. */
static int wait_for(struct pollfd *polled, size_t count, const struct deadline *deadline)
{
    struct timespec left;
    if (deadline->set) {
        left = time_left(deadline);
    }
    return (int)CALL(SYS_ppoll, polled, count, deadline->set ? &left : NULL, NULL, 0);
}

bool key_socket_is(int fd)
{
    int saved = errno;
    struct sockaddr_un name;
    socklen_t length = sizeof name;
    bool ours = CALL(SYS_getsockname, fd, &name, &length) == 0 && name.sun_family == AF_UNIX
                && length == offsetof(struct sockaddr_un, sun_path) + OURS_LENGTH + RANDOM_DIGITS
                && memcmp(name.sun_path, OURS, OURS_LENGTH) == 0;
    errno = saved;
    return ours;
}

/* Sending. */

/* What sendmsg says as the send of a key socket would: that never waits for room, and its kernel does not go away. */
static long as_of_send(long error)
{
    switch (error) {
    case -EPIPE:
    case -ECONNRESET:
    case -ECONNREFUSED:
    case -ENOTCONN:
        return -ENETDOWN;
    case -EMFILE:
    case -ENFILE:
    case -ENOMEM:
    case -ETOOMANYREFS:
        return -ENOBUFS;
    default:
        return error;
    }
}

/* Sends a record and the descriptor to acknowledge it on. A socket that does not block waits as well. */
static long transmit(int fd, const struct iovec *parts, size_t count, int receipt, const struct deadline *deadline)
{
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {.header = {.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
    memcpy(CMSG_DATA(&control.header), &receipt, sizeof receipt);
    struct msghdr message = {
        .msg_iov = (struct iovec *)parts,
        .msg_iovlen = count,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    for (;;) {
        long sent = CALL(SYS_sendmsg, fd, &message, MSG_NOSIGNAL);
        if (sent != -EAGAIN) {
            return sent;
        }
        struct pollfd room = {.fd = fd, .events = POLLOUT};
        int result = wait_for(&room, 1, deadline);
        if (result <= 0) {
            return result == 0 ? -EAGAIN : result;
        }
    }
}

static long pass(int fd, const struct iovec *parts, size_t count, int flags, const struct deadline *deadline, int *receipt)
{
    if ((flags & MSG_OOB) != 0) {
        return -EOPNOTSUPP;
    }
    long result = CALL(SYS_eventfd2, 0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (result < 0) {
        return as_of_send(result);
    }
    *receipt = (int)result;
    result = transmit(fd, parts, count, *receipt, deadline);
    if (result < 0) {
        CALL(SYS_close, *receipt);
    }
    return as_of_send(result);
}

/* Waits for the acknowledgement or the end of the server. Interrupted, it goes on: the message must not be sent again. */
static bool await(int fd, int receipt, const struct deadline *deadline)
{
    struct pollfd polled[] = {{.fd = receipt, .events = POLLIN}, {.fd = fd}};
    for (;;) {
        int result = wait_for(polled, 2, deadline);
        if (result >= 0 && (polled[1].revents & POLLNVAL) == 0) {
            return result > 0;
        }
        if (result >= 0) {
            polled[1].fd = -1; /* closed by another thread */
        }
    }
}

/* The server has added the errno and 1. */
static int acknowledged(int receipt)
{
    uint64_t number;
    long got = CALL(SYS_read, receipt, &number, sizeof number);
    CALL(SYS_close, receipt);
    return got == (long)sizeof number ? 1 - (int)number : -ENETDOWN;
}

static bool empty(const struct iovec *parts, size_t count)
{
    while (count > 0 && parts[count - 1].iov_len == 0) {
        count--;
    }
    return count == 0;
}

/* An empty message is too short for every kernel, as one of a single byte is; an empty record would be no message. */
static long pass_message(
    int fd, const struct iovec *parts, size_t count, int flags, const struct deadline *deadline, int *receipt)
{
    if (count > IOV_MAX || !empty(parts, count)) {
        return pass(fd, parts, count, flags, deadline, receipt);
    }
    struct iovec something = {.iov_base = (void *)OURS, .iov_len = 1};
    long sent = pass(fd, &something, 1, flags, deadline, receipt);
    return sent > 0 ? 0 : sent;
}

static ssize_t sent_and_acknowledged(int fd, const struct iovec *parts, size_t count, int flags)
{
    struct deadline deadline = send_deadline(fd);
    int receipt;
    long sent = pass_message(fd, parts, count, flags, &deadline, &receipt);
    if (sent < 0) {
        return sent;
    }
    if (!await(fd, receipt, &deadline)) {
        CALL(SYS_close, receipt);
        return sent;
    }
    int result = acknowledged(receipt);
    return result == 0 ? sent : result;
}

ssize_t key_socket_send(int fd, const struct iovec *parts, size_t count, int flags)
{
    int saved = errno;
    ssize_t result = sent_and_acknowledged(fd, parts, count, flags);
    errno = saved;
    return result;
}

ssize_t key_socket_pass(int fd, const struct iovec *parts, size_t count, int flags, int *acknowledgement)
{
    int saved = errno;
    struct deadline deadline = send_deadline(fd);
    long result = pass_message(fd, parts, count, flags, &deadline, acknowledgement);
    errno = saved;
    return result;
}

int key_socket_acknowledged(int acknowledgement)
{
    int saved = errno;
    int result = acknowledged(acknowledgement);
    errno = saved;
    return result;
}

/* Opening. */

static uint64_t random_bits(void)
{
    static const unsigned NOW = 1; /* GRND_NONBLOCK */
    uint64_t bits;
    if (CALL(SYS_getrandom, &bits, sizeof bits, NOW) != (long)sizeof bits) {
        struct timespec time;
        CALL(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
        bits = (uint64_t)time.tv_nsec << 32 | (uint32_t)CALL(SYS_gettid);
    }
    return bits;
}

static int bind_name(int fd)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    memcpy(name.sun_path, OURS, OURS_LENGTH);
    uint64_t bits = random_bits();
    for (int digit = 0; digit < RANDOM_DIGITS; digit++, bits >>= 4) {
        name.sun_path[OURS_LENGTH + digit] = "0123456789abcdef"[bits & 0xf];
    }
    return (int)CALL(SYS_bind, fd, &name, offsetof(struct sockaddr_un, sun_path) + OURS_LENGTH + RANDOM_DIGITS);
}

static int limit_sends(int fd, struct timeval limit)
{
    return (int)CALL(SYS_setsockopt, fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

/* An interrupted connect has not begun: an AF_UNIX socket may simply try again. */
static int connect_to(int fd, const struct sockaddr_un *server, const struct deadline *deadline)
{
    int result;
    do {
        result = (int)CALL(SYS_connect, fd, server, sizeof *server);
    } while (result == -EINTR && !passed(deadline));
    return result;
}

/*
 * Waits until the server has accepted the connection: a socket that has been opened hears what others do from then on. An empty
 * record with a receipt is no message and is acknowledged. A server that hangs up instead does not want to talk to this user.
 */
static int knock(int fd, const struct deadline *deadline)
{
    int receipt;
    int result = (int)pass(fd, NULL, 0, 0, deadline, &receipt);
    if (result < 0) {
        return result == -ENETDOWN ? -EPERM : result;
    }
    bool answered = await(fd, receipt, deadline);
    result = acknowledged(receipt);
    return result == 0 ? 0 : answered ? -EPERM : -ETIMEDOUT;
}

static int connected_to(int fd, const struct sockaddr_un *server, bool nonblocking)
{
    int result;
    do {
        result = bind_name(fd);
    } while (result == -EADDRINUSE);
    if (result == 0) {
        result = limit_sends(fd, CONNECT_LIMIT);
    }
    struct deadline deadline = send_deadline(fd);
    if (result == 0) {
        result = connect_to(fd, server, &deadline);
    }
    if (result == 0) {
        result = knock(fd, &deadline);
    }
    if (result == 0) {
        result = limit_sends(fd, (struct timeval){0});
    }
    return result == 0 && nonblocking ? (int)CALL(SYS_fcntl, fd, F_SETFL, O_RDWR | O_NONBLOCK) : result;
}

/* What connect says as socket would. */
static int as_of_socket(int error)
{
    switch (error) {
    case -EACCES:
    case -EPERM:
    case -ENOMEM:
    case -ENOBUFS:
        return error;
    default:
        return -EAFNOSUPPORT;
    }
}

static int opened(const char *path, int type, int protocol)
{
    struct sockaddr_un server = {.sun_family = AF_UNIX};
    int kind = type & TYPE_MASK;
    int flags = type & ~TYPE_MASK;
    if ((flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) != 0 || kind >= TYPE_END) {
        return -EINVAL;
    }
    if (kind != SOCK_RAW) {
        return -ESOCKTNOSUPPORT;
    }
    if (protocol != KEY_PROTOCOL) {
        return -EPROTONOSUPPORT;
    }
    size_t length = strlen(path);
    if (length > KEY_SOCKET_PATH_MAX) {
        return -EAFNOSUPPORT;
    }
    memcpy(server.sun_path, path, length);
    int fd = (int)CALL(SYS_socket, AF_UNIX, SOCK_SEQPACKET | (flags & SOCK_CLOEXEC), 0);
    if (fd < 0) {
        return fd;
    }
    int result = connected_to(fd, &server, (flags & SOCK_NONBLOCK) != 0);
    if (result == 0) {
        return fd;
    }
    CALL(SYS_close, fd);
    return as_of_socket(result);
}

int key_socket_open(const char *path, int type, int protocol)
{
    int saved = errno;
    int result = opened(path, type, protocol);
    errno = saved;
    return result;
}
