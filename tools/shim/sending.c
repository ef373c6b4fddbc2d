/* All calls that send: on a key socket each one is an acknowledged message. */
#include "preload.h"

#include <errno.h>
#include <limits.h>

#include "key_socket.h"

static ssize_t key_send(int fd, const struct iovec *parts, size_t count, int flags)
{
    ssize_t sent = key_socket_send(fd, parts, count, flags);
    return sent < 0 ? fail((int)-sent) : sent;
}

static ssize_t key_send_one(int fd, const void *data, size_t size, int flags)
{
    struct iovec part = {.iov_base = (void *)data, .iov_len = size};
    return key_send(fd, &part, 1, flags);
}

EXPORTED ssize_t write(int fd, const void *data, size_t size)
{
    return is_key_socket(fd) ? key_send_one(fd, data, size, 0) : next()->write(fd, data, size);
}

/* As any writev it does nothing when there is nothing to write; write and send would send an empty message. */
EXPORTED ssize_t writev(int fd, const struct iovec *parts, int count)
{
    bool key = count >= 0 && count <= IOV_MAX && is_key_socket(fd);
    size_t size = 0;
    for (int each = 0; key && each < count; each++) {
        size += parts[each].iov_len;
    }
    return size != 0 ? key_send(fd, parts, (size_t)count, 0) : next()->writev(fd, parts, count);
}

EXPORTED ssize_t send(int fd, const void *data, size_t size, int flags)
{
    return is_key_socket(fd) ? key_send_one(fd, data, size, flags) : next()->send(fd, data, size, flags);
}

/* The address says nothing on a key socket, nor does the ancillary data of sendmsg. */
EXPORTED ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length)
{
    return is_key_socket(fd) ? key_send_one(fd, data, size, flags) : next()->sendto(fd, data, size, flags, to, length);
}

EXPORTED ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    return is_key_socket(fd) ? key_send(fd, message->msg_iov, message->msg_iovlen, flags) : next()->sendmsg(fd, message, flags);
}

EXPORTED int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags)
{
    if (!is_key_socket(fd)) {
        return next()->sendmmsg(fd, messages, count, flags);
    }
    unsigned done = 0;
    while (done < count) {
        const struct msghdr *message = &messages[done].msg_hdr;
        ssize_t sent = key_send(fd, message->msg_iov, message->msg_iovlen, flags);
        if (sent < 0) {
            return done == 0 ? -1 : (int)done;
        }
        messages[done++].msg_len = (unsigned)sent;
    }
    return (int)done;
}
