/* What socket(PF_KEY) accepts, and what a key socket says about itself. */
#include "check.h"

#include <fcntl.h>

static void arguments(void)
{
    CHECK_FAILS(ESOCKTNOSUPPORT, socket(PF_KEY, SOCK_DGRAM, PF_KEY_V2));
    CHECK_FAILS(ESOCKTNOSUPPORT, socket(PF_KEY, SOCK_STREAM, PF_KEY_V2));
    CHECK_FAILS(ESOCKTNOSUPPORT, socket(PF_KEY, SOCK_SEQPACKET, 0));
    CHECK_FAILS(EPROTONOSUPPORT, socket(PF_KEY, SOCK_RAW, 0));
    CHECK_FAILS(EPROTONOSUPPORT, socket(PF_KEY, SOCK_RAW, 1));
    CHECK_FAILS(EPROTONOSUPPORT, socket(PF_KEY, SOCK_RAW, 3));
    CHECK_FAILS(EINVAL, socket(PF_KEY, SOCK_RAW | 0x10, PF_KEY_V2));
    CHECK_FAILS(EINVAL, socket(PF_KEY, 11, PF_KEY_V2));
}

static void flags(int type, int nonblocking, int close_on_exec)
{
    int fd = socket(PF_KEY, SOCK_RAW | type, PF_KEY_V2);
    CHECK(fd >= 0);
    CHECK((fcntl(fd, F_GETFL) & O_NONBLOCK) == nonblocking);
    CHECK(fcntl(fd, F_GETFD) == close_on_exec);
    close(fd);
}

static void option(int fd, int name, int expected)
{
    int value = -1;
    socklen_t length = sizeof value;
    CHECK(getsockopt(fd, SOL_SOCKET, name, &value, &length) == 0);
    CHECK(length == sizeof value && value == expected);
    unsigned char byte = 0xff;
    length = sizeof byte;
    CHECK(getsockopt(fd, SOL_SOCKET, name, &byte, &length) == 0);
    CHECK(length == sizeof byte && byte == expected);
}

static void buffers(int fd)
{
    int wanted = 128 * 1024, value = 0;
    socklen_t length = sizeof value;
    CHECK(setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &wanted, sizeof wanted) == 0);
    CHECK(getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &value, &length) == 0 && value >= wanted);
    CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &wanted, sizeof wanted) == 0);
    CHECK(getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &value, &length) == 0 && value >= wanted);
}

static void not_supported(int fd)
{
    struct sockaddr_storage address = {.ss_family = PF_KEY};
    struct sockaddr *any = (struct sockaddr *)&address;
    socklen_t length = sizeof address;
    CHECK_FAILS(EOPNOTSUPP, bind(fd, any, length));
    CHECK_FAILS(EOPNOTSUPP, connect(fd, any, length));
    CHECK_FAILS(EOPNOTSUPP, listen(fd, 1));
    CHECK_FAILS(EOPNOTSUPP, accept(fd, any, &length));
    CHECK_FAILS(EOPNOTSUPP, accept4(fd, any, &length, 0));
    CHECK_FAILS(EOPNOTSUPP, getsockname(fd, any, &length));
    CHECK_FAILS(EOPNOTSUPP, getpeername(fd, any, &length));
    CHECK_FAILS(EOPNOTSUPP, shutdown(fd, SHUT_RDWR));
    CHECK_FAILS(EOPNOTSUPP, setsockopt(fd, IPPROTO_IP, 16, &address, 16));
}

/* As programs do that show a title of their own in lists of processes. */
static void overwrite_environment(void)
{
    char *server = getenv("PFKEY_SOCKET");
    memset(server, 'x', strlen(server));
}

int main(void)
{
    overwrite_environment();
    arguments();
    flags(0, 0, 0);
    flags(SOCK_NONBLOCK, O_NONBLOCK, 0);
    flags(SOCK_CLOEXEC, 0, FD_CLOEXEC);
    flags(SOCK_NONBLOCK | SOCK_CLOEXEC, O_NONBLOCK, FD_CLOEXEC);
    int fd = open_key();
    option(fd, SO_DOMAIN, PF_KEY);
    option(fd, SO_TYPE, SOCK_RAW);
    option(fd, SO_PROTOCOL, PF_KEY_V2);
    buffers(fd);
    not_supported(fd);
    errno = ENOTTY;
    struct sadb_msg dump = header_of(SADB_REGISTER, 1);
    CHECK(send(fd, &dump, sizeof dump, 0) == sizeof dump && errno == ENOTTY); /* still connected, errno left alone */
    return failures();
}
