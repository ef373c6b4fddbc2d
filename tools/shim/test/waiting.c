/* Waiting for a message with select, poll and epoll. */
#include "check.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

static int fd, epoll;

static bool selected(void)
{
    fd_set set;
    struct timeval now = {0};
    FD_ZERO(&set);
    FD_SET(fd, &set);
    return select(fd + 1, &set, NULL, NULL, &now) == 1;
}

static bool polled(void)
{
    struct pollfd polled = {.fd = fd, .events = POLLIN};
    return poll(&polled, 1, 0) == 1 && polled.revents == POLLIN;
}

static bool epolled(void)
{
    struct epoll_event event;
    return epoll_wait(epoll, &event, 1, 0) == 1 && event.events == EPOLLIN;
}

int main(void)
{
    fd = open_key();
    epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN};
    CHECK(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0);
    struct sadb_msg get = header_of(SADB_GET, 1);
    for (int round = 0; round < 3; round++) {
        CHECK(!selected() && !polled() && !epolled());
        CHECK(send(fd, &get, sizeof get, 0) == sizeof get);
        CHECK(selected() && polled() && epolled());
        CHECK(taken(fd).sadb_msg_type == SADB_GET);
    }
    struct pollfd writable = {.fd = fd, .events = POLLOUT};
    CHECK(poll(&writable, 1, 0) == 1 && writable.revents == POLLOUT);
    return failures();
}
