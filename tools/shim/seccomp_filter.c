#define _GNU_SOURCE
#include "seccomp_filter.h"
#include "key_socket.h"

#include <assert.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __x86_64__
#define NATIVE_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define NATIVE_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the numbers of system calls of this architecture are not known here"
#endif

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the filter looks at the low half of arguments"
#endif

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5) /* since Linux 5.19 */
#endif

/* On x86-64 a number with this bit is of the x32 interface. */
#define FOREIGN_NUMBER 0x40000000

/* SO_POLICY and the like (native-clients.md section 6). */
enum { OPTION_IP_IPSEC_POLICY = 16, OPTION_IP_XFRM_POLICY = 17, OPTION_IPV6_IPSEC_POLICY = 34, OPTION_IPV6_XFRM_POLICY = 35 };

/* Argument number `index` lies between two bounds, or there is no such condition. */
struct condition {
    uint8_t index;
    uint32_t least;
    uint32_t most;
};

/* What becomes of a system call if all conditions hold. */
struct rule {
    uint32_t number;
    uint32_t action;
    struct condition conditions[2];
    int count;
};

static const uint32_t NOTIFY = SECCOMP_RET_USER_NOTIF;
static const uint32_t SUCCEED = SECCOMP_RET_ERRNO; /* errno 0 */

/* Calls with a descriptor in front that a key socket answers in its own way. */
static const uint32_t OF_KEY_SOCKETS[] = {
    SYS_write,      SYS_writev,      SYS_sendto,     SYS_sendmsg, SYS_sendmmsg, SYS_bind,     SYS_connect, SYS_listen,
    SYS_accept,     SYS_accept4,     SYS_getsockname, SYS_getpeername, SYS_shutdown, SYS_getsockopt,
};

enum { OF_KEY_SOCKETS_COUNT = sizeof OF_KEY_SOCKETS / sizeof *OF_KEY_SOCKETS };

enum { SELECT_LIMIT = 1024, KEY_SOCKETS_MOST = 256 };

struct window filter_window(void)
{
    struct rlimit limit = {.rlim_cur = SELECT_LIMIT};
    getrlimit(RLIMIT_NOFILE, &limit);
    int end = limit.rlim_cur < SELECT_LIMIT ? (int)limit.rlim_cur : SELECT_LIMIT;
    int first = end - KEY_SOCKETS_MOST;
    return (struct window){first < end / 2 ? end / 2 : first, end};
}

/* A filter under construction. */
struct program {
    struct sock_filter code[256];
    unsigned short length;
};

static void emit(struct program *program, struct sock_filter instruction)
{
    assert(program->length < sizeof program->code / sizeof *program->code);
    program->code[program->length++] = instruction;
}

#define LOAD(member) (struct sock_filter) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define JUMP(test, value, yes, no) (struct sock_filter) BPF_JUMP(BPF_JMP | (test) | BPF_K, value, yes, no)
#define RETURN(action) (struct sock_filter) BPF_STMT(BPF_RET | BPF_K, action)

/* Three instructions for a condition; behind all of them stand the action and what loads the number of the call again. */
enum { CONDITION_LENGTH = 3 };

static void emit_rule(struct program *program, const struct rule *rule)
{
    unsigned char length = (unsigned char)(rule->count * CONDITION_LENGTH + 1);
    emit(program, JUMP(BPF_JEQ, rule->number, 0, length + 1));
    for (int each = 0; each < rule->count; each++) {
        const struct condition *condition = &rule->conditions[each];
        unsigned char rest = (unsigned char)(length - (each + 1) * CONDITION_LENGTH);
        emit(program, LOAD(args[condition->index]));
        emit(program, JUMP(BPF_JGE, condition->least, 0, rest + 1));
        emit(program, JUMP(BPF_JGT, condition->most, rest, 0));
    }
    emit(program, RETURN(rule->action));
    emit(program, LOAD(nr));
}

static void emit_option(struct program *program, uint32_t level, uint32_t least, uint32_t most)
{
    emit_rule(program, &(struct rule){SYS_setsockopt, SUCCEED, {{1, level, level}, {2, least, most}}, 2});
}

static void emit_filter(struct program *program, struct window window)
{
    emit(program, LOAD(arch));
    emit(program, JUMP(BPF_JEQ, NATIVE_ARCHITECTURE, 1, 0));
    emit(program, RETURN(SECCOMP_RET_ALLOW));
    emit(program, LOAD(nr));
    emit(program, JUMP(BPF_JGE, FOREIGN_NUMBER, 0, 1));
    emit(program, RETURN(SECCOMP_RET_ALLOW));
    emit_rule(program, &(struct rule){SYS_socket, NOTIFY, {{0, KEY_FAMILY, KEY_FAMILY}}, 1});
    emit_option(program, IPPROTO_IP, OPTION_IP_IPSEC_POLICY, OPTION_IP_XFRM_POLICY);
    emit_option(program, IPPROTO_IPV6, OPTION_IPV6_IPSEC_POLICY, OPTION_IPV6_XFRM_POLICY);
    struct condition in_window = {0, (uint32_t)window.first, (uint32_t)window.end - 1};
    for (int each = 0; each < OF_KEY_SOCKETS_COUNT; each++) {
        emit_rule(program, &(struct rule){OF_KEY_SOCKETS[each], NOTIFY, {in_window}, 1});
    }
    emit(program, RETURN(SECCOMP_RET_ALLOW));
}

int filter_install(struct window window)
{
    struct program program = {.length = 0};
    emit_filter(&program, window);
    struct sock_fprog filter = {program.length, program.code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return -errno;
    }
    /* Before Linux 5.19 a signal that is handled while a send waits makes the program send again. */
    unsigned long flags = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
    long listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter);
    if (listener < 0 && errno == EINVAL) {
        listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &filter);
    }
    return listener < 0 ? -errno : (int)listener;
}
