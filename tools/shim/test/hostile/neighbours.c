/*
 * Programs that misbehave while another one, this process, makes requests that must all be answered, and rightly:
 *
 *     neighbours killed|floods|deaf|hoards|swarm
 */
#include "../check.h"

#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

enum { OURS = 0x1000, THEIRS = 0x10000, CHILDREN = 50 };

static int report[2];

struct get {
    struct sadb_msg base;
    struct sadb_sa sa;
    struct host source, destination;
};

static struct get get_of(unsigned spi)
{
    struct add add = add_of(spi);
    struct get get = {add.base, add.sa, add.source, add.destination};
    get.base.sadb_msg_type = SADB_GET;
    get.base.sadb_msg_len = sizeof get / 8;
    return get;
}

/* The answer to a request of ours; what others do is heard as well, and left out. */
static bool answered(int fd, int type, unsigned spi)
{
    struct {
        struct sadb_msg base;
        struct sadb_sa sa;
        char rest[4096];
    } heard;
    do {
        if (recv(fd, &heard, sizeof heard, 0) < (ssize_t)sizeof heard.base) {
            return false;
        }
    } while (heard.base.sadb_msg_pid != (unsigned)getpid() || heard.base.sadb_msg_seq != spi);
    return heard.base.sadb_msg_type == type && heard.base.sadb_msg_errno == 0 && heard.sa.sadb_sa_spi == htonl(spi);
}

static bool adds(int fd, unsigned spi)
{
    struct add add = add_of(spi);
    return send(fd, &add, sizeof add, 0) == sizeof add && answered(fd, SADB_ADD, spi);
}

static bool gets(int fd, unsigned spi)
{
    struct get get = get_of(spi);
    return send(fd, &get, sizeof get, 0) == sizeof get && answered(fd, SADB_GET, spi);
}

/* Starts a process that does this and says a byte when it is at it. */
static pid_t neighbour(void (*what)(unsigned number), unsigned number)
{
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        what(number);
        _exit(failures());
    }
    return child;
}

static void at_it(void)
{
    CHECK(write(report[1], "!", 1) == 1);
}

static void await(int count)
{
    char byte;
    for (int each = 0; each < count; each++) {
        CHECK(read(report[0], &byte, 1) == 1);
    }
}

/* Whether it ended by itself, and well. */
static bool ended_well(pid_t child)
{
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void end(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void send_for_ever(unsigned number)
{
    int fd = open_key();
    for (unsigned spi = THEIRS + (number << 16);; spi++) {
        struct add add = add_of(spi);
        CHECK(send(fd, &add, sizeof add, 0) == sizeof add);
        if (spi % 0x10000 == 3) {
            at_it();
        }
    }
}

/* Each is killed while it sends, over and over. */
static void killed(int fd)
{
    for (unsigned round = 0; round < 40; round++) {
        pid_t child = neighbour(send_for_ever, round);
        await(1);
        for (unsigned count = 0; count < 10; count++) {
            CHECK(adds(fd, OURS + round * 10 + count));
        }
        end(child);
        CHECK(gets(fd, OURS + round * 10));
    }
}

/* Asks for what has long answers and reads none. */
static void ask_for_ever(unsigned number)
{
    int fd = open_key();
    struct sadb_msg requests[] = {header_of(SADB_REGISTER, 1), header_of(SADB_DUMP, 2)};
    at_it();
    for (;; number++) {
        ssize_t sent = send(fd, &requests[number % 2], sizeof *requests, 0);
        CHECK(sent == sizeof *requests || errno == EBUSY);
    }
}

static void floods(int fd)
{
    pid_t children[4];
    for (unsigned each = 0; each < 4; each++) {
        children[each] = neighbour(ask_for_ever, each);
    }
    await(4);
    for (unsigned spi = OURS; spi < OURS + 500; spi++) {
        CHECK(adds(fd, spi));
        CHECK(gets(fd, spi));
    }
    for (int each = 0; each < 4; each++) {
        end(children[each]);
    }
    CHECK(gets(fd, OURS));
}

/* Has sockets that hear everything, and listens to none. */
static void hear_nothing(unsigned number)
{
    for (unsigned each = 0; each < 5; each++) {
        struct sadb_msg promiscuous = header_of(SADB_X_PROMISC, number);
        promiscuous.sadb_msg_satype = 1;
        int fd = open_key();
        CHECK(send(fd, &promiscuous, sizeof promiscuous, 0) == sizeof promiscuous);
    }
    at_it();
    pause();
}

static void deaf(int fd)
{
    pid_t children[4];
    for (unsigned each = 0; each < 4; each++) {
        children[each] = neighbour(hear_nothing, each);
    }
    await(4);
    for (unsigned spi = OURS; spi < OURS + 2000; spi++) {
        CHECK(adds(fd, spi));
    }
    CHECK(gets(fd, OURS) && gets(fd, OURS + 1999));
    for (int each = 0; each < 4; each++) {
        end(children[each]);
    }
    CHECK(gets(fd, OURS));
}

/* As many sockets as it may have. */
static void hold_all(unsigned number)
{
    struct rlimit limit = {500, 500};
    (void)number;
    setrlimit(RLIMIT_NOFILE, &limit);
    while (socket(PF_KEY, SOCK_RAW, PF_KEY_V2) >= 0) {
    }
    CHECK(errno == EMFILE || errno == ENOBUFS); /* none for the key socket, or none for its acknowledgement */
    at_it();
    pause();
}

static void hoards(int fd)
{
    pid_t child = neighbour(hold_all, 0);
    await(1);
    for (unsigned spi = OURS; spi < OURS + 50; spi++) {
        CHECK(adds(fd, spi));
        CHECK(gets(fd, spi));
    }
    int another = open_key();
    CHECK(gets(another, OURS));
    close(another);
    end(child);
    CHECK(gets(fd, OURS));
}

static void add_some(unsigned number)
{
    int fd = open_key();
    at_it();
    for (unsigned spi = THEIRS + number * 100; spi < THEIRS + number * 100 + 100; spi++) {
        CHECK(adds(fd, spi));
    }
}

/* Many at once, each of which does well. */
static void swarm(int fd)
{
    pid_t children[CHILDREN];
    for (unsigned each = 0; each < CHILDREN; each++) {
        children[each] = neighbour(add_some, each);
    }
    for (unsigned spi = OURS; spi < OURS + 100; spi++) {
        CHECK(adds(fd, spi));
        CHECK(gets(fd, spi));
    }
    for (int each = 0; each < CHILDREN; each++) {
        CHECK(ended_well(children[each]));
    }
    for (unsigned spi = THEIRS; spi < THEIRS + CHILDREN * 100; spi++) {
        CHECK(gets(fd, spi));
    }
}

static const struct {
    const char *name;
    void (*beside)(int fd);
} ALL[] = {{"killed", killed}, {"floods", floods}, {"deaf", deaf}, {"hoards", hoards}, {"swarm", swarm}};

int main(int count, char **words)
{
    struct timeval patience = {.tv_sec = 60};
    int fd = open_key();
    CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
    CHECK(pipe(report) == 0);
    clear(fd);
    for (size_t each = 0; each < sizeof ALL / sizeof *ALL; each++) {
        if (count == 2 && strcmp(words[1], ALL[each].name) == 0) {
            ALL[each].beside(fd);
            clear(fd);
            return failures();
        }
    }
    fprintf(stderr, "usage: neighbours killed|floods|deaf|hoards|swarm\n");
    return 2;
}
