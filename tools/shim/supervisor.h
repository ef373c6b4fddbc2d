/* The supervisor of a program under the filter: answers the calls that are notified, and waits for the program's end. */
#ifndef SUPERVISOR_H
#define SUPERVISOR_H

#include <sys/types.h>

#include "seccomp_filter.h"

struct supervisor {
    pid_t program;
    int signals;  /* a signalfd: SIGCHLD, and what is passed on to the program */
    int listener; /* of the filter */
    struct window window;
    const char *emulator; /* the socket for programs whose environment names none */
};

/* Until the program has ended; its status as of a shell: 128+N when signal N ended it. */
int supervise(const struct supervisor *supervisor);

#endif
