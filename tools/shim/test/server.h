/* A server that misbehaves: what a test's second process does with the one connection it gets. */
#ifndef SERVER_H
#define SERVER_H

#include "check.h"

#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/un.h>
#include <sys/wait.h>

/*
 * Receives a record; its length, or -1 at the end. Sets *receipt to the descriptor that came with it, or -1.
 */
static inline ssize_t receive_record(int connection, int *receipt)
{
    char record[1024];
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &(struct iovec){record, sizeof record}, .msg_iovlen = 1, .msg_control = &control,
                             .msg_controllen = sizeof control};
    ssize_t length = recvmsg(connection, &message, 0);
    *receipt = -1;
    if (length >= 0 && CMSG_FIRSTHDR(&message) != NULL) {
        memcpy(receipt, CMSG_DATA(&control.header), sizeof *receipt);
        return length;
    }
    return -1;
}

static inline void acknowledge(int receipt, int error)
{
    uint64_t number = (uint64_t)error + 1;
    CHECK(write(receipt, &number, sizeof number) == sizeof number);
    close(receipt);
}

/* Starts a server at the path that acknowledges the connection and then does that with it, and exits. */
static inline pid_t serve(const char *path, void (*what)(int connection))
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    strncpy(name.sun_path, path, sizeof name.sun_path - 1);
    unlink(path);
    int listener = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    CHECK(bind(listener, (struct sockaddr *)&name, sizeof name) == 0 && listen(listener, 1) == 0);
    pid_t server = fork();
    if (server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        int receipt, connection = accept(listener, NULL, NULL);
        if (receive_record(connection, &receipt) == 0) {
            acknowledge(receipt, 0);
            what(connection);
        }
        _exit(0);
    }
    close(listener);
    return server;
}

/* Ends the server; whether it had ended by itself is not asked. */
static inline void end(pid_t server)
{
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
}

#endif
