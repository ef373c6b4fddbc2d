/* What is no key socket is left alone, SEQPACKET sockets too. */
#include "check.h"

#include <fcntl.h>
#include <netinet/udp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/un.h>

static char room[64];

static void ends(int type)
{
    int pair[2];
    CHECK(socketpair(AF_UNIX, type, 0, pair) == 0);
    CHECK(send(pair[0], "abc", 3, 0) == 3 && read(pair[1], room, sizeof room) == 3);
    CHECK(write(pair[0], "abc", 3) == 3 && recv(pair[1], room, 3, MSG_WAITALL | MSG_NOSIGNAL) == 3);
    close(pair[0]);
    CHECK(read(pair[1], room, sizeof room) == 0);
    CHECK(recv(pair[1], room, sizeof room, 0) == 0);
    CHECK_FAILS(EPIPE, send(pair[1], "abc", 3, MSG_NOSIGNAL));
    close(pair[1]);
}

static void resets(void)
{
    int pair[2];
    CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
    CHECK(write(pair[1], "abc", 3) == 3);
    close(pair[0]);
    CHECK_FAILS(ECONNRESET, read(pair[1], room, sizeof room));
    CHECK(read(pair[1], room, sizeof room) == 0);
    close(pair[1]);
}

static void named(void)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "\0org.keysock.pfkey"}, got;
    socklen_t length = offsetof(struct sockaddr_un, sun_path) + 18, size = sizeof got;
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    CHECK(bind(fd, (struct sockaddr *)&name, length) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)&got, &size) == 0 && size == length);
    CHECK(sendto(fd, "abc", 3, 0, (struct sockaddr *)&name, length) == 3);
    size = sizeof got;
    CHECK(recvfrom(fd, room, sizeof room, 0, (struct sockaddr *)&got, &size) == 3 && size == length);
    int value = 0;
    size = sizeof value;
    CHECK(getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &size) == 0 && value == SOCK_DGRAM);
    close(fd);
}

static void policies(void)
{
    static const int options[][2] = {{IPPROTO_IP, 16}, {IPPROTO_IP, 17}, {IPPROTO_IPV6, 34}, {IPPROTO_IPV6, 35}};
    struct sadb_x_policy bypass = {.sadb_x_policy_len = 2, .sadb_x_policy_exttype = SADB_X_EXT_POLICY};
    int four = socket(AF_INET, SOCK_DGRAM, 0), six = socket(AF_INET6, SOCK_DGRAM, 0), file = open("/dev/null", O_RDWR);
    for (int each = 0; each < 4; each++) {
        int fd = options[each][0] == IPPROTO_IP || six < 0 ? four : six;
        errno = EXDEV;
        CHECK(setsockopt(fd, options[each][0], options[each][1], &bypass, sizeof bypass) == 0 && errno == EXDEV);
        CHECK_FAILS(ENOTSOCK, setsockopt(file, options[each][0], options[each][1], &bypass, sizeof bypass));
        CHECK_FAILS(EBADF, setsockopt(-1, options[each][0], options[each][1], &bypass, sizeof bypass));
    }
    CHECK_FAILS(ENOPROTOOPT, setsockopt(four, IPPROTO_UDP, 200, &bypass, sizeof bypass));
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    ends(SOCK_STREAM);
    ends(SOCK_SEQPACKET);
    resets();
    named();
    policies();
    CHECK_FAILS(EBADF, write(-1, "a", 1));
    CHECK_FAILS(EBADF, read(-1, room, sizeof room));
    CHECK_FAILS(EFAULT, sendmsg(socket(AF_UNIX, SOCK_DGRAM, 0), NULL, 0));
    return failures();
}
