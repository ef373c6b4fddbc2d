/*
 * pfkey-seccomp PROGRAM [ARGUMENT...]: runs a program whose key sockets are those of the emulated kernel at PFKEY_SOCKET, also a program
 * that the preload library does not reach: one that is linked statically, or makes system calls by itself.
 *
 * A seccomp filter notifies this process of the program's calls of socket(PF_KEY, ...); it connects to the emulator and
 * puts the connection into the program. Calls that send on such a socket are notified too, and return when the emulator
 * has acknowledged the message. Not reached are: duplicates that dup2 or SCM_RIGHTS put at low numbers (what is sent on
 * them arrives, but is not waited for), the end of the emulator (a read says 0, not ENETDOWN), io_uring and splice, 32-bit programs,
 * SO_SNDTIMEO. Set-user-ID programs get no privileges.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "supervisor.h"

/* Status of a program that could not be started, as of a shell. */
enum { NOT_STARTED = 126, NOT_FOUND = 127 };

/* In the environment of what runs under a filter of ours: there cannot be a second one, and need not be. */
static const char SUPERVISED[] = "PFKEY_SECCOMP";

/* What `pfkey run` passes on, and what people send besides. */
static const int PASSED_ON[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};

static int complain(const char *what, const char *why)
{
    fprintf(stderr, "pfkey run: %s: %s\n", what, why);
    return NOT_STARTED;
}

static int become(char **command)
{
    execvp(command[0], command);
    if (errno == ENOENT) {
        complain(command[0], "not found");
        return NOT_FOUND;
    }
    return complain(command[0], "cannot be started");
}

/* The signals of this process before it took some for itself. */
struct before {
    sigset_t mask;
    struct sigaction child;
};

static int take_signals(struct before *before)
{
    sigset_t taken;
    sigemptyset(&taken);
    sigaddset(&taken, SIGCHLD);
    for (size_t each = 0; each < sizeof PASSED_ON / sizeof *PASSED_ON; each++) {
        sigaddset(&taken, PASSED_ON[each]);
    }
    sigaction(SIGCHLD, &(struct sigaction){.sa_handler = SIG_DFL}, &before->child);
    sigprocmask(SIG_BLOCK, &taken, &before->mask);
    return signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* The child's side: installs the filter, tells the number of the listener and waits until it has been taken. */
static int run_filtered(char **command, struct window window, int parent, const struct before *before)
{
    int listener = filter_install(window);
    if (write(parent, &listener, sizeof listener) != (ssize_t)sizeof listener || listener < 0) {
        return NOT_STARTED;
    }
    char taken;
    if (read(parent, &taken, 1) != 1) {
        return NOT_STARTED;
    }
    close(listener);
    close(parent);
    sigaction(SIGCHLD, &before->child, NULL);
    sigprocmask(SIG_SETMASK, &before->mask, NULL);
    return become(command);
}

/* The listener of a child, or an errno, negative. */
static int listener_of(pid_t child, int channel)
{
    int number;
    if (read(channel, &number, sizeof number) != (ssize_t)sizeof number) {
        return -ECHILD;
    }
    if (number < 0) {
        return number;
    }
    int process = (int)syscall(SYS_pidfd_open, child, 0);
    int listener = process < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, process, number, 0);
    int result = listener < 0 ? -errno : listener;
    close(process);
    return result;
}

/* The program's end of a pipe shall be the last one. */
static void let_go_of_streams(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int stream = STDIN_FILENO; null >= 0 && stream <= STDERR_FILENO; stream++) {
        dup2(null, stream);
    }
}

static int launch(char **command, const char *emulator)
{
    struct supervisor supervisor = {.window = filter_window(), .emulator = emulator};
    struct before before;
    int channel[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0) {
        return complain("--seccomp", strerror(errno));
    }
    supervisor.signals = take_signals(&before);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); /* who lives on without parent stays ours to look into */
    supervisor.program = fork();
    if (supervisor.program == 0) {
        close(channel[0]);
        _exit(run_filtered(command, supervisor.window, channel[1], &before));
    }
    close(channel[1]);
    supervisor.listener = supervisor.program < 0 ? -errno : listener_of(supervisor.program, channel[0]);
    if (supervisor.listener < 0) {
        return complain("--seccomp: this kernel does not notify of system calls", strerror(-supervisor.listener));
    }
    bool told = write(channel[0], "", 1) == 1;
    close(channel[0]);
    let_go_of_streams();
    return told ? supervise(&supervisor) : NOT_STARTED;
}

int main(int count, char **arguments)
{
    const char *emulator = getenv("PFKEY_SOCKET");
    if (count < 2 || emulator == NULL) {
        fprintf(stderr, "usage: PFKEY_SOCKET=PATH pfkey-seccomp PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    if (getenv(SUPERVISED) != NULL && prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == SECCOMP_MODE_FILTER) {
        return become(arguments + 1);
    }
    setenv(SUPERVISED, "1", 1);
    return launch(arguments + 1, emulator);
}
