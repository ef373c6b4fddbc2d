/*
 * Key sockets of an emulated kernel: what socket(PF_KEY, SOCK_RAW, PF_KEY_V2) gives a program is an AF_UNIX SEQPACKET
 * connection to the emulator. Shared by the preload library and the seccomp launcher.
 *
 * All functions are async-signal-safe, leave errno alone, are no cancellation points and keep nothing in memory: a
 * descriptor is known by a property of its socket, the name it is bound to, which survives dup, fork, exec and passing.
 * They speak to the system directly, so that no wrapper of a library function gets in their way.
 */
#ifndef KEY_SOCKET_H
#define KEY_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

/* PF_KEY and PF_KEY_V2 of <linux/socket.h> and RFC 2367. */
enum { KEY_FAMILY = 15, KEY_PROTOCOL = 2 };

/* Bytes of the longest path of a socket. */
enum { KEY_SOCKET_PATH_MAX = 107 };

/*
 * What socket(KEY_FAMILY, type, protocol) gives: a descriptor connected to the SEQPACKET socket at path, or an errno, negative.
 * No server there is EAFNOSUPPORT, as on a kernel without PF_KEY.
 */
int key_socket_open(const char *path, int type, int protocol);

/* Whether the descriptor is one of a key socket, whoever opened it. */
bool key_socket_is(int fd);

/*
 * Sends a message and waits until every answer and broadcast it caused is queued at its receiver (decisions.md 19), also on
 * a socket that does not block. Returns what the kernel's send returns: the number of bytes, or an errno, negative. EINTR
 * means that nothing was sent. SO_SNDTIMEO limits the wait: EAGAIN before the message is on its way, success after that.
 */
ssize_t key_socket_send(int fd, const struct iovec *parts, size_t count, int flags);

/*
 * The two halves of key_socket_send, for who waits for several at once. The first puts the message on its way, with
 * the time limit of the socket, and sets *acknowledgement to a descriptor that becomes readable when it has been
 * handled; when the server goes away instead, only the key socket says so (POLLHUP). The second reads that descriptor without
 * waiting, closes it and returns 0 or the errno of the send, negative: ENETDOWN when there is no acknowledgement.
 */
ssize_t key_socket_pass(int fd, const struct iovec *parts, size_t count, int flags, int *acknowledgement);
int key_socket_acknowledged(int acknowledgement);

#endif
