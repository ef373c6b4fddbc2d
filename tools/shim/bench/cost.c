/*
 * What a call costs, in the median. By role:
 *
 * cost plain SOCKET SECONDS   send and recv of 200 bytes over an AF_UNIX SEQPACKET connection
 * cost key SECONDS            send of a GET through socket(PF_KEY), and send with recv of its answer
 * cost foreign SECONDS        write of 64 bytes to what is no key socket
 */
#include <fcntl.h>
#include <linux/pfkeyv2.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1 << 22, RECORD = 200, ROOM = 4096 };

static unsigned times[MOST];
static unsigned char answer[ROOM];

static long check(long result, const char *what)
{
    if (result < 0) {
        perror(what);
        exit(1);
    }
    return result;
}

static long long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int order(const void *one, const void *other)
{
    unsigned a = *(const unsigned *)one, b = *(const unsigned *)other;
    return (a > b) - (a < b);
}

static void report(const char *what, size_t count)
{
    qsort(times, count, sizeof *times, order);
    printf("%s %.2f\n", what, times[count / 2] / 1000.0);
}

struct record {
    int fd;
    const void *data;
    size_t size;
};

typedef void timed(const struct record *);

static void exchange(const struct record *record)
{
    check(send(record->fd, record->data, record->size, 0), "send");
    check(recv(record->fd, answer, sizeof answer, 0), "recv");
}

static void send_only(const struct record *record)
{
    check(send(record->fd, record->data, record->size, 0), "send");
}

static void take(const struct record *record)
{
    check(recv(record->fd, answer, sizeof answer, 0), "recv");
}

static void write_only(const struct record *record)
{
    check(write(record->fd, record->data, record->size), "write");
}

static void nothing(const struct record *record)
{
    (void)record;
}

static void measure(const char *what, double seconds, const struct record *record, timed *call, timed *afterwards)
{
    long long end = now() + (long long)(seconds * 1e9);
    size_t count = 0;
    while (count < MOST) {
        long long begun = now();
        call(record);
        long long ended = now();
        afterwards(record);
        times[count++] = (unsigned)(ended - begun);
        if (ended > end) {
            break;
        }
    }
    report(what, count);
}

static int connected(const char *path)
{
    struct sockaddr_un server = {.sun_family = AF_UNIX};
    strncpy(server.sun_path, path, sizeof server.sun_path - 1);
    int fd = (int)check(socket(AF_UNIX, SOCK_SEQPACKET, 0), "socket");
    check(connect(fd, (struct sockaddr *)&server, sizeof server), path);
    return fd;
}

struct association {
    struct sadb_msg base;
    struct sadb_sa sa;
    struct {
        struct sadb_address address;
        struct sockaddr_in host;
    } source, destination;
    struct {
        struct sadb_key key;
        unsigned char bits[16];
    } authentication, encryption;
};

static struct association association(int type)
{
    return (struct association){
        .base = {.sadb_msg_version = PF_KEY_V2, .sadb_msg_type = (unsigned char)type, .sadb_msg_satype = SADB_SATYPE_ESP,
                 .sadb_msg_len = sizeof(struct association) / 8, .sadb_msg_pid = (unsigned)getpid()},
        .sa = {.sadb_sa_len = 2, .sadb_sa_exttype = SADB_EXT_SA, .sadb_sa_spi = htonl(0x1000),
               .sadb_sa_state = SADB_SASTATE_MATURE, .sadb_sa_auth = SADB_AALG_MD5HMAC, .sadb_sa_encrypt = SADB_X_EALG_AESCBC},
        .source = {{.sadb_address_len = 3, .sadb_address_exttype = SADB_EXT_ADDRESS_SRC, .sadb_address_prefixlen = 32},
                   {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x0a000001)}},
        .destination = {{.sadb_address_len = 3, .sadb_address_exttype = SADB_EXT_ADDRESS_DST, .sadb_address_prefixlen = 32},
                        {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x0a000002)}},
        .authentication = {{.sadb_key_len = 3, .sadb_key_exttype = SADB_EXT_KEY_AUTH, .sadb_key_bits = 128}, {1}},
        .encryption = {{.sadb_key_len = 3, .sadb_key_exttype = SADB_EXT_KEY_ENCRYPT, .sadb_key_bits = 128}, {2}},
    };
}

static void key(double seconds)
{
    int fd = (int)check(socket(PF_KEY, SOCK_RAW, PF_KEY_V2), "socket(PF_KEY)");
    struct association add = association(SADB_ADD);
    struct association get = association(SADB_GET);
    get.base.sadb_msg_len -= (sizeof get.authentication + sizeof get.encryption) / 8;
    send_only(&(struct record){fd, &add, sizeof add});
    take(&(struct record){.fd = fd});
    struct record record = {fd, &get, get.base.sadb_msg_len * 8};
    measure("warm", 2 * seconds, &record, exchange, nothing);
    measure("send", seconds, &record, send_only, take);
    measure("exchange", seconds, &record, exchange, nothing);
}

static void drain(const struct record *record)
{
    check(read(record->fd - 1, answer, sizeof answer), "read"); /* a pipe's reading end comes before its writing end */
}

static void foreign(double seconds)
{
    int ends[2];
    check(pipe(ends), "pipe");
    int pair[2];
    check(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
    measure("null", seconds, &(struct record){open("/dev/null", O_WRONLY), answer, 64}, write_only, nothing);
    measure("pipe", seconds, &(struct record){ends[1], answer, 64}, write_only, drain);
    measure("socket", seconds, &(struct record){pair[1], answer, 64}, write_only, drain);
}

int main(int count, char **words)
{
    const char *role = count > 2 ? words[1] : "";
    if (strcmp(role, "plain") == 0 && count == 4) {
        struct record record = {connected(words[2]), answer, RECORD};
        measure("exchange", atof(words[3]), &record, exchange, nothing);
    } else if (strcmp(role, "key") == 0) {
        key(atof(words[2]));
    } else if (strcmp(role, "foreign") == 0) {
        foreign(atof(words[2]));
    } else {
        fprintf(stderr, "usage: cost plain SOCKET SECONDS | key SECONDS | foreign SECONDS\n");
        return 2;
    }
    return 0;
}
