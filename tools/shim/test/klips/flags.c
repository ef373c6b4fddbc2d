/* A KLIPS kernel knows one flag of calls that receive. */
#include "../check.h"

int main(void)
{
    unsigned char room[512];
    int fd = open_key();
    struct sadb_msg ask = header_of(SADB_REGISTER, 3);
    CHECK(send(fd, &ask, sizeof ask, 0) == sizeof ask);
    for (int flag = 1; flag != 0 && flag <= MSG_CMSG_CLOEXEC; flag = (int)((unsigned)flag << 1)) {
        if (flag != MSG_PEEK) {
            CHECK_FAILS(EOPNOTSUPP, recv(fd, room, sizeof room, flag));
            CHECK_FAILS(EOPNOTSUPP, recv(fd, room, sizeof room, flag | MSG_PEEK));
        }
    }
    CHECK(recv(fd, room, sizeof room, MSG_PEEK) > (ssize_t)sizeof ask && room[1] == SADB_REGISTER);
    CHECK(recv(fd, room, sizeof room, 0) > (ssize_t)sizeof ask && room[1] == SADB_REGISTER);
    return failures();
}
