/* Every call that receives: peeking, cut messages, flags, time limits. */
#include "check.h"

#include <fcntl.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>

enum { ANSWER = 16 };

static int fd;
static unsigned char room[4096];
static volatile size_t header = ANSWER; /* a size that a compiler cannot know: fortified calls check it when they run */

/* Has an error answer queued, a bare header. */
static void ask(void)
{
    struct sadb_msg get = header_of(SADB_GET, 7);
    CHECK(send(fd, &get, sizeof get, 0) == sizeof get);
    memset(room, 0, sizeof room);
}

static void answered(ssize_t size)
{
    CHECK(size == ANSWER && room[1] == SADB_GET);
    CHECK_FAILS(EAGAIN, recv(fd, room, header, MSG_DONTWAIT));
}

static void calls(void)
{
    struct iovec parts[] = {{room, 3}, {room + 3, 13}, {NULL, 0}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 3};
    struct mmsghdr messages[2] = {{.msg_hdr = message}, {.msg_hdr = message}};
    ask();
    answered(read(fd, room, header));
    ask();
    answered(readv(fd, parts, 3));
    ask();
    answered(recv(fd, room, header, 0));
    ask();
    answered(recvfrom(fd, room, header, 0, NULL, NULL));
    ask();
    answered(recvmsg(fd, &message, 0));
    CHECK((message.msg_flags & MSG_TRUNC) == 0);
    ask();
    CHECK(recvmmsg(fd, messages, 2, MSG_DONTWAIT, NULL) == 1);
    answered(messages[0].msg_len);
}

static void peeking(void)
{
    ask();
    CHECK(recv(fd, room, header, MSG_PEEK) == ANSWER);
    CHECK(recv(fd, room, header, MSG_PEEK | MSG_DONTWAIT) == ANSWER);
    CHECK(recv(fd, room, 4, MSG_PEEK) == 4);
    CHECK(recv(fd, room, 4, MSG_PEEK | MSG_TRUNC) == ANSWER);
    answered(recv(fd, room, header, 0));
}

static void cut(void)
{
    ask();
    ask();
    CHECK(read(fd, room, 8) == 8); /* the rest is lost */
    answered(recv(fd, room, header, 0));
    ask();
    CHECK(recv(fd, room, 8, MSG_TRUNC) == ANSWER);
    struct iovec part = {room, 8};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ask();
    CHECK(recvmsg(fd, &message, 0) == 8 && (message.msg_flags & MSG_TRUNC) != 0);
    CHECK_FAILS(EAGAIN, recv(fd, room, header, MSG_DONTWAIT));
}

static void no_room(void)
{
    struct msghdr message = {0};
    struct iovec none = {NULL, 0};
    ask();
    CHECK(read(fd, room, 0) == 0); /* takes nothing */
    CHECK(readv(fd, &none, 1) == 0);
    CHECK(recv(fd, room, 0, MSG_PEEK) == 0);
    CHECK(recv(fd, room, 0, MSG_PEEK | MSG_TRUNC) == ANSWER);
    answered(recv(fd, room, header, 0));
    ask();
    CHECK(recv(fd, room, 0, 0) == 0); /* takes a message */
    CHECK_FAILS(EAGAIN, recv(fd, room, 0, MSG_DONTWAIT));
    ask();
    CHECK(recvmsg(fd, &message, 0) == 0 && (message.msg_flags & MSG_TRUNC) != 0);
    CHECK_FAILS(EAGAIN, recvfrom(fd, room, 0, MSG_DONTWAIT, NULL, NULL));
}

static void flags(void)
{
    struct msghdr message = {.msg_iov = &(struct iovec){room, sizeof room}, .msg_iovlen = 1};
    struct mmsghdr messages = {.msg_hdr = message};
    ask();
    for (int flag = 1; flag != 0 && flag <= MSG_CMSG_CLOEXEC; flag = (int)((unsigned)flag << 1)) {
        if ((flag & (MSG_PEEK | MSG_DONTWAIT | MSG_TRUNC)) == 0) {
            CHECK_FAILS(EINVAL, recv(fd, room, header, flag));
            CHECK_FAILS(EINVAL, recvmsg(fd, &message, flag | MSG_PEEK));
        }
    }
    CHECK_FAILS(EINVAL, recvfrom(fd, room, header, MSG_WAITALL, NULL, NULL));
    CHECK_FAILS(EINVAL, recvmmsg(fd, &messages, 1, MSG_OOB, NULL));
    answered(recv(fd, room, header, 0));
}

static void senders(void)
{
    struct sockaddr_storage from;
    socklen_t length = sizeof from;
    struct iovec part = {room, sizeof room};
    struct msghdr message = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &part, .msg_iovlen = 1};
    ask();
    answered(recvfrom(fd, room, header, 0, (struct sockaddr *)&from, &length));
    CHECK(length == 0);
    ask();
    answered(recvmsg(fd, &message, 0));
    CHECK(message.msg_namelen == 0);
}

static void time_limit(void)
{
    struct timeval limit = {.tv_usec = 20000};
    CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0);
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    CHECK_FAILS(EAGAIN, recv(fd, room, header, 0));
    clock_gettime(CLOCK_MONOTONIC, &after);
    CHECK((after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec >= 20000000);
    ask();
    answered(recv(fd, room, header, 0));
}

static void nonblocking(void)
{
    CHECK(fcntl(fd, F_SETFL, O_NONBLOCK) == 0);
    CHECK_FAILS(EAGAIN, recv(fd, room, header, 0));
    for (int count = 0; count < 1000; count++) {
        ask(); /* waits all the same: the answer is there */
        CHECK(recv(fd, room, header, 0) == ANSWER);
    }
}

int main(void)
{
    fd = open_key();
    calls();
    peeking();
    cut();
    no_room();
    flags();
    senders();
    time_limit();
    nonblocking();
    return failures();
}
