/* A server that goes away, answers late or never: the test is its own server, at PFKEY_SOCKET in a folder of its own. */
#include "server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>

static char *path;
static struct sadb_msg request;
static unsigned char room[256];

static volatile sig_atomic_t signals;
static int noticed[2];

static void notice(int number)
{
    (void)number;
    signals++;
    if (write(noticed[1], "!", 1) != 1) {
        abort();
    }
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* A key socket whose server has gone. */
static void gone(int fd)
{
    struct pollfd polled = {.fd = fd, .events = POLLIN};
    CHECK(poll(&polled, 1, 0) == 1);
    for (int time = 0; time < 2; time++) {
        CHECK_FAILS(ENETDOWN, recv(fd, room, sizeof room, 0));
        CHECK_FAILS(ENETDOWN, recv(fd, room, sizeof room, MSG_DONTWAIT | MSG_PEEK));
        CHECK_FAILS(ENETDOWN, recv(fd, room, 0, 0));
        CHECK_FAILS(ENETDOWN, read(fd, room, sizeof room));
        CHECK_FAILS(ENETDOWN, recvfrom(fd, room, sizeof room, 0, NULL, NULL));
        CHECK_FAILS(ENETDOWN, recvmsg(fd, &(struct msghdr){.msg_iov = &(struct iovec){room, 9}, .msg_iovlen = 1}, 0));
        CHECK_FAILS(ENETDOWN, readv(fd, &(struct iovec){room, 9}, 1));
        struct mmsghdr one = {.msg_hdr = {.msg_iov = &(struct iovec){room, 9}, .msg_iovlen = 1}};
        CHECK_FAILS(ENETDOWN, recvmmsg(fd, &one, 1, 0, NULL));
        CHECK(read(fd, room, 0) == 0);
        CHECK_FAILS(ENETDOWN, send(fd, &request, sizeof request, 0));
        CHECK_FAILS(ENETDOWN, write(fd, &request, sizeof request));
    }
}

static void leave(int connection)
{
    close(connection);
}

static void leave_unread(int connection)
{
    poll(&(struct pollfd){.fd = connection, .events = POLLIN}, 1, -1);
}

static void leave_unacknowledged(int connection)
{
    int receipt;
    receive_record(connection, &receipt);
}

/* Answers one message, and leaves another unread: the client is told of a reset before the answer. */
static void leave_answer(int connection)
{
    int receipt;
    receive_record(connection, &receipt);
    CHECK(send(connection, &request, sizeof request, 0) == sizeof request);
    acknowledge(receipt, 0);
    poll(&(struct pollfd){.fd = connection, .events = POLLIN}, 1, -1);
}

static void refuse_twice(int connection)
{
    int receipt;
    receive_record(connection, &receipt);
    acknowledge(receipt, EEXIST);
    receive_record(connection, &receipt);
    acknowledge(receipt, ESRCH);
}

static void departures(void)
{
    pid_t server = serve(path, leave);
    int fd = open_key();
    waitpid(server, NULL, 0);
    gone(fd);
    close(fd);

    server = serve(path, leave_unread);
    fd = open_key();
    CHECK_FAILS(ENETDOWN, send(fd, &request, sizeof request, 0));
    waitpid(server, NULL, 0);
    gone(fd);
    close(fd);

    server = serve(path, leave_unacknowledged);
    fd = open_key();
    CHECK_FAILS(ENETDOWN, send(fd, &request, sizeof request, 0));
    waitpid(server, NULL, 0);
    gone(fd);
    close(fd);

    server = serve(path, leave_answer);
    fd = open_key();
    CHECK(send(fd, &request, sizeof request, 0) == sizeof request);
    CHECK_FAILS(ENETDOWN, send(fd, &request, sizeof request, 0));
    waitpid(server, NULL, 0);
    CHECK(recv(fd, room, sizeof room, 0) == sizeof request);
    gone(fd);
    close(fd);
}

static void errors(void)
{
    pid_t server = serve(path, refuse_twice);
    int fd = open_key();
    CHECK_FAILS(EEXIST, send(fd, &request, sizeof request, 0));
    CHECK_FAILS(ESRCH, write(fd, &request, sizeof request));
    end(server);
    close(fd);
}

/* Interrupts a client that waits for the acknowledgement, and acknowledges only when it has noticed. */
static void interrupt_first(int connection)
{
    int receipt;
    char byte;
    while (receive_record(connection, &receipt) >= 0) {
        kill(getppid(), SIGUSR1);
        CHECK(read(noticed[0], &byte, 1) == 1);
        acknowledge(receipt, 0);
    }
}

static void interruptions(int flags)
{
    CHECK(pipe(noticed) == 0);
    struct sigaction action = {.sa_handler = notice, .sa_flags = flags};
    sigaction(SIGUSR1, &action, NULL);
    signals = 0;
    pid_t server = serve(path, interrupt_first);
    int fd = open_key();
    int before = descriptors();
    for (int count = 0; count < 100; count++) {
        CHECK(send(fd, &request, sizeof request, 0) == sizeof request);
        CHECK(signals == count + 1);
    }
    CHECK(descriptors() == before);
    end(server);
    close(fd);
    close(noticed[0]);
    close(noticed[1]);
}

static void take_nothing(int connection)
{
    (void)connection;
    pause();
}

/* With SO_SNDTIMEO: sent, not executed; then, when there is no more room, not sent. */
static void time_limits(int flags)
{
    pid_t server = serve(path, take_nothing);
    int fd = socket(PF_KEY, SOCK_RAW | flags, PF_KEY_V2), before = descriptors(), count = 0;
    struct timeval limit = {.tv_usec = 2000};
    CHECK(fd >= 0);
    CHECK(setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0);
    int size = 4096;
    CHECK(setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) == 0);
    double begun = now();
    while (send(fd, &request, sizeof request, 0) == sizeof request) {
        count++;
    }
    CHECK(errno == EAGAIN && count > 0);
    CHECK(now() - begun >= (count + 1) * 0.002);
    CHECK(descriptors() == before);
    end(server);
    close(fd);
}

/* Without room, interrupted before the message was on its way. */
static void interrupted_early(int flags)
{
    pid_t server = serve(path, take_nothing);
    int fd = socket(PF_KEY, SOCK_RAW | flags, PF_KEY_V2);
    struct timeval limit = {.tv_usec = 1000}, none = {0};
    int size = 4096, before = descriptors();
    CHECK(setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) == 0);
    CHECK(setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0);
    while (send(fd, &request, sizeof request, 0) > 0) {
    }
    CHECK(setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &none, sizeof none) == 0);
    CHECK(pipe(noticed) == 0);
    struct sigaction action = {.sa_handler = notice};
    sigaction(SIGALRM, &action, NULL);
    struct itimerval soon = {{.tv_usec = 10000}, {.tv_usec = 10000}}, never = {0};
    setitimer(ITIMER_REAL, &soon, NULL);
    CHECK_FAILS(EINTR, send(fd, &request, sizeof request, 0));
    setitimer(ITIMER_REAL, &never, NULL);
    close(noticed[0]);
    close(noticed[1]);
    CHECK(descriptors() == before);
    end(server);
    close(fd);
}

static void acknowledge_all(int connection)
{
    int receipt;
    while (receive_record(connection, &receipt) >= 0) {
        acknowledge(receipt, 0);
    }
}

/* Without a descriptor for the acknowledgement nothing is sent. */
static void no_descriptors(void)
{
    pid_t server = serve(path, acknowledge_all);
    int fd = open_key(), last;
    struct rlimit limit, low;
    getrlimit(RLIMIT_NOFILE, &limit);
    low = limit;
    low.rlim_cur = 64;
    setrlimit(RLIMIT_NOFILE, &low);
    while ((last = dup(fd)) >= 0) {
    }
    CHECK_FAILS(ENOBUFS, send(fd, &request, sizeof request, 0));
    CHECK_FAILS(EMFILE, socket(PF_KEY, SOCK_RAW, PF_KEY_V2));
    close(63);
    CHECK(send(fd, &request, sizeof request, 0) == sizeof request);
    setrlimit(RLIMIT_NOFILE, &limit);
    for (int each = fd + 1; each < 64; each++) {
        close(each);
    }
    end(server);
    close(fd);
}

static void nobody_there(void)
{
    int before = descriptors();
    CHECK_FAILS(EAFNOSUPPORT, socket(PF_KEY, SOCK_RAW, PF_KEY_V2)); /* a file is there still */
    unlink(path);
    CHECK_FAILS(EAFNOSUPPORT, socket(PF_KEY, SOCK_RAW, PF_KEY_V2));
    CHECK_FAILS(ESOCKTNOSUPPORT, socket(PF_KEY, SOCK_DGRAM, PF_KEY_V2));
    CHECK(descriptors() == before);
}

int main(int count, char **words)
{
    char folder[] = "/tmp/pfkey-dying-XXXXXX", name[sizeof folder + 16];
    (void)count;
    path = getenv("PFKEY_SOCKET");
    if (strstr(path, "/pfkey-dying-") == NULL) {
        CHECK(mkdtemp(folder) != NULL);
        snprintf(name, sizeof name, "%s/key.sock", folder);
        setenv("PFKEY_SOCKET", name, 1);
        execv(words[0], words); /* the library reads its variable when a program begins */
        return 1;
    }
    request = header_of(SADB_REGISTER, 1);
    departures();
    errors();
    interruptions(0);
    interruptions(SA_RESTART);
    time_limits(0);
    time_limits(SOCK_NONBLOCK);
    interrupted_early(0);
    interrupted_early(SOCK_NONBLOCK);
    no_descriptors();
    nobody_there();
    *strrchr(path, '/') = '\0';
    rmdir(path);
    return failures();
}
