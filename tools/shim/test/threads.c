/* Threads on one key socket, signals that interrupt them, and descriptors that must not be lost meanwhile. */
#include "check.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/time.h>

/* Answers that may wait to be taken: well below what a receiver may have before it loses some. */
enum { EACH = 3000, WAITING = 64 };

static int fd;
static sem_t room;
static volatile sig_atomic_t signals;

static void count_signal(int number)
{
    (void)number;
    signals++;
}

/* Adds associations; one sent twice would be answered with EEXIST. */
static void *add_all(void *first)
{
    unsigned spi = *(unsigned *)first;
    for (unsigned end = spi + EACH; spi < end; spi++) {
        struct add add = add_of(spi);
        while (sem_wait(&room) != 0) {
        }
        ssize_t sent = send(fd, &add, sizeof add, 0);
        if (sent < 0 && errno == EINTR) {
            spi--; /* nothing was sent */
            sem_post(&room);
        } else {
            CHECK(sent == sizeof add);
        }
    }
    return NULL;
}

/* As many answers as were asked for, in the order in which each thread asked. */
static void *take_all(void *seen)
{
    unsigned next[2] = {0x10000, 0x20000};
    for (int count = 0; count < 2 * EACH; count++) {
        unsigned char record[4096];
        struct sadb_msg answer;
        ssize_t got;
        do {
            got = recv(fd, record, sizeof record, 0);
        } while (got < 0 && errno == EINTR);
        sem_post(&room);
        memcpy(&answer, record, sizeof answer);
        unsigned thread = answer.sadb_msg_seq >= 0x20000;
        CHECK(got > 0 && answer.sadb_msg_errno == 0 && answer.sadb_msg_seq == next[thread]);
        next[thread]++;
    }
    *(bool *)seen = true;
    return NULL;
}

static void together(int restart)
{
    struct sigaction action = {.sa_handler = count_signal, .sa_flags = restart};
    sigaction(SIGALRM, &action, NULL);
    struct itimerval often = {{.tv_usec = 500}, {.tv_usec = 500}}, never = {0};
    setitimer(ITIMER_REAL, &often, NULL);
    int before = descriptors();
    sem_init(&room, 0, WAITING);
    unsigned first = 0x10000, second = 0x20000;
    bool seen = false;
    pthread_t adding, taking;
    pthread_create(&taking, NULL, take_all, &seen);
    pthread_create(&adding, NULL, add_all, &first);
    add_all(&second);
    pthread_join(adding, NULL);
    pthread_join(taking, NULL);
    setitimer(ITIMER_REAL, &never, NULL);
    CHECK(seen && descriptors() == before && signals > 0);
}

int main(void)
{
    fd = open_key();
    clear(fd);
    together(0);
    clear(fd);
    together(SA_RESTART);
    clear(fd);
    return failures();
}
