/*
 * A target is a thread that has made a system call which the filter notified, and waits for the supervisor's answer. It may
 * die at any moment: then every function here fails, and that is no error of anybody's.
 */
#ifndef TARGET_H
#define TARGET_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* One call of a target, and how to get at its process. */
struct target {
    int listener;
    uint64_t call;
    pid_t thread;
    int process; /* a pidfd */
};

/* Gets hold of the process of a thread that waits; false if it is gone or cannot be held. */
bool target_hold(struct target *target, int listener, const struct seccomp_notif *notified);
void target_release(struct target *target);

/* A descriptor of our own for what the target has under a number, or an errno, negative. */
int target_descriptor(const struct target *target, int number);

/* Copies memory from and to the target; 0, or an errno, negative. */
int target_read(const struct target *target, uint64_t address, void *to, size_t length);
int target_write(const struct target *target, uint64_t address, const void *from, size_t length);

/* The value of a variable in the environment that the target's program was started with; false if there is none. */
bool target_variable(const struct target *target, const char *name, char *value, size_t size);

/*
 * The end of the call: it returns a result, or an errno, negative; it is done by the kernel as if there were no filter; it returns a
 * new descriptor for one of ours, with a free number from first up to end, or any number where none of these can be had.
 */
void target_return(const struct target *target, long result);
void target_continue(const struct target *target);
void target_return_descriptor(const struct target *target, int ours, int first, int end, bool close_on_exec);

#endif
