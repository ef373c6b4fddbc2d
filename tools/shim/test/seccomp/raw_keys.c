/*
 * A program as the preload library does not reach it: linked statically, its system calls made by itself. It looks at what a
 * key socket is to it, says what is wrong, and ends with the number of complaints.
 *
 *     pfkey run --seccomp -- ./raw_keys
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/pfkeyv2.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 8, ROUNDS = 100, KILLED = 20, SHOWN = 20 };

static _Atomic int complaints;

/* A system call as Go makes it; an errno comes back negative. */
#define CALL(...) result_of(syscall(__VA_ARGS__))

static long result_of(long returned)
{
    return returned < 0 ? -errno : returned;
}

#define EXPECT(expected, call) expect(__LINE__, #call, expected, call)

static void expect(int line, const char *what, long expected, long found)
{
    if (found != expected && complaints++ < SHOWN) {
        fprintf(stderr, "raw_keys.c:%d: %s is %ld, not %ld\n", line, what, found, expected);
    }
}

static long key_socket(int flags)
{
    return CALL(SYS_socket, PF_KEY, SOCK_RAW | flags, PF_KEY_V2);
}

/* A GET that does not say of what: it is refused, in an answer to nobody but the asker. */
static struct sadb_msg wrong(void)
{
    static _Atomic uint32_t sequence;
    return (struct sadb_msg){.sadb_msg_version = PF_KEY_V2,
                             .sadb_msg_type = SADB_GET,
                             .sadb_msg_satype = SADB_SATYPE_ESP,
                             .sadb_msg_len = sizeof(struct sadb_msg) / 8,
                             .sadb_msg_seq = ++sequence,
                             .sadb_msg_pid = (uint32_t)getpid()};
}

/* What has been answered must be there at once; broadcasts before it are passed over. */
static long answer_to(int fd, const struct sadb_msg *request)
{
    union {
        struct sadb_msg base;
        char bytes[4096];
    } answer;
    for (;;) {
        long length = CALL(SYS_recvfrom, fd, &answer, sizeof answer, MSG_DONTWAIT, NULL, NULL);
        if (length < 0 || (answer.base.sadb_msg_seq == request->sadb_msg_seq && answer.base.sadb_msg_pid == request->sadb_msg_pid)) {
            return length < 0 ? length : answer.base.sadb_msg_errno;
        }
    }
}

static void sockets(void)
{
    EXPECT(-ESOCKTNOSUPPORT, CALL(SYS_socket, PF_KEY, SOCK_DGRAM, PF_KEY_V2));
    EXPECT(-EPROTONOSUPPORT, CALL(SYS_socket, PF_KEY, SOCK_RAW, 1));
    EXPECT(-EINVAL, CALL(SYS_socket, PF_KEY, SOCK_RAW | 0x40000000, PF_KEY_V2));
    int plain = (int)key_socket(0);
    int close_on_exec = (int)key_socket(SOCK_CLOEXEC | SOCK_NONBLOCK);
    EXPECT(0, fcntl(plain, F_GETFD));
    EXPECT(O_RDWR, fcntl(plain, F_GETFL));
    EXPECT(FD_CLOEXEC, fcntl(close_on_exec, F_GETFD));
    EXPECT(O_RDWR | O_NONBLOCK, fcntl(close_on_exec, F_GETFL));
    char byte;
    EXPECT(-EAGAIN, CALL(SYS_read, close_on_exec, &byte, 1));
    EXPECT(0, close(close_on_exec));
    EXPECT(close_on_exec, key_socket(0)); /* numbers are used again */
    close(close_on_exec);
    close(plain);
}

static void ways_to_send(int fd)
{
    struct sadb_msg one = wrong();
    EXPECT(sizeof one, CALL(SYS_write, fd, &one, sizeof one));
    EXPECT(EINVAL, answer_to(fd, &one));
    one = wrong();
    EXPECT(sizeof one, CALL(SYS_sendto, fd, &one, sizeof one, 0, NULL, 0));
    EXPECT(EINVAL, answer_to(fd, &one));
    one = wrong();
    struct iovec halves[] = {{&one, 5}, {NULL, 0}, {(char *)&one + 5, sizeof one - 5}};
    EXPECT(sizeof one, CALL(SYS_writev, fd, halves, 3));
    EXPECT(EINVAL, answer_to(fd, &one));
    one = wrong();
    struct msghdr header = {.msg_iov = halves, .msg_iovlen = 3};
    EXPECT(sizeof one, CALL(SYS_sendmsg, fd, &header, MSG_NOSIGNAL));
    EXPECT(EINVAL, answer_to(fd, &one));

    struct sadb_msg two[] = {wrong(), wrong()};
    struct iovec parts[] = {{&two[0], sizeof *two}, {&two[1], sizeof *two}};
    struct mmsghdr headers[] = {{.msg_hdr = {.msg_iov = &parts[0], .msg_iovlen = 1}},
                                {.msg_hdr = {.msg_iov = &parts[1], .msg_iovlen = 1}}};
    EXPECT(2, CALL(SYS_sendmmsg, fd, headers, 2, 0));
    EXPECT(sizeof *two, headers[1].msg_len);
    EXPECT(EINVAL, answer_to(fd, &two[0]));
    EXPECT(EINVAL, answer_to(fd, &two[1]));
    parts[1].iov_base = NULL;
    EXPECT(1, CALL(SYS_sendmmsg, fd, headers, 2, 0));
    EXPECT(0, CALL(SYS_sendmmsg, fd, headers, 0, 0));
}

static void refusals(int fd)
{
    struct sadb_msg one = wrong();
    EXPECT(-EMSGSIZE, CALL(SYS_write, fd, &one, 8));
    EXPECT(-EMSGSIZE, CALL(SYS_write, fd, &one, 0));
    EXPECT(0, CALL(SYS_writev, fd, NULL, 0));
    EXPECT(-EMSGSIZE, CALL(SYS_sendto, fd, &one, INT_MAX, 0, NULL, 0));
    EXPECT(-EINVAL, CALL(SYS_write, fd, &one, (size_t)-1));
    EXPECT(-EOPNOTSUPP, CALL(SYS_sendto, fd, &one, sizeof one, MSG_OOB, NULL, 0));
    EXPECT(-EFAULT, CALL(SYS_write, fd, NULL, sizeof one));
    EXPECT(-EFAULT, CALL(SYS_writev, fd, 8, 1));
    EXPECT(-EFAULT, CALL(SYS_sendmsg, fd, 8, 0));
    EXPECT(-EINVAL, CALL(SYS_writev, fd, &one, IOV_MAX + 1));
    long page = sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 2 * (size_t)page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(pages + page, (size_t)page);
    EXPECT(-EFAULT, CALL(SYS_write, fd, pages + page - 8, sizeof one)); /* half of it is there */
    EXPECT(-EAGAIN, answer_to(fd, &one));
    EXPECT(-EOPNOTSUPP, CALL(SYS_bind, fd, NULL, 0));
    EXPECT(-EOPNOTSUPP, CALL(SYS_getsockname, fd, NULL, NULL));
    EXPECT(-EOPNOTSUPP, CALL(SYS_shutdown, fd, SHUT_RDWR));
}

static long option(int fd, int name)
{
    int value = 0;
    socklen_t length = sizeof value;
    long result = CALL(SYS_getsockopt, fd, SOL_SOCKET, name, &value, &length);
    return result < 0 ? result : value;
}

static void options(int fd)
{
    EXPECT(PF_KEY, option(fd, SO_DOMAIN));
    EXPECT(SOCK_RAW, option(fd, SO_TYPE));
    EXPECT(PF_KEY_V2, option(fd, SO_PROTOCOL));
    EXPECT(0, option(fd, SO_ERROR));
    int other = socket(AF_INET, SOCK_DGRAM, 0);
    char policy[16] = {0};
    EXPECT(0, CALL(SYS_setsockopt, other, IPPROTO_IP, 16, policy, sizeof policy));
    EXPECT(0, CALL(SYS_setsockopt, other, IPPROTO_IPV6, 34, policy, sizeof policy));
    EXPECT(SOCK_DGRAM, option(other, SO_TYPE));
    close(other);
}

/* Other files with numbers as of key sockets, and key sockets with other numbers. */
static void numbers(int fd)
{
    int ends[2];
    char byte = 'x';
    EXPECT(0, pipe(ends));
    EXPECT(fd + 1, CALL(SYS_dup3, ends[1], fd + 1, 0));
    EXPECT(1, CALL(SYS_write, fd + 1, &byte, 1));
    EXPECT(1, CALL(SYS_read, ends[0], &byte, 1));
    EXPECT(-EBADF, CALL(SYS_write, fd + 2, &byte, 1));
    EXPECT(-ENOTSOCK, CALL(SYS_sendto, fd + 1, &byte, 1, 0, NULL, 0));
    close(fd + 1);
    close(ends[0]);
    close(ends[1]);

    struct sadb_msg one = wrong();
    int copy = (int)CALL(SYS_dup, fd);
    EXPECT(sizeof one, CALL(SYS_write, copy, &one, sizeof one)); /* arrives, and is not waited for */
    close(copy);
    struct sadb_msg next = wrong();
    EXPECT(sizeof next, CALL(SYS_write, fd, &next, sizeof next));
    EXPECT(EINVAL, answer_to(fd, &one));
    EXPECT(EINVAL, answer_to(fd, &next));

    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){64, limit.rlim_max});
    int low = (int)key_socket(0); /* no such high number is allowed now */
    EXPECT(1, low >= 0 && low < 64);
    setrlimit(RLIMIT_NOFILE, &limit);
    close(low);
}

static void *asks(void *given)
{
    int fd = given == NULL ? (int)key_socket(0) : *(int *)given;
    for (int round = 0; round < ROUNDS; round++) {
        struct sadb_msg one = wrong();
        EXPECT(sizeof one, CALL(SYS_write, fd, &one, sizeof one));
        if (given == NULL) {
            EXPECT(EINVAL, answer_to(fd, &one));
        }
    }
    if (given == NULL) {
        close(fd);
    }
    return NULL;
}

/* Threads with sockets of their own, and threads that share one. */
static void threads(void *given)
{
    pthread_t each[THREADS];
    for (int number = 0; number < THREADS; number++) {
        pthread_create(&each[number], NULL, asks, given);
    }
    for (int number = 0; number < THREADS; number++) {
        pthread_join(each[number], NULL);
    }
}

static int status_of(pid_t child)
{
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

static void children(int fd)
{
    pid_t child = fork();
    if (child == 0) {
        pid_t grandchild = fork();
        if (grandchild == 0) {
            complaints = 0;
            struct sadb_msg one = wrong();
            EXPECT(sizeof one, CALL(SYS_write, fd, &one, sizeof one));
            EXPECT(EINVAL, answer_to(fd, &one));
            asks(NULL);
        } else {
            complaints = status_of(grandchild);
        }
        _exit(complaints);
    }
    EXPECT(0, status_of(child));
    for (int round = 0; round < KILLED; round++) {
        int ready[2];
        char byte = 0;
        EXPECT(0, pipe(ready));
        child = fork();
        if (child == 0) {
            for (;;) {
                struct sadb_msg one = wrong();
                EXPECT(sizeof one, CALL(SYS_write, fd, &one, sizeof one));
                write(ready[1], &byte, 1);
                while (CALL(SYS_recvfrom, fd, &one, sizeof one, MSG_DONTWAIT, NULL, NULL) > 0) {
                }
            }
        }
        for (int seen = 0; seen <= round; seen++) {
            EXPECT(1, read(ready[0], &byte, 1));
        }
        kill(child, SIGKILL);
        EXPECT(SIGKILL, status_of(child));
        close(ready[0]);
        close(ready[1]);
    }
    struct sadb_msg one = wrong();
    EXPECT(sizeof one, CALL(SYS_write, fd, &one, sizeof one));
    EXPECT(EINVAL, answer_to(fd, &one));
}

static void ignore(int signal)
{
    (void)signal;
}

/* A signal that is handled while a send waits must not make it send again. */
static void interruptions(int fd)
{
    sigaction(SIGALRM, &(struct sigaction){.sa_handler = ignore}, NULL);
    pid_t child = fork();
    if (child == 0) {
        for (;;) {
            kill(getppid(), SIGALRM);
        }
    }
    for (int round = 0; round < ROUNDS; round++) {
        struct sadb_msg one = wrong();
        long sent;
        do {
            sent = CALL(SYS_write, fd, &one, sizeof one);
        } while (sent == -EINTR);
        EXPECT(sizeof one, sent);
        EXPECT(EINVAL, answer_to(fd, &one));
        EXPECT(-EAGAIN, answer_to(fd, &one));
    }
    kill(child, SIGKILL);
    status_of(child);
}

int main(int count, char **arguments)
{
    if (count > 1) {
        char byte;
        return CALL(SYS_recvfrom, atoi(arguments[1]), &byte, 1, MSG_DONTWAIT, NULL, NULL) == -EAGAIN ? 0 : 1;
    }
    sockets();
    int fd = (int)key_socket(0);
    ways_to_send(fd);
    refusals(fd);
    options(fd);
    numbers(fd);
    interruptions(fd);
    threads(NULL);
    int shared = (int)key_socket(0);
    threads(&shared);
    close(shared);
    children(fd);
    char number[16];
    snprintf(number, sizeof number, "%d", fd);
    if (complaints == 0) {
        execl("/proc/self/exe", arguments[0], number, (char *)NULL); /* the socket lives on */
    }
    return complaints < 100 ? complaints : 100;
}
