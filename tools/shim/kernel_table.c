#define _GNU_SOURCE
#include "kernel_table.h"
#include "system_call.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

/* For a server that is there and says nothing. */
static const struct timeval LIMIT = {.tv_sec = 10};

/* What is read at once: programs with small stacks open files too. */
enum { PIECE = 4096 };

/* Who owns the emulator may read its tables; nobody writes them. */
enum { READ_ONLY = 0400, SEALS = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE };

/* What an error of the connection is as one of open: without a server there are no tables. */
static int as_of_open(long error)
{
    switch (error) {
    case -ECONNREFUSED:
    case -ENAMETOOLONG:
    case -ENOTDIR:
        return -ENOENT;
    case -EPIPE:
    case -ECONNRESET:
    case -EAGAIN:
        return -EIO;
    case -EPERM:
        return -EACCES;
    default:
        return (int)error;
    }
}

static long connected(const char *path)
{
    struct sockaddr_un server = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof server.sun_path) {
        return -ENAMETOOLONG;
    }
    memcpy(server.sun_path, path, strlen(path));
    long fd = CALL(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return fd;
    }
    CALL(SYS_setsockopt, fd, SOL_SOCKET, SO_SNDTIMEO, &LIMIT, sizeof LIMIT);
    CALL(SYS_setsockopt, fd, SOL_SOCKET, SO_RCVTIMEO, &LIMIT, sizeof LIMIT);
    long result;
    do {
        result = CALL(SYS_connect, fd, &server, sizeof server);
    } while (result == -EINTR);
    if (result < 0) {
        CALL(SYS_close, fd);
        return result;
    }
    return fd;
}

static long ask(long fd, const char *name)
{
    struct iovec parts[] = {{(void *)name, strlen(name)}, {"\n", 1}};
    struct msghdr request = {.msg_iov = parts, .msg_iovlen = 2};
    long sent;
    do {
        sent = CALL(SYS_sendmsg, fd, &request, MSG_NOSIGNAL);
    } while (sent == -EINTR);
    return sent < 0 ? sent : 0;
}

static long written(long file, const char *text, size_t size)
{
    for (size_t done = 0; done < size;) {
        long result = CALL(SYS_write, file, text + done, size - done);
        if (result < 0 && result != -EINTR) {
            return result;
        }
        done += result > 0 ? (size_t)result : 0;
    }
    return 0;
}

/* Takes the answer to its end. A table is whole lines; what begins with a question mark is none, but a complaint. */
static long take(long fd, long file)
{
    char piece[PIECE];
    char last = '\n';
    for (bool first = true;; first = false) {
        long size;
        do {
            size = CALL(SYS_recvfrom, fd, piece, sizeof piece, 0, NULL, NULL);
        } while (size == -EINTR);
        if (size <= 0) {
            return size == 0 && last != '\n' ? -EIO : size;
        }
        if (first && *piece == '?') {
            return -ENOENT;
        }
        last = piece[size - 1];
        long result = written(file, piece, (size_t)size);
        if (result < 0) {
            return result;
        }
    }
}

/* The text in a file: the descriptor, or an errno. */
static long fetched(long fd, const char *name, bool close_on_exec)
{
    long file = CALL(SYS_memfd_create, name, MFD_ALLOW_SEALING | (close_on_exec ? MFD_CLOEXEC : 0));
    if (file < 0) {
        return file;
    }
    long result = ask(fd, name);
    if (result == 0) {
        result = take(fd, file);
    }
    if (result == 0) {
        result = CALL(SYS_lseek, file, 0, SEEK_SET);
    }
    if (result == 0) {
        CALL(SYS_fchmod, file, READ_ONLY);
        result = CALL(SYS_fcntl, file, F_ADD_SEALS, SEALS);
    }
    if (result < 0) {
        CALL(SYS_close, file);
        return result;
    }
    return file;
}

int kernel_table_served(const char *socket)
{
    int saved = errno;
    long fd = connected(socket);
    if (fd >= 0) {
        CALL(SYS_close, fd);
    }
    errno = saved;
    return fd < 0 ? as_of_open(fd) : 0;
}

int kernel_table_open(const char *socket, const char *name, bool close_on_exec)
{
    int saved = errno;
    long fd = connected(socket);
    long result = fd;
    if (fd >= 0) {
        result = fetched(fd, name, close_on_exec);
        CALL(SYS_close, fd);
    }
    errno = saved;
    return result < 0 ? as_of_open(result) : (int)result;
}

bool kernel_table_is(int fd, const struct stat *status)
{
    bool alike = status->st_mode == (S_IFREG | READ_ONLY) && status->st_nlink == 0;
    return alike && CALL(SYS_fcntl, fd, F_GET_SEALS) == SEALS;
}
