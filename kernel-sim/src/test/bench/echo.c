/*
 * The peer that pfkey's round trips are compared with: an epoll server in C that sends every
 * record of a SOCK_SEQPACKET connection back. One thread, as pfkey.
 *
 * usage: echo SOCKET
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char buffer[262144];

static int serve(int fd) {
    for (;;) {
        struct iovec part = {buffer, sizeof buffer};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
        ssize_t got = recvmsg(fd, &message, MSG_DONTWAIT);
        if (got < 0 && errno == EAGAIN) return 1;
        if (got <= 0) return 0;
        while (send(fd, buffer, got, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno == EAGAIN) {
            struct epoll_event none;
            epoll_wait(-1, &none, 1, 0);
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 2) return fprintf(stderr, "usage: echo SOCKET\n"), 2;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", argv[1]);
    int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    unlink(argv[1]);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024))
        return perror(argv[1]), 1;
    int poll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    puts("ready");
    fflush(stdout);
    struct epoll_event ready[64];
    for (;;) {
        int count = epoll_wait(poll, ready, 64, -1);
        for (int i = 0; i < count; i++) {
            int fd = ready[i].data.fd;
            if (fd == listener) {
                event.data.fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (event.data.fd >= 0)
                    epoll_ctl(poll, EPOLL_CTL_ADD, event.data.fd, &event);
            } else if (!serve(fd)) {
                close(fd);
            }
        }
    }
}
