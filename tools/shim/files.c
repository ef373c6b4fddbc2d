/*
 * All calls that open a file by its path: a table of a KLIPS kernel is the text of that moment, and nobody can write it.
 */
#include "preload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "kernel_table.h"
#include "proc_net.h"

static int refused_open(const struct proc_table *table, int flags)
{
    int error = table_missing(table);
    if (error != 0) {
        return error;
    }
    if ((flags & O_CREAT) != 0 && (flags & O_EXCL) != 0) {
        return EEXIST;
    }
    return (flags & O_DIRECTORY) != 0 ? ENOTDIR : EROFS;
}

/* As open; the path is known. */
static int open_table(const struct proc_table *table, int flags)
{
    bool plain = (flags & (O_ACCMODE | O_TRUNC | O_EXCL | O_DIRECTORY)) == O_RDONLY;
    if (table->name == NULL || !plain) {
        return fail(refused_open(table, flags));
    }
    int opened = kernel_table_open(tables(), table->name, (flags & O_CLOEXEC) != 0);
    return opened < 0 ? fail(-opened) : opened;
}

/* Opening by descriptor. */

/* The mode of a new file, which stands behind the flags only if they need it. */
#define MODE_BEHIND(flags) \
    ({ \
        mode_t mode = 0; \
        if (((flags) & O_CREAT) != 0 || ((flags) & O_TMPFILE) == O_TMPFILE) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        mode; \
    })

EXPORTED int open(const char *path, int flags, ...)
{
    return IF_TABLE(AT_FDCWD, path, open_table(table, flags), open(path, flags, MODE_BEHIND(flags)));
}

EXPORTED int open64(const char *path, int flags, ...)
{
    return IF_TABLE(AT_FDCWD, path, open_table(table, flags), open64(path, flags, MODE_BEHIND(flags)));
}

EXPORTED int openat(int folder, const char *path, int flags, ...)
{
    return IF_TABLE(folder, path, open_table(table, flags), openat(folder, path, flags, MODE_BEHIND(flags)));
}

EXPORTED int openat64(int folder, const char *path, int flags, ...)
{
    return IF_TABLE(folder, path, open_table(table, flags), openat64(folder, path, flags, MODE_BEHIND(flags)));
}

enum { OF_CREAT = O_CREAT | O_WRONLY | O_TRUNC };

EXPORTED int creat(const char *path, mode_t mode)
{
    return IF_TABLE(AT_FDCWD, path, open_table(table, OF_CREAT), creat(path, mode));
}

EXPORTED int creat64(const char *path, mode_t mode)
{
    return IF_TABLE(AT_FDCWD, path, open_table(table, OF_CREAT), creat64(path, mode));
}

/* The names that programs call which were built with _FORTIFY_SOURCE. */

EXPORTED int __open_2(const char *path, int flags)
{
    return IF_TABLE(AT_FDCWD, path, open_table(table, flags), __open_2(path, flags));
}

EXPORTED int __open64_2(const char *path, int flags)
{
    return IF_TABLE(AT_FDCWD, path, open_table(table, flags), __open64_2(path, flags));
}

EXPORTED int __openat_2(int folder, const char *path, int flags)
{
    return IF_TABLE(folder, path, open_table(table, flags), __openat_2(folder, path, flags));
}

EXPORTED int __openat64_2(int folder, const char *path, int flags)
{
    return IF_TABLE(folder, path, open_table(table, flags), __openat64_2(folder, path, flags));
}

/* Opening as a stream. */

/* What open is given for a mode of fopen; -1 for a mode that is none. */
static int flags_of(const char *mode)
{
    int flags;
    switch (*mode) {
    case 'r':
        flags = O_RDONLY;
        break;
    case 'w':
        flags = OF_CREAT;
        break;
    case 'a':
        flags = O_CREAT | O_WRONLY | O_APPEND;
        break;
    default:
        return -1;
    }
    for (const char *each = mode + 1; *each != '\0' && *each != ','; each++) {
        flags |= *each == 'x' ? O_EXCL : *each == 'e' ? O_CLOEXEC : *each == '+' ? O_RDWR : 0;
    }
    return flags;
}

static int open_stream(const struct proc_table *table, const char *mode)
{
    int flags = flags_of(mode);
    return flags < 0 ? fail(EINVAL) : open_table(table, flags);
}

static FILE *stream_of(const struct proc_table *table, const char *mode)
{
    int fd = open_stream(table, mode);
    FILE *stream = fd < 0 ? NULL : fdopen(fd, mode);
    if (fd >= 0 && stream == NULL) {
        int error = errno;
        close(fd);
        errno = error;
    }
    return stream;
}

EXPORTED FILE *fopen(const char *path, const char *mode)
{
    return IF_TABLE(AT_FDCWD, path, stream_of(table, mode), fopen(path, mode));
}

EXPORTED FILE *fopen64(const char *path, const char *mode)
{
    return IF_TABLE(AT_FDCWD, path, stream_of(table, mode), fopen64(path, mode));
}

/* The stream takes over the table by its other name; it is closed in any case, as freopen has it. */
static FILE *reopened(const struct proc_table *table, const char *mode, FILE *stream)
{
    int fd = open_stream(table, mode);
    if (fd < 0) {
        int error = errno;
        fclose(stream);
        errno = error;
        return NULL;
    }
    char path[sizeof "/proc/self/fd/" + 3 * sizeof fd];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    FILE *result = next()->freopen(path, mode, stream);
    int error = errno;
    close(fd);
    errno = error;
    return result;
}

EXPORTED FILE *freopen(const char *path, const char *mode, FILE *stream)
{
    return IF_TABLE(AT_FDCWD, path, reopened(table, mode, stream), freopen(path, mode, stream));
}

EXPORTED FILE *freopen64(const char *path, const char *mode, FILE *stream)
{
    return IF_TABLE(AT_FDCWD, path, reopened(table, mode, stream), freopen64(path, mode, stream));
}
