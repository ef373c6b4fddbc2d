/* Descriptors of a key socket that this process never got from socket(): of dup, fork, exec and SCM_RIGHTS, and in a chroot. */
#include "check.h"

#include <fcntl.h>
#include <sys/wait.h>

/* Whether it is a key socket: a send that its kernel refuses, and an answer that is there at once. */
static void works(int fd)
{
    struct sadb_msg get = header_of(SADB_GET, (unsigned)fd);
    CHECK_FAILS(EMSGSIZE, write(fd, &get, 15));
    CHECK_FAILS(EOPNOTSUPP, listen(fd, 1));
    CHECK(write(fd, &get, sizeof get) == sizeof get);
    struct sadb_msg answer = taken(fd);
    CHECK(answer.sadb_msg_type == SADB_GET && answer.sadb_msg_seq == (unsigned)fd);
}

static void by_dup(int fd)
{
    int copy = dup(fd), high = fcntl(fd, F_DUPFD, 500), over = open("/dev/null", O_RDWR);
    CHECK(dup2(fd, over) == over);
    works(copy);
    works(high);
    works(over);
    close(fd);
    works(over);
    CHECK(dup2(open("/dev/null", O_RDWR), over) == over);
    CHECK(write(over, "?", 1) == 1); /* no longer one */
}

static void child_does(void (*what)(int, const char *), int fd, const char *argument)
{
    pid_t child = fork();
    if (child == 0) {
        failed = 0;
        what(fd, argument);
        _exit(failures());
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
}

static void forked(int fd, const char *argument)
{
    (void)argument;
    works(fd);
}

static void executed(int fd, const char *program)
{
    char number[16];
    snprintf(number, sizeof number, "%d", fd);
    execl(program, program, number, NULL);
    CHECK(!"executed");
}

static void received(int from, const char *root)
{
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    char byte;
    struct msghdr message = {
        .msg_iov = &(struct iovec){&byte, 1}, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    if (root != NULL) {
        CHECK(chroot(root) == 0 && chdir("/") == 0 && setgid(65534) == 0 && setuid(65534) == 0);
        CHECK(access("/proc", F_OK) != 0);
    }
    CHECK(recvmsg(from, &message, 0) == 1);
    int fd;
    memcpy(&fd, CMSG_DATA(&control.header), sizeof fd);
    works(fd);
}

/* Passes a descriptor over a socket pair of that type, itself no key socket. */
static void by_passing(int type, int fd, const char *root)
{
    int pair[2];
    CHECK(socketpair(AF_UNIX, type, 0, pair) == 0);
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {.header = {.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
    memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
    struct msghdr message = {
        .msg_iov = &(struct iovec){"!", 1}, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    CHECK(sendmsg(pair[0], &message, 0) == 1);
    child_does(received, pair[1], root);
    close(pair[0]);
    close(pair[1]);
}

int main(int count, char **words)
{
    if (count == 2) {
        works(atoi(words[1]));
        return failures();
    }
    by_dup(open_key());
    int fd = open_key();
    child_does(forked, fd, NULL);
    child_does(executed, fd, words[0]);
    by_passing(SOCK_STREAM, fd, NULL);
    by_passing(SOCK_SEQPACKET, fd, NULL);
    if (geteuid() == 0) {
        char root[] = "/tmp/pfkey-root-XXXXXX";
        CHECK(mkdtemp(root) != NULL);
        by_passing(SOCK_STREAM, fd, root);
        rmdir(root);
    } else {
        puts("not root: no chroot tried");
    }
    works(fd);
    return failures();
}
