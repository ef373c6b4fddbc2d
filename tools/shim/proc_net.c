#define _GNU_SOURCE
#include "proc_net.h"
#include "system_call.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { PRIVATE = 0400, PUBLIC = 0444 };

static const struct proc_table TABLES[] = {
    {"ipsec_spi", "ipsec_spi", PRIVATE},
    {"ipsec/spi/all", "ipsec_spi", PRIVATE},
    {"ipsec_spigrp", "ipsec_spigrp", PRIVATE},
    {"ipsec/spigrp/all", "ipsec_spigrp", PRIVATE},
    {"ipsec_eroute", "ipsec_eroute", PRIVATE},
    {"ipsec/eroute/all", "ipsec_eroute", PRIVATE},
    {"ipsec_tncfg", "ipsec_tncfg", PRIVATE},
    {"ipsec/tncfg", "ipsec_tncfg", PRIVATE},
    {"ipsec_klipsdebug", "ipsec_klipsdebug", PRIVATE},
    {"ipsec/klipsdebug", "ipsec_klipsdebug", PRIVATE},
    {"ipsec_version", "ipsec_version", PUBLIC},
    {"ipsec/version", "ipsec_version", PUBLIC},
    {"pf_key", "pf_key", PRIVATE},
    {"pf_key_registered", "pf_key_registered", PRIVATE},
    {"pf_key_supported", "pf_key_supported", PRIVATE},
    {"pfkey", NULL, 0},
};

enum { TABLE_COUNT = sizeof TABLES / sizeof *TABLES };

/* More than the longest path to a table, written without detours. */
enum { ROOM = 128 };

static const char FOLDERS[] = "/proc/self/fd/";

/* An absolute path under construction. */
struct location {
    char text[ROOM];
    size_t length;
};

static const char *last_word(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* Most paths end otherwise and need no closer look. */
static bool ends_as_table(const char *path)
{
    const char *word = last_word(path);
    for (size_t each = 0; each < TABLE_COUNT; each++) {
        if (strcmp(word, last_word(TABLES[each].file)) == 0) {
            return true;
        }
    }
    return false;
}

/* Adds one word of a path; false when it becomes too long. */
static bool step(struct location *location, const char *word, size_t length)
{
    if (length == 0 || (length == 1 && *word == '.')) {
        return true;
    }
    if (length == 2 && memcmp(word, "..", 2) == 0) {
        while (location->length > 0 && location->text[--location->length] != '/') {
        }
        return true;
    }
    if (length + 1 >= ROOM - location->length) {
        return false;
    }
    location->text[location->length++] = '/';
    memcpy(location->text + location->length, word, length);
    location->length += length;
    return true;
}

static bool walk(struct location *location, const char *path)
{
    while (*path != '\0') {
        size_t length = strcspn(path, "/");
        if (!step(location, path, length)) {
            return false;
        }
        path += length;
        path += *path == '/' ? 1 : 0;
    }
    return true;
}

/* The path of a folder; false when it is too long or cannot be had. */
static bool path_of(int folder, char path[ROOM])
{
    if (folder == AT_FDCWD) {
        return CALL(SYS_getcwd, path, ROOM) > 0 && *path == '/';
    }
    if (folder < 0) {
        return false;
    }
    char digits[] = "0123456789";
    char *number = digits + sizeof digits - 1;
    do {
        *--number = (char)('0' + folder % 10);
        folder /= 10;
    } while (folder > 0);
    char link[sizeof FOLDERS + sizeof digits];
    strcpy(stpcpy(link, FOLDERS), number);
    long length = CALL(SYS_readlinkat, AT_FDCWD, link, path, ROOM - 1);
    if (length <= 0 || *path != '/') {
        return false;
    }
    path[length] = '\0';
    return true;
}

/* What follows a word and a slash, or NULL. */
static const char *behind(const char *path, const char *word)
{
    size_t length = strlen(word);
    return path != NULL && strncmp(path, word, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

static const char *behind_number(const char *path)
{
    size_t length = strspn(path, "0123456789");
    return length > 0 && path[length] == '/' ? path + length + 1 : NULL;
}

/* What follows /proc/net/, /proc/self/net/, /proc/PID/net/ or /proc/PID/task/TID/net/; NULL elsewhere. */
static const char *in_proc_net(const char *path)
{
    const char *proc = behind(path, "/proc");
    if (proc == NULL) {
        return NULL;
    }
    const char *process = behind(proc, "self");
    if (process == NULL) {
        process = behind(proc, "thread-self");
    }
    if (process == NULL) {
        process = behind_number(proc);
    }
    if (process == NULL) {
        return behind(proc, "net");
    }
    const char *thread = behind(process, "task");
    return behind(thread == NULL ? process : behind_number(thread), "net");
}

static const struct proc_table *at(const char *file)
{
    for (size_t each = 0; each < TABLE_COUNT; each++) {
        if (strcmp(file, TABLES[each].file) == 0) {
            return &TABLES[each];
        }
    }
    return NULL;
}

const struct proc_table *proc_net_table(int folder, const char *path)
{
    if (path == NULL || !ends_as_table(path)) {
        return NULL;
    }
    struct location location = {.length = 0};
    int saved = errno;
    char start[ROOM];
    bool known = *path == '/' || (path_of(folder, start) && walk(&location, start));
    errno = saved;
    if (!known || !walk(&location, path)) {
        return NULL;
    }
    location.text[location.length] = '\0';
    const char *file = in_proc_net(location.text);
    return file == NULL ? NULL : at(file);
}

/* The first path that leads to the text of that name. */
static const struct proc_table *named(const char *name, size_t length)
{
    for (size_t each = 0; each < TABLE_COUNT; each++) {
        const char *other = TABLES[each].name;
        if (other != NULL && strlen(other) == length && memcmp(name, other, length) == 0) {
            return &TABLES[each];
        }
    }
    return NULL;
}

const struct proc_table *proc_net_opened(int fd)
{
    static const char MEMORY[] = "/memfd:";
    char path[ROOM];
    int saved = errno;
    bool known = fd >= 0 && path_of(fd, path) && strncmp(path, MEMORY, strlen(MEMORY)) == 0;
    errno = saved;
    const char *name = path + strlen(MEMORY);
    return known ? named(name, strcspn(name, " ")) : NULL;
}

ino_t proc_net_number(const struct proc_table *table)
{
    return 1 + (ino_t)(named(table->name, strlen(table->name)) - TABLES);
}
