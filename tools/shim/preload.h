/*
 * The preload library: what its files share. It takes the place of calls of the C library; whatever is not about a
 * key socket or a kernel's table goes on to the functions that would have been called without it.
 */
#ifndef PRELOAD_H
#define PRELOAD_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <stdbool.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
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
    FUNCTION(ssize_t, __recvfrom_chk, (int, void *, size_t, size_t, int, struct sockaddr *, socklen_t *)) \
    FUNCTION(int, open, (const char *, int, ...)) \
    FUNCTION(int, open64, (const char *, int, ...)) \
    FUNCTION(int, openat, (int, const char *, int, ...)) \
    FUNCTION(int, openat64, (int, const char *, int, ...)) \
    FUNCTION(int, creat, (const char *, mode_t)) \
    FUNCTION(int, creat64, (const char *, mode_t)) \
    FUNCTION(int, __open_2, (const char *, int)) \
    FUNCTION(int, __open64_2, (const char *, int)) \
    FUNCTION(int, __openat_2, (int, const char *, int)) \
    FUNCTION(int, __openat64_2, (int, const char *, int)) \
    FUNCTION(FILE *, fopen, (const char *, const char *)) \
    FUNCTION(FILE *, fopen64, (const char *, const char *)) \
    FUNCTION(FILE *, freopen, (const char *, const char *, FILE *)) \
    FUNCTION(FILE *, freopen64, (const char *, const char *, FILE *)) \
    FUNCTION(int, access, (const char *, int)) \
    FUNCTION(int, euidaccess, (const char *, int)) \
    FUNCTION(int, eaccess, (const char *, int)) \
    FUNCTION(int, faccessat, (int, const char *, int, int)) \
    FUNCTION(int, stat, (const char *, struct stat *)) \
    FUNCTION(int, lstat, (const char *, struct stat *)) \
    FUNCTION(int, fstatat, (int, const char *, struct stat *, int)) \
    FUNCTION(int, stat64, (const char *, struct stat64 *)) \
    FUNCTION(int, lstat64, (const char *, struct stat64 *)) \
    FUNCTION(int, fstatat64, (int, const char *, struct stat64 *, int)) \
    FUNCTION(int, statx, (int, const char *, int, unsigned, struct statx *)) \
    FUNCTION(int, fstat, (int, struct stat *)) \
    FUNCTION(int, fstat64, (int, struct stat64 *)) \
    FUNCTION(int, __fxstat, (int, int, struct stat *)) \
    FUNCTION(int, __fxstat64, (int, int, struct stat64 *)) \
    FUNCTION(int, __xstat, (int, const char *, struct stat *)) \
    FUNCTION(int, __lxstat, (int, const char *, struct stat *)) \
    FUNCTION(int, __fxstatat, (int, int, const char *, struct stat *, int)) \
    FUNCTION(int, __xstat64, (int, const char *, struct stat64 *)) \
    FUNCTION(int, __lxstat64, (int, const char *, struct stat64 *)) \
    FUNCTION(int, __fxstatat64, (int, int, const char *, struct stat64 *, int))

struct replaced {
#define POINTER(result, name, parameters) result(*name) parameters;
    REPLACED(POINTER)
#undef POINTER
};

/* What a replaced function would have been. */
const struct replaced *next(void);

/* The emulator's SEQPACKET socket; NULL when there is none and nothing is to be done. */
const char *emulator(void);

/* Where a KLIPS emulator serves its tables; NULL when the emulator is none of KLIPS, or not there. */
const char *tables(void);

/* The table that a path means in a program that runs on KLIPS, seen from a folder (or AT_FDCWD) if it is relative; or NULL. */
struct proc_table;
const struct proc_table *table_at(int folder, const char *path);

/* Whether a table is there: 0, or an errno. */
int table_missing(const struct proc_table *table);

/* What a call gives that has a path: an answer about that table, or what the C library says. */
#define IF_TABLE(folder, path, answer, call) \
    ({ \
        const struct proc_table *table = table_at(folder, path); \
        table != NULL ? (answer) : next()->call; \
    })

/* Whether the descriptor is a key socket, and an emulator is there. */
bool is_key_socket(int fd);

/* Sets errno; -1. */
int fail(int error);

#endif
