/*
 * The seccomp filter of the launcher: which system calls of a program are handed to the supervisor, and which are answered at
 * once (reference: native-clients.md section 8, seccomp_unotify(2)).
 */
#ifndef SECCOMP_FILTER_H
#define SECCOMP_FILTER_H

/*
 * Descriptors of key sockets have these numbers, so that the filter knows them from others without asking: from first up to,
 * not including, end. Programs have few descriptors and get the lowest free ones, and select(2) takes none above 1023.
 */
struct window {
    int first;
    int end;
};

/* The window for programs with the limit on descriptors that this process has. */
struct window filter_window(void);

/*
 * Puts this process and what it starts under the filter, for ever. Needs no privilege but gives up that of set-user-ID
 * programs (PR_SET_NO_NEW_PRIVS). Returns the descriptor at which calls are notified, or an errno, negative.
 */
int filter_install(struct window window);

#endif
