/*
 * A call that sends on a key socket, done by the supervisor in the target's place: each message is read from its memory and
 * passed on, and the call returns when the emulator has acknowledged it (decisions.md 19). Many may be under way at once.
 */
#ifndef NOTIFIED_SEND_H
#define NOTIFIED_SEND_H

#include <linux/seccomp.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "target.h"

struct notified_send {
    struct target target;
    int socket;  /* our descriptor of the key socket */
    int call;    /* number of the system call */
    uint64_t at; /* the data, the vector or the headers */
    uint64_t count;
    int flags;
    unsigned done;  /* messages that were acknowledged */
    size_t length;  /* of the message under way */
    int receipt;    /* where it will be acknowledged; -1 while none is under way */
};

/* A send of a target, which it takes over together with the socket; notified_send_go_on is to be called next. */
struct notified_send notified_send_of(const struct target *target, int socket, const struct seccomp_data *call);

/* What it waits for: any of these. */
enum { NOTIFIED_SEND_AWAITS = 2 };
void notified_send_awaits(const struct notified_send *send, struct pollfd awaited[NOTIFIED_SEND_AWAITS]);

/* Goes on as far as it can without waiting; true when the target has its answer and nothing is held any more. */
bool notified_send_go_on(struct notified_send *send);

#endif
