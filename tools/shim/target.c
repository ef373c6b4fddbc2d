#define _GNU_SOURCE
#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef SECCOMP_ADDFD_FLAG_SEND
#define SECCOMP_ADDFD_FLAG_SEND (1UL << 1) /* since Linux 5.14 */
#endif

/* Longer than a number and its path in /proc. */
enum { PATH_SIZE = 64 };

static FILE *open_proc(pid_t thread, const char *name)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)thread, name);
    return fopen(path, "re");
}

/* The process that a thread belongs to. */
static pid_t process_of(pid_t thread)
{
    static const char WANTED[] = "Tgid:";
    FILE *status = open_proc(thread, "status");
    pid_t process = -1;
    char line[256];
    while (status != NULL && process < 0 && fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, WANTED, sizeof WANTED - 1) == 0) {
            process = (pid_t)strtol(line + sizeof WANTED - 1, NULL, 10);
        }
    }
    if (status != NULL) {
        fclose(status);
    }
    return process;
}

/* Whether the number of the thread is still that of the one which waits. */
static bool waits(const struct target *target)
{
    return ioctl(target->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &target->call) == 0;
}

bool target_hold(struct target *target, int listener, const struct seccomp_notif *notified)
{
    *target = (struct target){.listener = listener, .call = notified->id, .thread = (pid_t)notified->pid};
    target->process = (int)syscall(SYS_pidfd_open, target->thread, 0);
    if (target->process < 0) {
        target->process = (int)syscall(SYS_pidfd_open, process_of(target->thread), 0); /* not a first thread */
    }
    if (target->process >= 0 && !waits(target)) {
        target_release(target);
    }
    return target->process >= 0;
}

void target_release(struct target *target)
{
    if (target->process >= 0) {
        close(target->process);
        target->process = -1;
    }
}

int target_descriptor(const struct target *target, int number)
{
    int ours = (int)syscall(SYS_pidfd_getfd, target->process, number, 0);
    return ours < 0 ? -errno : ours;
}

int target_read(const struct target *target, uint64_t address, void *to, size_t length)
{
    struct iovec ours = {to, length};
    struct iovec theirs = {(void *)(uintptr_t)address, length};
    ssize_t count = process_vm_readv(target->thread, &ours, 1, &theirs, 1, 0);
    if (count < 0 || !waits(target)) {
        return count < 0 ? -errno : -ESRCH;
    }
    return (size_t)count == length ? 0 : -EFAULT;
}

int target_write(const struct target *target, uint64_t address, const void *from, size_t length)
{
    struct iovec ours = {(void *)(uintptr_t)from, length};
    struct iovec theirs = {(void *)(uintptr_t)address, length};
    if (!waits(target)) {
        return -ESRCH;
    }
    ssize_t count = process_vm_writev(target->thread, &ours, 1, &theirs, 1, 0);
    if (count < 0) {
        return -errno;
    }
    return (size_t)count == length ? 0 : -EFAULT;
}

bool target_variable(const struct target *target, const char *name, char *value, size_t size)
{
    FILE *environment = open_proc(target->thread, "environ");
    if (environment == NULL) {
        return false;
    }
    char *each = NULL;
    size_t room = 0;
    size_t length = strlen(name);
    bool found = false;
    while (!found && getdelim(&each, &room, '\0', environment) > 0) {
        found = strncmp(each, name, length) == 0 && each[length] == '=' && strlen(each + length + 1) < size;
        if (found) {
            strcpy(value, each + length + 1);
        }
    }
    free(each);
    fclose(environment);
    return found && waits(target);
}

static void respond(const struct target *target, long value, int error, uint32_t flags)
{
    struct seccomp_notif_resp response = {.id = target->call, .val = value, .error = error, .flags = flags};
    ioctl(target->listener, SECCOMP_IOCTL_NOTIF_SEND, &response); /* fails if it is gone, which is all right */
}

void target_return(const struct target *target, long result)
{
    respond(target, result < 0 ? 0 : result, result < 0 ? (int)result : 0, 0);
}

void target_continue(const struct target *target)
{
    respond(target, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
}

/* A number that the target does not use, or -1. Threads that open files get the lowest numbers, not these. */
static int free_number(const struct target *target, int first, int end)
{
    for (int number = first; number < end; number++) {
        int ours = target_descriptor(target, number);
        if (ours == -EBADF) {
            return number;
        }
        if (ours < 0) {
            return -1;
        }
        close(ours);
    }
    return -1;
}

static int inject(const struct target *target, struct seccomp_notif_addfd *added)
{
    struct seccomp_notif_addfd at_once = *added;
    at_once.flags |= SECCOMP_ADDFD_FLAG_SEND;
    if (ioctl(target->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &at_once) >= 0) {
        return 0;
    }
    if (errno != EINVAL) {
        return -errno;
    }
    int number = ioctl(target->listener, SECCOMP_IOCTL_NOTIF_ADDFD, added);
    if (number < 0) {
        return -errno;
    }
    target_return(target, number);
    return 0;
}

void target_return_descriptor(const struct target *target, int ours, int first, int end, bool close_on_exec)
{
    struct seccomp_notif_addfd added = {
        .id = target->call, .srcfd = (uint32_t)ours, .newfd_flags = close_on_exec ? O_CLOEXEC : 0};
    int number = free_number(target, first, end);
    int result = -EMFILE;
    if (number >= 0) {
        added.flags = SECCOMP_ADDFD_FLAG_SETFD;
        added.newfd = (uint32_t)number;
        result = inject(target, &added);
    }
    if (result != 0) {
        added.flags = 0; /* the program has lowered its limit, or has very many */
        added.newfd = 0;
        result = inject(target, &added);
    }
    if (result != 0) {
        target_return(target, result);
    }
}
