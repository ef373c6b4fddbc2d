#define _GNU_SOURCE
#include "notified_send.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "key_socket.h"

/* A longer message cannot say its own length: sadb_msg_len counts 16 bits of 8 bytes. */
enum { LONGEST = UINT16_MAX * 8 };

/* Messages that one sendmmsg takes. */
enum { MESSAGES_MOST = 1024 };

/* Instead of a length: this send is the target's own business. */
enum { LEAVE = -ENOSYS };

/* One message at a time is here, from the target's memory to the socket. */
static unsigned char data[LONGEST];

struct notified_send notified_send_of(const struct target *target, int socket, const struct seccomp_data *call)
{
    struct notified_send send = {
        .target = *target, .socket = socket, .call = call->nr, .at = call->args[1], .count = call->args[2], .receipt = -1};
    switch (call->nr) {
    case SYS_sendmsg:
        send.flags = (int)call->args[2];
        break;
    case SYS_sendto:
        send.flags = (int)call->args[3];
        break;
    case SYS_sendmmsg:
        send.count = (uint32_t)call->args[2] < MESSAGES_MOST ? (uint32_t)call->args[2] : MESSAGES_MOST;
        send.flags = (int)call->args[3];
        break;
    default:
        break;
    }
    return send;
}

/* Reads a message in one piece; its length, or an errno, negative. */
static ssize_t read_piece(const struct notified_send *send, uint64_t at, uint64_t length)
{
    if (length > LONGEST) {
        return length > SSIZE_MAX && send->call == SYS_write ? -EINVAL : -EMSGSIZE;
    }
    int result = target_read(&send->target, at, data, length);
    return result < 0 ? result : (ssize_t)length;
}

static ssize_t read_vector(const struct notified_send *send, uint64_t at, uint64_t count)
{
    struct iovec parts[IOV_MAX];
    if (count > IOV_MAX) {
        return send->call == SYS_writev ? -EINVAL : -EMSGSIZE;
    }
    int result = target_read(&send->target, at, parts, count * sizeof *parts);
    size_t length = 0;
    for (size_t each = 0; result == 0 && each < count; each++) {
        size_t more = parts[each].iov_len;
        if (more > LONGEST - length) {
            result = more > SSIZE_MAX ? -EINVAL : -EMSGSIZE;
        } else {
            result = target_read(&send->target, (uintptr_t)parts[each].iov_base, data + length, more);
            length += more;
        }
    }
    return result < 0 ? result : (ssize_t)length;
}

static uint64_t header_at(const struct notified_send *send)
{
    return send->at + send->done * sizeof(struct mmsghdr);
}

static ssize_t read_message(const struct notified_send *send)
{
    struct msghdr header;
    int result = target_read(&send->target, header_at(send), &header, sizeof header);
    if (result < 0) {
        return result;
    }
    if (header.msg_controllen != 0 && send->call == SYS_sendmsg) {
        return LEAVE; /* the preload library is there too, and waits for itself */
    }
    return read_vector(send, (uintptr_t)header.msg_iov, header.msg_iovlen);
}

static ssize_t read_next(const struct notified_send *send)
{
    switch (send->call) {
    case SYS_writev: {
        ssize_t length = read_vector(send, send->at, send->count);
        return length == 0 ? LEAVE : length; /* nothing to write is no empty message */
    }
    case SYS_sendmsg:
    case SYS_sendmmsg:
        return read_message(send);
    default:
        return read_piece(send, send->at, send->count);
    }
}

static bool end(struct notified_send *send, long result)
{
    if (result == LEAVE || result == -EPERM) {
        target_continue(&send->target); /* it cannot be helped: sent, but not waited for */
    } else {
        target_return(&send->target, result < 0 && send->done > 0 ? send->done : result);
    }
    close(send->socket);
    target_release(&send->target);
    return true;
}

/* The message under way is acknowledged; whether it was the last, with the result of the whole call then. */
static bool is_last(struct notified_send *send, long *result)
{
    if (send->call != SYS_sendmmsg) {
        *result = (long)send->length;
        return true;
    }
    unsigned length = (unsigned)send->length;
    *result = target_write(&send->target, header_at(send) + offsetof(struct mmsghdr, msg_len), &length, sizeof length);
    if (*result < 0) {
        return true;
    }
    *result = ++send->done;
    return send->done == send->count;
}

/* While a message is under way the socket is polled too: it tells when the emulator has gone. */
void notified_send_awaits(const struct notified_send *send, struct pollfd awaited[NOTIFIED_SEND_AWAITS])
{
    awaited[0] = (struct pollfd){.fd = send->receipt, .events = POLLIN};
    awaited[1] = (struct pollfd){.fd = send->socket, .events = send->receipt < 0 ? POLLOUT : 0};
}

static bool waits(const struct notified_send *send)
{
    struct pollfd awaited[NOTIFIED_SEND_AWAITS];
    notified_send_awaits(send, awaited);
    return poll(awaited, NOTIFIED_SEND_AWAITS, 0) == 0;
}

bool notified_send_go_on(struct notified_send *send)
{
    if (send->call == SYS_sendmmsg && send->count == 0) {
        return end(send, 0);
    }
    while (!waits(send)) {
        long result;
        if (send->receipt < 0) {
            result = read_next(send);
            if (result >= 0) {
                send->length = (size_t)result;
                result = key_socket_pass(send->socket, &(struct iovec){data, send->length}, 1, send->flags, &send->receipt);
            }
        } else {
            result = key_socket_acknowledged(send->receipt);
            send->receipt = -1;
            if (result == 0 && is_last(send, &result)) {
                return end(send, result);
            }
        }
        if (result < 0) {
            return end(send, result);
        }
    }
    return false;
}
