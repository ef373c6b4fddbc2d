/* Where the replaced functions are, and what the environment says. */
#include "preload.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel_table.h"
#include "key_socket.h"
#include "proc_net.h"

static struct replaced found;

/* A copy, for some programs write their title over the environment. One byte too long is enough to be told. */
static char server[KEY_SOCKET_PATH_MAX + 2];

/* The socket of KLIPS, and what stands beside it. */
static const char KLIPS[] = "/klips.sock";
static const char TABLES[] = "/tables.sock";
static char table_server[sizeof server + sizeof TABLES];

static void find_tables(void)
{
    size_t length = strlen(server);
    size_t folder = length - (sizeof KLIPS - 1);
    if (length >= sizeof KLIPS - 1 && strcmp(server + folder, KLIPS) == 0) {
        memcpy(table_server, server, folder);
        memcpy(table_server + folder, TABLES, sizeof TABLES);
    }
}

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
        find_tables();
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

const char *tables(void)
{
    next();
    return *table_server != '\0' ? table_server : NULL;
}

const struct proc_table *table_at(int folder, const char *path)
{
    return tables() == NULL ? NULL : proc_net_table(folder, path);
}

int table_missing(const struct proc_table *table)
{
    return table->name == NULL ? ENOENT : -kernel_table_served(tables());
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
