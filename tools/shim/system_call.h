/* System calls made directly, so that no wrapper of a library function gets in the way, and none is a cancellation point. */
#ifndef SYSTEM_CALL_H
#define SYSTEM_CALL_H

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A system call; an errno comes back negative, as the kernel itself has it. Changes errno. */
#define CALL(...) result_of(syscall(__VA_ARGS__))

static inline long result_of(long returned)
{
    return returned < 0 ? -errno : returned;
}

#endif
