/*
 * A client that loads a PF_KEY server over AF_UNIX sockets and prints what it measured, one
 * "NAME VALUE" a line. Messages are of the rfc2367 and linux dialects, host byte order.
 *
 * usage: load DIR|SOCKET add COUNT           COUNT SAs, pipelined; SAs a second
 *        load ... spdadd COUNT               COUNT policies of the linux dialect, pipelined; policies a second
 *        load ... get SECONDS                one GET after the other; round trips a second, p50 and p99 in us
 *        load ... pipe SECONDS               GETs, 64 under way; messages a second
 *        load ... echo SECONDS               as get, any answer of the same type counts (C peer)
 *        load ... echopipe SECONDS           as pipe
 *        load ... dump                       one DUMP; messages, seconds
 *        load ... table NAME                 one table of tables.sock; lines, bytes, seconds
 *        load ... flush                      removes all SAs
 *        load ... spdflush                   removes all policies
 *        load ... idle COUNT                 holds COUNT connections until standard input ends
 *
 * SOCKET ending in .stream or tables.sock is a SOCK_STREAM socket, any other SOCK_SEQPACKET.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { ADD = 3, GET = 5, FLUSH = 9, DUMP = 10, X_SPDADD = 14, X_SPDFLUSH = 19, ESP = 3 };

static int stream;
static unsigned char in[1 << 20];
static size_t held, taken;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int dial(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    stream = (length > 7 && !strcmp(path + length - 7, ".stream")) || (length > 11 && !strcmp(path + length - 11, "tables.sock"));
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int fd = socket(AF_UNIX, (stream ? SOCK_STREAM : SOCK_SEQPACKET) | SOCK_CLOEXEC, 0);
    int size = 1 << 20;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) die(path);
    return fd;
}

/* The next message: its start in memory, or NULL at the end. */
static unsigned char *next(int fd) {
    if (!stream) {
        ssize_t got = recv(fd, in, sizeof in, 0);
        if (got < 0) die("recv");
        return got == 0 ? NULL : in;
    }
    for (;;) {
        size_t have = held - taken;
        if (have >= 16) {
            uint16_t words;
            memcpy(&words, in + taken + 4, 2);
            if (have >= words * 8u) {
                unsigned char *message = in + taken;
                taken += words * 8u;
                return message;
            }
        }
        memmove(in, in + taken, have);
        taken = 0;
        held = have;
        ssize_t got = recv(fd, in + held, sizeof in - held, 0);
        if (got < 0) die("recv");
        if (got == 0) return NULL;
        held += got;
    }
}

static unsigned char *put16(unsigned char *p, uint16_t v) { memcpy(p, &v, 2); return p + 2; }
static unsigned char *put32(unsigned char *p, uint32_t v) { memcpy(p, &v, 4); return p + 4; }

static unsigned char *base(unsigned char *p, int type, int words, uint32_t sequence) {
    unsigned char head[4] = {2, type, 0, type == ADD || type == GET ? ESP : 0};
    memcpy(p, head, 4);
    p = put16(p + 4, words);
    p = put16(p, 0);
    p = put32(p, sequence);
    return put32(p, getpid());
}

static unsigned char *sa(unsigned char *p, uint32_t spi, int auth, int encrypt) {
    unsigned char tail[8] = {0, 1, auth, encrypt};
    p = put16(put16(p, 2), 1);
    p = put32(p, __builtin_bswap32(spi));
    memcpy(p, tail, 8);
    return p + 8;
}

static unsigned char *address(unsigned char *p, int type, uint32_t ip) {
    memset(p, 0, 24);
    put16(put16(p, 3), type);
    p[5] = 32;
    put16(p + 8, 2);
    put32(p + 12, __builtin_bswap32(ip));
    return p + 24;
}

static unsigned char *key(unsigned char *p, int type, int bits, uint32_t seed) {
    int words = 1 + (bits / 8 + 7) / 8;
    memset(p, 0, words * 8);
    put16(put16(put16(p, words), type), bits);
    for (int i = 0; i < bits / 8; i++) p[8 + i] = (seed = seed * 1103515245 + 12345) >> 16;
    return p + words * 8;
}

static unsigned char *lifetime(unsigned char *p, int type, uint64_t addtime) {
    memset(p, 0, 32);
    put16(put16(p, 4), type);
    memcpy(p + 16, &addtime, 8);
    return p + 32;
}

static const uint32_t SRC = 0x0a000001, DST = 0x0a000002;

static int add_message(unsigned char *m, uint32_t n) {
    unsigned char *p = sa(m + 16, 0x1000 + n, 3, 12);
    p = address(p, 5, SRC);
    p = address(p, 6, DST + (n >> 20));
    p = key(p, 8, 160, n);
    p = key(p, 9, 128, n);
    p = lifetime(p, 3, 1000000);
    p = lifetime(p, 4, 900000);
    base(m, ADD, (p - m) / 8, n + 1);
    return p - m;
}

/* ESP in transport mode, required for everything from one host to another */
static int spdadd_message(unsigned char *m, uint32_t n) {
    unsigned char *p = m + 16, direction[4] = {2}, mode_level[4] = {1, 2};
    p = put16(put16(put16(p, 4), 18), 2);
    memcpy(p, direction, 2);
    p = put32(put32(p + 2, 0), 0x80000000);
    p = put16(put16(p, 16), 50);
    memcpy(p, mode_level, 4);
    p = put32(put32(p + 4, 0), 0);
    p = address(p, 5, SRC);
    p = address(p, 6, DST + n);
    base(m, X_SPDADD, (p - m) / 8, n + 1);
    return p - m;
}

static int get_message(unsigned char *m, uint32_t n) {
    unsigned char *p = sa(m + 16, 0x1000, 0, 0);
    p = address(p, 5, SRC);
    p = address(p, 6, DST);
    base(m, GET, (p - m) / 8, n + 1);
    return p - m;
}

static int echo_message(unsigned char *m, uint32_t n) {
    memset(m, 0, 200);
    base(m, GET, 25, n);
    return 200;
}

/* Writes the request number n and gives its length. */
typedef int maker(unsigned char *m, uint32_t n);

static void put(int fd, const void *m, size_t length) {
    if (send(fd, m, length, MSG_NOSIGNAL) != (ssize_t)length) die("send");
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Keeps up to `window` requests under way until `total` answers came or `seconds` went by. */
static void pump(int fd, maker *make, uint64_t total, double seconds, int window) {
    unsigned char m[512], batch[65536];
    uint64_t sent = 0, answered = 0, refused = 0;
    double from = now(), until = seconds > 0 ? from + seconds : 1e18;
    while (answered < total && (answered < sent || now() < until)) {
        size_t filled = 0;
        while (sent < total && sent - answered < (uint64_t)window && now() < until) {
            int length = make(m, sent);
            if (!stream) {
                put(fd, m, length);
            } else {
                memcpy(batch + filled, m, length);
                filled += length;
                if (filled > sizeof batch - 512) put(fd, batch, filled), filled = 0;
            }
            sent++;
        }
        if (filled) put(fd, batch, filled);
        do {
            unsigned char *reply = next(fd);
            if (!reply) exit(fprintf(stderr, "the server is gone\n"));
            refused += reply[2] != 0;
            answered++;
        } while (stream && held - taken >= 16 && answered < sent);
    }
    double took = now() - from;
    printf("messages_per_second %.0f\nmessages %llu\nrefused %llu\n", answered / took,
           (unsigned long long)answered, (unsigned long long)refused);
}

static void ping(int fd, maker *make, double seconds) {
    static double took[4000000];
    size_t count = 0;
    unsigned char m[512];
    double from = now(), last = from;
    while (last - from < seconds && count < sizeof took / sizeof *took) {
        put(fd, m, make(m, count));
        unsigned char *reply = next(fd);
        if (!reply || reply[2]) exit(fprintf(stderr, "refused: errno %d\n", reply ? reply[2] : -1));
        double t = now();
        took[count++] = t - last;
        last = t;
    }
    double all = last - from;
    qsort(took, count, sizeof *took, compare);
    printf("round_trips_per_second %.0f\np50_us %.1f\np99_us %.1f\nmax_us %.1f\n", count / all,
           took[count / 2] * 1e6, took[(size_t)(count * 0.99)] * 1e6, took[count - 1] * 1e6);
}

static void dump(int fd) {
    unsigned char m[16];
    base(m, DUMP, 2, 1);
    double from = now();
    put(fd, m, 16);
    uint64_t count = 0, bytes = 0;
    for (;;) {
        unsigned char *reply = next(fd);
        if (!reply) exit(fprintf(stderr, "the server is gone\n"));
        if (reply[1] != DUMP) continue;
        uint32_t sequence;
        uint16_t words;
        memcpy(&sequence, reply + 8, 4);
        memcpy(&words, reply + 4, 2);
        count++;
        bytes += words * 8u;
        if (reply[2] || sequence == 0) break;
    }
    printf("messages %llu\nbytes %llu\nseconds %.3f\n", (unsigned long long)count,
           (unsigned long long)bytes, now() - from);
}

static void table(int fd, const char *name) {
    double start = now();
    dprintf(fd, "%s\n", name);
    uint64_t lines = 0, bytes = 0;
    ssize_t got;
    while ((got = recv(fd, in, sizeof in, 0)) > 0) {
        bytes += got;
        for (unsigned char *at = in; (at = memchr(at, '\n', in + got - at)) != NULL; at++) lines++;
    }
    if (got < 0) die("recv");
    printf("lines %lu\nbytes %lu\nseconds %.3f\n", lines, bytes, now() - start);
}

static void flush(int fd, int type) {
    unsigned char m[16];
    base(m, type, 2, 1);
    put(fd, m, 16);
    if (!next(fd)) exit(fprintf(stderr, "the server is gone\n"));
}

int main(int argc, char **argv) {
    if (argc < 3) return fprintf(stderr, "usage: load SOCKET add|spdadd|get|pipe|echo|echopipe|dump|table|flush|spdflush|idle [N]\n"), 2;
    const char *what = argv[2];
    double n = argc > 3 ? atof(argv[3]) : 1;
    if (!strcmp(what, "idle")) {
        struct rlimit limit = {8192, 8192};
        setrlimit(RLIMIT_NOFILE, &limit);
        for (int i = 0; i < n; i++) dial(argv[1]);
        puts("ready");
        fflush(stdout);
        while (getchar() != EOF) {}
        return 0;
    }
    int fd = dial(argv[1]);
    if (!strcmp(what, "add")) pump(fd, add_message, n, 0, stream ? 512 : 64);
    else if (!strcmp(what, "spdadd")) pump(fd, spdadd_message, n, 0, stream ? 512 : 64);
    else if (!strcmp(what, "pipe")) pump(fd, get_message, UINT64_MAX, n, 64);
    else if (!strcmp(what, "echopipe")) pump(fd, echo_message, UINT64_MAX, n, 64);
    else if (!strcmp(what, "get")) ping(fd, get_message, n);
    else if (!strcmp(what, "echo")) ping(fd, echo_message, n);
    else if (!strcmp(what, "dump")) dump(fd);
    else if (!strcmp(what, "table") && argc > 3) table(fd, argv[3]);
    else if (!strcmp(what, "flush")) flush(fd, FLUSH);
    else if (!strcmp(what, "spdflush")) flush(fd, X_SPDFLUSH);
    else return fprintf(stderr, "unknown: %s\n", what), 2;
    return 0;
}
