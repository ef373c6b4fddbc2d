/* How key sockets are made and what else can be asked of them. */
#include "preload.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "key_socket.h"

static void complain_of_length(void)
{
    static const char text[] = "pfkey: PFKEY_SOCKET: longer than the path of a socket may be (107 bytes)\n";
    int before = errno;
    syscall(SYS_write, STDERR_FILENO, text, sizeof text - 1);
    errno = before;
}

EXPORTED int socket(int family, int type, int protocol)
{
    const char *server = emulator();
    if (family != KEY_FAMILY || server == NULL) {
        return next()->socket(family, type, protocol);
    }
    if (strlen(server) > KEY_SOCKET_PATH_MAX) {
        complain_of_length();
    }
    int fd = key_socket_open(server, type, protocol);
    return fd < 0 ? fail(-fd) : fd;
}

/* Calls that a key socket does not know. */

#define UNLESS_KEY_SOCKET(fd, call) (is_key_socket(fd) ? fail(EOPNOTSUPP) : next()->call)

EXPORTED int bind(int fd, const struct sockaddr *address, socklen_t length)
{
    return UNLESS_KEY_SOCKET(fd, bind(fd, address, length));
}

EXPORTED int connect(int fd, const struct sockaddr *address, socklen_t length)
{
    return UNLESS_KEY_SOCKET(fd, connect(fd, address, length));
}

EXPORTED int listen(int fd, int backlog)
{
    return UNLESS_KEY_SOCKET(fd, listen(fd, backlog));
}

EXPORTED int accept(int fd, struct sockaddr *address, socklen_t *length)
{
    return UNLESS_KEY_SOCKET(fd, accept(fd, address, length));
}

EXPORTED int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
    return UNLESS_KEY_SOCKET(fd, accept4(fd, address, length, flags));
}

EXPORTED int shutdown(int fd, int how)
{
    return UNLESS_KEY_SOCKET(fd, shutdown(fd, how));
}

EXPORTED int getsockname(int fd, struct sockaddr *address, socklen_t *length)
{
    return UNLESS_KEY_SOCKET(fd, getsockname(fd, address, length));
}

EXPORTED int getpeername(int fd, struct sockaddr *address, socklen_t *length)
{
    return UNLESS_KEY_SOCKET(fd, getpeername(fd, address, length));
}

/* Options. */

static const struct {
    int option, value;
} ASKED[] = {{SO_DOMAIN, KEY_FAMILY}, {SO_TYPE, SOCK_RAW}, {SO_PROTOCOL, KEY_PROTOCOL}};

EXPORTED int getsockopt(int fd, int level, int option, void *value, socklen_t *length)
{
    int result = next()->getsockopt(fd, level, option, value, length);
    for (size_t each = 0; result == 0 && level == SOL_SOCKET && each < sizeof ASKED / sizeof *ASKED; each++) {
        if (option == ASKED[each].option && is_key_socket(fd)) {
            memcpy(value, &ASKED[each].value, *length);
        }
    }
    return result;
}

/* IPsec policies of single sockets, which key exchange daemons exempt their own packets with; many kernels have none. */
static const struct {
    int level, option;
} POLICIES[] = {
    {IPPROTO_IP, 16}, /* IP_IPSEC_POLICY */
    {IPPROTO_IP, 17}, /* IP_XFRM_POLICY */
    {IPPROTO_IPV6, 34}, /* IPV6_IPSEC_POLICY */
    {IPPROTO_IPV6, 35}, /* IPV6_XFRM_POLICY */
};

static bool sets_policy(int level, int option)
{
    for (size_t each = 0; each < sizeof POLICIES / sizeof *POLICIES; each++) {
        if (level == POLICIES[each].level && option == POLICIES[each].option) {
            return true;
        }
    }
    return false;
}

static bool program_is_wrong(int error)
{
    return error == EBADF || error == ENOTSOCK || error == EFAULT;
}

EXPORTED int setsockopt(int fd, int level, int option, const void *value, socklen_t length)
{
    int before = errno;
    int result = next()->setsockopt(fd, level, option, value, length);
    if (result < 0 && sets_policy(level, option) && !program_is_wrong(errno) && emulator() != NULL && !is_key_socket(fd)) {
        errno = before;
        return 0;
    }
    return result;
}
