/* Every call that sends: one message, executed when the call returns, and its errno where a kernel's send fails. */
#include "check.h"

#include <sys/uio.h>

static int fd;
static struct sadb_msg request;

static ssize_t by_write(const void *data, size_t size)
{
    return write(fd, data, size);
}

static ssize_t by_writev(const void *data, size_t size)
{
    char *bytes = (char *)data;
    size_t half = size / 2;
    struct iovec parts[] = {{bytes, half}, {NULL, 0}, {bytes + half, size - half}};
    return writev(fd, parts, 3);
}

static ssize_t by_send(const void *data, size_t size)
{
    return send(fd, data, size, 0);
}

static ssize_t by_send_with_flags(const void *data, size_t size)
{
    return send(fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL | MSG_MORE);
}

static ssize_t by_sendto(const void *data, size_t size)
{
    struct sockaddr_in nowhere = {.sin_family = AF_INET};
    return sendto(fd, data, size, 0, (struct sockaddr *)&nowhere, sizeof nowhere);
}

static ssize_t by_sendmsg(const void *data, size_t size)
{
    struct iovec part = {(void *)data, size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    return sendmsg(fd, &message, 0);
}

static ssize_t by_sendmmsg(const void *data, size_t size)
{
    struct iovec part = {(void *)data, size};
    struct mmsghdr message = {.msg_hdr = {.msg_iov = &part, .msg_iovlen = 1}};
    int sent = sendmmsg(fd, &message, 1, 0);
    return sent < 0 ? -1 : (ssize_t)message.msg_len;
}

static ssize_t (*const CALLS[])(const void *, size_t) = {
    by_write, by_writev, by_send, by_send_with_flags, by_sendto, by_sendmsg, by_sendmmsg,
};
enum { COUNT = sizeof CALLS / sizeof *CALLS };

static void refused(ssize_t (*call)(const void *, size_t))
{
    struct sadb_msg wrong = request;
    CHECK_FAILS(EMSGSIZE, call(&request, 15));
    wrong.sadb_msg_len = 3;
    CHECK_FAILS(EMSGSIZE, call(&wrong, sizeof wrong));
    wrong = request;
    wrong.sadb_msg_version = 1;
    CHECK_FAILS(EINVAL, call(&wrong, sizeof wrong));
    wrong = request;
    wrong.sadb_msg_reserved = 1;
    CHECK_FAILS(EINVAL, call(&wrong, sizeof wrong));
    wrong = request;
    wrong.sadb_msg_type = 25;
    CHECK_FAILS(EINVAL, call(&wrong, sizeof wrong));
    CHECK(taken(fd).sadb_msg_type == 0);
}

static void answered(ssize_t (*call)(const void *, size_t), unsigned spi)
{
    struct add add = add_of(spi);
    errno = EXDEV;
    CHECK(call(&add, sizeof add) == sizeof add);
    CHECK(errno == EXDEV);
    struct sadb_msg answer = taken(fd);
    CHECK(answer.sadb_msg_type == SADB_ADD && answer.sadb_msg_errno == 0 && answer.sadb_msg_seq == spi);
    CHECK(call(&add, sizeof add) == sizeof add);
    answer = taken(fd);
    CHECK(answer.sadb_msg_type == SADB_ADD && answer.sadb_msg_errno == EEXIST);
}

static void nothing_to_send(void)
{
    volatile int less_than_none = -1;
    struct iovec none = {NULL, 0};
    CHECK_FAILS(EMSGSIZE, send(fd, "", 0, 0));
    CHECK_FAILS(EMSGSIZE, write(fd, "", 0));
    CHECK(writev(fd, &none, 1) == 0);
    CHECK(writev(fd, &none, 0) == 0);
    CHECK_FAILS(EINVAL, writev(fd, &none, less_than_none));
}

static void many_at_once(void)
{
    struct add adds[] = {add_of(0x3000), add_of(0x3001), add_of(0x3002)};
    struct iovec parts[] = {{&adds[0], sizeof *adds}, {&adds[1], sizeof *adds}, {&adds[2], 10}};
    struct mmsghdr messages[3] = {0};
    for (int each = 0; each < 3; each++) {
        messages[each].msg_hdr = (struct msghdr){.msg_iov = &parts[each], .msg_iovlen = 1};
    }
    CHECK(sendmmsg(fd, messages, 3, 0) == 2);
    CHECK(messages[0].msg_len == sizeof *adds && messages[1].msg_len == sizeof *adds);
    CHECK(taken(fd).sadb_msg_seq == 0x3000);
    CHECK(taken(fd).sadb_msg_seq == 0x3001);
    CHECK(taken(fd).sadb_msg_type == 0);
    CHECK_FAILS(EMSGSIZE, sendmmsg(fd, messages + 2, 1, 0));
}

/* What a message does to other sockets is done as well when send returns. */
static void broadcasts(void)
{
    enum { LISTENERS = 20 };
    int listeners[LISTENERS];
    for (int each = 0; each < LISTENERS; each++) {
        listeners[each] = open_key();
    }
    for (unsigned spi = 0x4000; spi < 0x4010; spi++) {
        CHECK(by_send(&(struct add[]){add_of(spi)}, sizeof(struct add)) == sizeof(struct add));
        for (int each = 0; each < LISTENERS; each++) {
            CHECK(taken(listeners[each]).sadb_msg_seq == spi);
        }
        CHECK(taken(fd).sadb_msg_seq == spi);
    }
    for (int each = 0; each < LISTENERS; each++) {
        close(listeners[each]);
    }
}

int main(void)
{
    fd = open_key();
    clear(fd);
    request = header_of(SADB_GET, 1);
    for (unsigned call = 0; call < COUNT; call++) {
        refused(CALLS[call]);
        answered(CALLS[call], 0x1000 + call);
    }
    CHECK_FAILS(EOPNOTSUPP, send(fd, &request, sizeof request, MSG_OOB));
    nothing_to_send();
    many_at_once();
    broadcasts();
    CHECK_FAILS(EMSGSIZE, send(fd, calloc(1, 1 << 24), 1 << 24, 0));
    clear(fd);
    return failures();
}
