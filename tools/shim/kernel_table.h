/*
 * The text tables of an emulated KLIPS kernel, as the emulator serves them on its tables.sock: a name and a newline go in, the text
 * comes out (kernel-sim/docs/tables.md).
 *
 * As key_socket.h: async-signal-safe, errno left alone, no cancellation points, nothing kept in memory.
 */
#ifndef KERNEL_TABLE_H
#define KERNEL_TABLE_H

#include <stdbool.h>
#include <sys/stat.h>

/* Whether somebody serves tables at that path: 0, or an errno, negative. */
int kernel_table_served(const char *socket);

/* A table as it is now, in a file of its own that only the descriptor knows and nobody can write; or an errno, negative. */
int kernel_table_open(const char *socket, const char *name, bool close_on_exec);

/* Whether a descriptor, whose status the C library has told, is such a file, whoever opened it. */
bool kernel_table_is(int fd, const struct stat *status);

#endif
