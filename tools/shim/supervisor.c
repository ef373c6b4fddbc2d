#define _GNU_SOURCE
#include "supervisor.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "key_socket.h"
#include "notified_send.h"
#include "target.h"

/* Status of a program that a signal ended, as of a shell. */
enum { ENDED_BY_SIGNAL = 128 };

/* What is polled in front of the sends. */
enum { SIGNALS, LISTENER, SENDS };

/* The sends that wait, and beside them what all is polled. */
struct waiting {
    struct notified_send *sends;
    struct pollfd *polled;
    size_t count;
    size_t room;
};

/* The room for one more send; NULL when there is no memory. */
static struct notified_send *one_more(struct waiting *waiting)
{
    if (waiting->count == waiting->room) {
        size_t room = 2 * waiting->room + 8;
        struct notified_send *sends = realloc(waiting->sends, room * sizeof *sends);
        if (sends == NULL) {
            return NULL;
        }
        waiting->sends = sends;
        struct pollfd *polled = realloc(waiting->polled, (room * NOTIFIED_SEND_AWAITS + SENDS) * sizeof *polled);
        if (polled == NULL) {
            return NULL;
        }
        waiting->polled = polled;
        waiting->room = room;
    }
    return &waiting->sends[waiting->count];
}

static void open_key_socket(const struct supervisor *supervisor, struct target *target, const struct seccomp_data *call)
{
    char path[KEY_SOCKET_PATH_MAX + 1];
    const char *emulator = supervisor->emulator;
    if (target_variable(target, "PFKEY_SOCKET", path, sizeof path)) {
        emulator = path; /* an emulator inside another: whose environment it is decides, as with the preload library */
    }
    int type = (int)call->args[1];
    int opened = key_socket_open(emulator, type, (int)call->args[2]);
    if (opened < 0) {
        target_return(target, opened);
    } else {
        target_return_descriptor(target, opened, supervisor->window.first, supervisor->window.end, type & SOCK_CLOEXEC);
        close(opened);
    }
    target_release(target);
}

static const struct {
    int option;
    int value;
} ASKED[] = {{SO_DOMAIN, KEY_FAMILY}, {SO_TYPE, SOCK_RAW}, {SO_PROTOCOL, KEY_PROTOCOL}};

/* What the socket is taken for. */
static void tell_option(const struct target *target, const struct seccomp_data *call)
{
    for (size_t each = 0; each < sizeof ASKED / sizeof *ASKED; each++) {
        if ((int)call->args[1] == SOL_SOCKET && (int)call->args[2] == ASKED[each].option) {
            int length;
            int result = target_read(target, call->args[4], &length, sizeof length);
            if (result == 0 && length < 0) {
                result = -EINVAL;
            }
            if (result == 0) {
                length = length < (int)sizeof(int) ? length : (int)sizeof(int);
                result = target_write(target, call->args[3], &ASKED[each].value, (size_t)length);
            }
            target_return(target, result == 0 ? target_write(target, call->args[4], &length, sizeof length) : result);
            return;
        }
    }
    target_continue(target);
}

/* A call on a descriptor with a number in the window: most of these are key sockets, by what they are and not by the number. */
static void use(struct waiting *waiting, struct target *target, const struct seccomp_data *call)
{
    int socket = target_descriptor(target, (int)call->args[0]);
    struct notified_send *send = socket < 0 || !key_socket_is(socket) ? NULL : one_more(waiting);
    if (send == NULL) {
        target_continue(target);
    } else {
        switch (call->nr) {
        case SYS_write:
        case SYS_writev:
        case SYS_sendto:
        case SYS_sendmsg:
        case SYS_sendmmsg:
            *send = notified_send_of(target, socket, call);
            waiting->count += notified_send_go_on(send) ? 0 : 1;
            return;
        case SYS_getsockopt:
            tell_option(target, call);
            break;
        default:
            target_return(target, -EOPNOTSUPP);
            break;
        }
    }
    if (socket >= 0) {
        close(socket);
    }
    target_release(target);
}

static void notified(const struct supervisor *supervisor, struct waiting *waiting)
{
    struct seccomp_notif call = {0};
    if (ioctl(supervisor->listener, SECCOMP_IOCTL_NOTIF_RECV, &call) != 0) {
        return; /* it was interrupted or is dead */
    }
    struct target target;
    bool held = target_hold(&target, supervisor->listener, &call);
    if (!held && call.data.nr == SYS_socket) {
        target_return(&target, -ENFILE); /* never the socket of the kernel that we run on */
    } else if (!held) {
        target_continue(&target);
    } else if (call.data.nr == SYS_socket) {
        open_key_socket(supervisor, &target, &call.data);
    } else {
        use(waiting, &target, &call.data);
    }
}

/* Reaps what has ended, orphans included; true with the status when it was the program. */
static bool has_ended(const struct supervisor *supervisor, int *status)
{
    int how;
    for (pid_t ended = waitpid(-1, &how, WNOHANG); ended > 0; ended = waitpid(-1, &how, WNOHANG)) {
        if (ended == supervisor->program) {
            *status = WIFSIGNALED(how) ? ENDED_BY_SIGNAL + WTERMSIG(how) : WEXITSTATUS(how);
            return true;
        }
    }
    return false;
}

/* What is typed at the terminal reaches the program as well, from there. */
static void pass_on(const struct supervisor *supervisor)
{
    struct signalfd_siginfo signal;
    while (read(supervisor->signals, &signal, sizeof signal) == (ssize_t)sizeof signal) {
        if (signal.ssi_signo != SIGCHLD && signal.ssi_code != SI_KERNEL) {
            kill(supervisor->program, (int)signal.ssi_signo);
        }
    }
}

static void go_on(struct waiting *waiting)
{
    size_t left = 0;
    for (size_t each = 0; each < waiting->count; each++) {
        const struct pollfd *polled = &waiting->polled[SENDS + each * NOTIFIED_SEND_AWAITS];
        bool ready = polled[0].revents != 0 || polled[1].revents != 0;
        if (!ready || !notified_send_go_on(&waiting->sends[each])) {
            waiting->sends[left++] = waiting->sends[each];
        }
    }
    waiting->count = left;
}

int supervise(const struct supervisor *supervisor)
{
    struct waiting waiting = {0};
    int status = ENDED_BY_SIGNAL + SIGKILL;
    if (one_more(&waiting) == NULL) {
        kill(supervisor->program, SIGKILL);
        return status;
    }
    bool listening = true;
    while (!has_ended(supervisor, &status)) {
        struct pollfd *polled = waiting.polled;
        polled[SIGNALS] = (struct pollfd){.fd = supervisor->signals, .events = POLLIN};
        polled[LISTENER] = (struct pollfd){.fd = listening ? supervisor->listener : -1, .events = POLLIN};
        for (size_t each = 0; each < waiting.count; each++) {
            notified_send_awaits(&waiting.sends[each], &polled[SENDS + each * NOTIFIED_SEND_AWAITS]);
        }
        if (poll(polled, SENDS + waiting.count * NOTIFIED_SEND_AWAITS, -1) < 0) {
            continue;
        }
        pass_on(supervisor);
        go_on(&waiting);
        if ((polled[LISTENER].revents & POLLIN) != 0) {
            notified(supervisor, &waiting);
        } else if (polled[LISTENER].revents != 0) {
            listening = false; /* nobody is under the filter any more */
        }
    }
    return status;
}
