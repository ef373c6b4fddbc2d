/*
 * The preload library: what its files share. It takes the place of the C library's socket calls; whatever is not about a
 * key socket goes on to the functions that would have been called without it.
 */
#ifndef PRELOAD_H
#define PRELOAD_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <stdbool.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>

/* Seen from outside; everything else is hidden. */
#define EXPORTED __attribute__((visibility("default")))

/* The functions whose place is taken, each with its result and parameters. */
#define REPLACED(FUNCTION) \
    FUNCTION(int, socket, (int, int, int)) \
    FUNCTION(int, bind, (int, const struct sockaddr *, socklen_t)) \
    FUNCTION(int, connect, (int, const struct sockaddr *, socklen_t)) \
    FUNCTION(int, listen, (int, int)) \
    FUNCTION(int, accept, (int, struct sockaddr *, socklen_t *)) \
    FUNCTION(int, accept4, (int, struct sockaddr *, socklen_t *, int)) \
    FUNCTION(int, shutdown, (int, int)) \
    FUNCTION(int, getsockname, (int, struct sockaddr *, socklen_t *)) \
    FUNCTION(int, getpeername, (int, struct sockaddr *, socklen_t *)) \
    FUNCTION(int, getsockopt, (int, int, int, void *, socklen_t *)) \
    FUNCTION(int, setsockopt, (int, int, int, const void *, socklen_t)) \
    FUNCTION(ssize_t, write, (int, const void *, size_t)) \
    FUNCTION(ssize_t, writev, (int, const struct iovec *, int)) \
    FUNCTION(ssize_t, send, (int, const void *, size_t, int)) \
    FUNCTION(ssize_t, sendto, (int, const void *, size_t, int, const struct sockaddr *, socklen_t)) \
    FUNCTION(ssize_t, sendmsg, (int, const struct msghdr *, int)) \
    FUNCTION(int, sendmmsg, (int, struct mmsghdr *, unsigned, int)) \
    FUNCTION(ssize_t, read, (int, void *, size_t)) \
    FUNCTION(ssize_t, readv, (int, const struct iovec *, int)) \
    FUNCTION(ssize_t, recv, (int, void *, size_t, int)) \
    FUNCTION(ssize_t, recvfrom, (int, void *, size_t, int, struct sockaddr *, socklen_t *)) \
    FUNCTION(ssize_t, recvmsg, (int, struct msghdr *, int)) \
    FUNCTION(int, recvmmsg, (int, struct mmsghdr *, unsigned, int, struct timespec *)) \
    FUNCTION(ssize_t, __read_chk, (int, void *, size_t, size_t)) \
    FUNCTION(ssize_t, __recv_chk, (int, void *, size_t, size_t, int)) \
    FUNCTION(ssize_t, __recvfrom_chk, (int, void *, size_t, size_t, int, struct sockaddr *, socklen_t *))

struct replaced {
#define POINTER(result, name, parameters) result(*name) parameters;
    REPLACED(POINTER)
#undef POINTER
};

/* What a replaced function would have been. */
const struct replaced *next(void);

/* The emulator's SEQPACKET socket; NULL when there is none and nothing is to be done. */
const char *emulator(void);

/* Whether the descriptor is a key socket, and an emulator is there. */
bool is_key_socket(int fd);

/* Sets errno; -1. */
int fail(int error);

#endif
