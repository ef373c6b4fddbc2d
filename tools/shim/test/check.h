/*
 * For tests of the preload library: checks that say where they failed, key sockets, and messages of the linux dialect. A
 * test's main returns failures().
 */
#ifndef CHECK_H
#define CHECK_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <linux/pfkeyv2.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int failed;

static inline void check_at(int line, bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "line %d: %s (errno %s)\n", line, what, strerror(errno));
        failed++;
    }
}

#define CHECK(condition) check_at(__LINE__, condition, #condition)

/* The call gives -1 and that errno. */
#define CHECK_FAILS(error, call) check_at(__LINE__, (errno = 0, (call) == -1) && errno == (error), #call " fails with " #error)

static inline int failures(void)
{
    return failed == 0 ? 0 : 1;
}

static inline int open_key(void)
{
    int fd = socket(PF_KEY, SOCK_RAW, PF_KEY_V2);
    if (fd < 0) {
        perror("socket(PF_KEY)");
        exit(1);
    }
    return fd;
}

/* A message of the bare header: FLUSH, DUMP, REGISTER. */
static inline struct sadb_msg header_of(int type, unsigned sequence)
{
    return (struct sadb_msg){.sadb_msg_version = PF_KEY_V2, .sadb_msg_type = (unsigned char)type,
                             .sadb_msg_satype = SADB_SATYPE_ESP, .sadb_msg_len = 2, .sadb_msg_seq = sequence,
                             .sadb_msg_pid = (unsigned)getpid()};
}

struct host {
    struct sadb_address address;
    struct sockaddr_in socket;
};

/* An ADD of an association that protects nothing. */
struct add {
    struct sadb_msg base;
    struct sadb_sa sa;
    struct host source, destination;
    struct sadb_key encryption;
};

static inline struct host host_of(int type, unsigned number)
{
    return (struct host){{.sadb_address_len = 3, .sadb_address_exttype = (unsigned short)type, .sadb_address_prefixlen = 32},
                         {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x0a000000 + number)}};
}

static inline struct add add_of(unsigned spi)
{
    struct add add = {
        .base = header_of(SADB_ADD, spi),
        .sa = {.sadb_sa_len = 2, .sadb_sa_exttype = SADB_EXT_SA, .sadb_sa_spi = htonl(spi), .sadb_sa_state = SADB_SASTATE_MATURE,
               .sadb_sa_encrypt = SADB_EALG_NULL},
        .source = host_of(SADB_EXT_ADDRESS_SRC, 1),
        .destination = host_of(SADB_EXT_ADDRESS_DST, 2),
        .encryption = {.sadb_key_len = 1, .sadb_key_exttype = SADB_EXT_KEY_ENCRYPT},
    };
    add.base.sadb_msg_len = sizeof add / 8;
    return add;
}

/* Takes the next message, which must be queued already; its header is all zero if there is none. */
static inline struct sadb_msg taken(int fd)
{
    unsigned char record[65536] = {0};
    struct sadb_msg base = {0};
    if (recv(fd, record, sizeof record, MSG_DONTWAIT) > 0) {
        memcpy(&base, record, sizeof base);
    }
    return base;
}

/* Removes all associations and what the socket was told. */
static inline void clear(int fd)
{
    struct sadb_msg flush = header_of(SADB_FLUSH, 0);
    flush.sadb_msg_satype = SADB_SATYPE_UNSPEC;
    CHECK(send(fd, &flush, sizeof flush, 0) == sizeof flush);
    while (taken(fd).sadb_msg_type != 0) {
    }
}

/* How many descriptors are open. */
static inline int descriptors(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}

#endif
