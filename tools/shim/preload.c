/* Where the replaced functions are, and what the environment says. */
#include "preload.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "key_socket.h"

static struct replaced found;

/* A copy, for some programs write their title over the environment. One byte too long is enough to be told. */
static char server[KEY_SOCKET_PATH_MAX + 2];

/* Early, for dlsym may not be called from a signal handler, nor getenv while a thread changes the environment. */
__attribute__((constructor)) static void begin(void)
{
    if (found.socket != NULL) {
        return;
    }
#define FIND(result, name, parameters) *(void **)&found.name = dlsym(RTLD_NEXT, #name);
    REPLACED(FIND)
#undef FIND
    const char *named = secure_getenv("PFKEY_SOCKET");
    if (named != NULL) {
        strncpy(server, named, sizeof server - 1);
    }
}

const struct replaced *next(void)
{
    if (__builtin_expect(found.socket == NULL, 0)) {
        begin(); /* another library's constructor came first */
    }
    return &found;
}

const char *emulator(void)
{
    next();
    return *server != '\0' ? server : NULL;
}

bool is_key_socket(int fd)
{
    return emulator() != NULL && key_socket_is(fd);
}

int fail(int error)
{
    errno = error;
    return -1;
}
