/*
 * Where a KLIPS kernel shows its tables (klips.md section 6.8): files in /proc/net, some of which are links to others below
 * /proc/net/ipsec. Here each is a file.
 */
#ifndef PROC_NET_H
#define PROC_NET_H

#include <sys/types.h>

/* A file in /proc/net, and what the emulator calls its text; a name of NULL is a file that a KLIPS kernel does not have. */
struct proc_table {
    const char *file;
    const char *name;
    mode_t mode;
};

/* The table that a path means, seen from a folder (or AT_FDCWD) if it is relative; NULL for none. Leaves errno alone. */
const struct proc_table *proc_net_table(int folder, const char *path);

/* The table whose text an open descriptor has, if it is known to have one; NULL for none. Leaves errno alone. */
const struct proc_table *proc_net_opened(int fd);

/* A number for that file: all paths that lead to it have the same, in every process. */
ino_t proc_net_number(const struct proc_table *table);

#endif
