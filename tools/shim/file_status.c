/* All calls that ask about a file by its path: the tables of a KLIPS kernel are files of their owner that nobody can write. */
#include "preload.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "kernel_table.h"
#include "proc_net.h"

static int accessible(const struct proc_table *table, int mode)
{
    if ((mode & ~(R_OK | W_OK | X_OK)) != 0) {
        return fail(EINVAL);
    }
    int error = table_missing(table);
    if (error == 0 && (mode & W_OK) != 0) {
        error = EROFS;
    }
    if (error == 0 && (mode & X_OK) != 0) {
        error = EACCES;
    }
    return error == 0 ? 0 : fail(error);
}

EXPORTED int access(const char *path, int mode)
{
    return IF_TABLE(AT_FDCWD, path, accessible(table, mode), access(path, mode));
}

EXPORTED int euidaccess(const char *path, int mode)
{
    return IF_TABLE(AT_FDCWD, path, accessible(table, mode), euidaccess(path, mode));
}

EXPORTED int eaccess(const char *path, int mode)
{
    return IF_TABLE(AT_FDCWD, path, accessible(table, mode), eaccess(path, mode));
}

EXPORTED int faccessat(int folder, const char *path, int mode, int flags)
{
    return IF_TABLE(folder, path, accessible(table, mode), faccessat(folder, path, mode, flags));
}

/* As other files of /proc it has no size. Who runs the emulator is its owner. */
static void show(const struct proc_table *table, struct stat *status)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *status = (struct stat){
        .st_ino = proc_net_number(table),
        .st_mode = S_IFREG | table->mode,
        .st_nlink = 1,
        .st_uid = geteuid(),
        .st_gid = getegid(),
        .st_blksize = 1024,
        .st_atim = now,
        .st_mtim = now,
        .st_ctim = now,
    };
}

static int describe(const struct proc_table *table, struct stat *status)
{
    int error = table_missing(table);
    if (error != 0) {
        return fail(error);
    }
    show(table, status);
    return 0;
}

/* Both are what the kernel fills in. */
_Static_assert(sizeof(struct stat) == sizeof(struct stat64), "a 64-bit system");

static int describe64(const struct proc_table *table, struct stat64 *status)
{
    return describe(table, (struct stat *)status);
}

static void show_at_length(const struct proc_table *table, struct statx *status)
{
    struct stat brief;
    show(table, &brief);
    struct statx_timestamp now = {.tv_sec = brief.st_mtim.tv_sec, .tv_nsec = (unsigned)brief.st_mtim.tv_nsec};
    *status = (struct statx){
        .stx_mask = STATX_BASIC_STATS,
        .stx_ino = brief.st_ino,
        .stx_mode = (unsigned short)brief.st_mode,
        .stx_nlink = (unsigned)brief.st_nlink,
        .stx_uid = brief.st_uid,
        .stx_gid = brief.st_gid,
        .stx_blksize = (unsigned)brief.st_blksize,
        .stx_atime = now,
        .stx_mtime = now,
        .stx_ctime = now,
    };
}

static int describe_at_length(const struct proc_table *table, struct statx *status)
{
    struct stat found;
    if (describe(table, &found) != 0) {
        return -1;
    }
    show_at_length(table, status);
    return 0;
}

/* The table that an open descriptor reads, or NULL: cp refuses a file that is another when it is open. */
static const struct proc_table *opened(int fd, const struct stat *status)
{
    int saved = errno;
    bool table = tables() != NULL && kernel_table_is(fd, status);
    errno = saved;
    return table ? proc_net_opened(fd) : NULL;
}

/* What the C library has told of a descriptor, or what is shown of its table. */
static int shown(int fd, int result, struct stat *status)
{
    const struct proc_table *table = result == 0 ? opened(fd, status) : NULL;
    if (table != NULL) {
        show(table, status);
    }
    return result;
}

static bool descriptor_meant(const char *path, int flags)
{
    return path != NULL && *path == '\0' && (flags & AT_EMPTY_PATH) != 0;
}

EXPORTED int fstat(int fd, struct stat *status)
{
    return shown(fd, next()->fstat(fd, status), status);
}

EXPORTED int fstat64(int fd, struct stat64 *status)
{
    return shown(fd, next()->fstat64(fd, status), (struct stat *)status);
}

EXPORTED int __fxstat(int version, int fd, struct stat *status)
{
    return shown(fd, next()->__fxstat(version, fd, status), status);
}

EXPORTED int __fxstat64(int version, int fd, struct stat64 *status)
{
    return shown(fd, next()->__fxstat64(version, fd, status), (struct stat *)status);
}

EXPORTED int stat(const char *path, struct stat *status)
{
    return IF_TABLE(AT_FDCWD, path, describe(table, status), stat(path, status));
}

EXPORTED int lstat(const char *path, struct stat *status)
{
    return IF_TABLE(AT_FDCWD, path, describe(table, status), lstat(path, status));
}

EXPORTED int fstatat(int folder, const char *path, struct stat *status, int flags)
{
    if (descriptor_meant(path, flags)) {
        return shown(folder, next()->fstatat(folder, path, status, flags), status);
    }
    return IF_TABLE(folder, path, describe(table, status), fstatat(folder, path, status, flags));
}

EXPORTED int stat64(const char *path, struct stat64 *status)
{
    return IF_TABLE(AT_FDCWD, path, describe64(table, status), stat64(path, status));
}

EXPORTED int lstat64(const char *path, struct stat64 *status)
{
    return IF_TABLE(AT_FDCWD, path, describe64(table, status), lstat64(path, status));
}

EXPORTED int fstatat64(int folder, const char *path, struct stat64 *status, int flags)
{
    if (descriptor_meant(path, flags)) {
        return shown(folder, next()->fstatat64(folder, path, status, flags), (struct stat *)status);
    }
    return IF_TABLE(folder, path, describe64(table, status), fstatat64(folder, path, status, flags));
}

EXPORTED int statx(int folder, const char *path, int flags, unsigned mask, struct statx *status)
{
    if (descriptor_meant(path, flags)) {
        int result = next()->statx(folder, path, flags, mask, status);
        struct stat brief = {.st_mode = status->stx_mode, .st_nlink = status->stx_nlink};
        const struct proc_table *table = result == 0 ? opened(folder, &brief) : NULL;
        if (table != NULL) {
            show_at_length(table, status);
        }
        return result;
    }
    return IF_TABLE(folder, path, describe_at_length(table, status), statx(folder, path, flags, mask, status));
}

/* The names that programs call which were built with a glibc before 2.33: with the version of the structure. */

EXPORTED int __xstat(int version, const char *path, struct stat *status)
{
    return IF_TABLE(AT_FDCWD, path, describe(table, status), __xstat(version, path, status));
}

EXPORTED int __lxstat(int version, const char *path, struct stat *status)
{
    return IF_TABLE(AT_FDCWD, path, describe(table, status), __lxstat(version, path, status));
}

EXPORTED int __fxstatat(int version, int folder, const char *path, struct stat *status, int flags)
{
    return IF_TABLE(folder, path, describe(table, status), __fxstatat(version, folder, path, status, flags));
}

EXPORTED int __xstat64(int version, const char *path, struct stat64 *status)
{
    return IF_TABLE(AT_FDCWD, path, describe64(table, status), __xstat64(version, path, status));
}

EXPORTED int __lxstat64(int version, const char *path, struct stat64 *status)
{
    return IF_TABLE(AT_FDCWD, path, describe64(table, status), __lxstat64(version, path, status));
}

EXPORTED int __fxstatat64(int version, int folder, const char *path, struct stat64 *status, int flags)
{
    return IF_TABLE(folder, path, describe64(table, status), __fxstatat64(version, folder, path, status, flags));
}
