/* The tables of a KLIPS kernel as files in /proc/net: every call, every spelling, and what they refuse. */
#include "../check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static const char FILE_NAME[] = "/proc/net/ipsec_version";
static const char TEXT[] = "Openswan version: ";
static volatile int read_only = O_RDONLY; /* flags that a compiler cannot know: fortified calls check them when they run */

static bool same(const struct stat *one, const struct stat *other)
{
    return S_ISREG(other->st_mode) && one->st_dev == other->st_dev && one->st_ino == other->st_ino && other->st_size == 0;
}

/* Whether the descriptor is an open table, and closes it. */
static void opened_at(int line, int fd)
{
    char text[64] = {0};
    struct stat status = {0};
    struct stat named = {0};
    struct stat64 long_status = {0};
    struct statx extended = {0};
    ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof text);
    check_at(line, size > 0 && strncmp(text, TEXT, strlen(TEXT)) == 0 && text[size - 1] == '\n', "a table is opened");
    check_at(line, stat(FILE_NAME, &named) == 0 && fstat(fd, &status) == 0 && same(&named, &status), "the file that its path means");
    check_at(line, fstat64(fd, &long_status) == 0 && same(&named, (struct stat *)&long_status), "in each spelling");
    check_at(line, fstatat(fd, "", &status, AT_EMPTY_PATH) == 0 && same(&named, &status), "of the question");
    check_at(line, statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &extended) == 0 && extended.stx_ino == named.st_ino, "without a path");
    check_at(line, write(fd, "?", 1) < 0 && ftruncate(fd, 0) < 0, "that cannot be written");
    close(fd);
}

#define OPENED(fd) opened_at(__LINE__, fd)

static void streamed_at(int line, FILE *stream)
{
    char text[64] = {0};
    check_at(line, stream != NULL && fgets(text, sizeof text, stream) != NULL, "a table is opened as a stream");
    check_at(line, strncmp(text, TEXT, strlen(TEXT)) == 0, "with its text");
    if (stream != NULL) {
        fclose(stream);
    }
}

#define STREAMED(stream) streamed_at(__LINE__, stream)

#define CHECK_NO_STREAM(error, call) check_at(__LINE__, (errno = 0, (call) == NULL) && errno == (error), #call " fails")

static void calls(void)
{
    errno = ENOTTY;
    OPENED(open(FILE_NAME, O_RDONLY));
    OPENED(open(FILE_NAME, read_only));
    OPENED(open(FILE_NAME, O_RDONLY | O_CREAT, 0600));
    OPENED(open64(FILE_NAME, read_only));
    OPENED(openat(AT_FDCWD, FILE_NAME, read_only));
    OPENED(openat64(-1, FILE_NAME, read_only));
    STREAMED(fopen(FILE_NAME, "r"));
    STREAMED(fopen64(FILE_NAME, "re"));
    STREAMED(freopen(FILE_NAME, "r", fopen("/dev/null", "r")));
    STREAMED(freopen64(FILE_NAME, "r", fopen("/dev/null", "w")));
    int fd = open(FILE_NAME, O_RDONLY | O_CLOEXEC);
    CHECK(fcntl(fd, F_GETFD) == FD_CLOEXEC);
    close(fd);
    fd = open(FILE_NAME, O_RDONLY);
    CHECK(fcntl(fd, F_GETFD) == 0);
    close(fd);
}

static void errno_kept(void)
{
    struct stat status;
    errno = ENOTTY;
    int fd = open(FILE_NAME, O_RDONLY);
    CHECK(fd >= 0 && stat(FILE_NAME, &status) == 0 && access(FILE_NAME, R_OK) == 0 && errno == ENOTTY);
    close(fd);
    const char *volatile nowhere = NULL;
    CHECK_FAILS(EFAULT, open(nowhere, O_RDONLY));
    CHECK_FAILS(EFAULT, access(nowhere, R_OK));
}

static void refused(void)
{
    CHECK_FAILS(EROFS, open(FILE_NAME, O_WRONLY));
    CHECK_FAILS(EROFS, open(FILE_NAME, O_RDWR));
    CHECK_FAILS(EROFS, open(FILE_NAME, O_RDONLY | O_TRUNC));
    CHECK_FAILS(EROFS, open(FILE_NAME, O_WRONLY | O_CREAT | O_APPEND, 0600));
    CHECK_FAILS(EEXIST, open(FILE_NAME, O_WRONLY | O_CREAT | O_EXCL, 0600));
    CHECK_FAILS(ENOTDIR, open(FILE_NAME, O_RDONLY | O_DIRECTORY));
    CHECK_FAILS(EROFS, creat(FILE_NAME, 0600));
    CHECK_FAILS(EROFS, creat64(FILE_NAME, 0600));
    CHECK_NO_STREAM(EROFS, fopen(FILE_NAME, "w"));
    CHECK_NO_STREAM(EROFS, fopen(FILE_NAME, "a"));
    CHECK_NO_STREAM(EROFS, fopen64(FILE_NAME, "r+"));
    CHECK_NO_STREAM(EINVAL, fopen(FILE_NAME, "q"));
    CHECK_NO_STREAM(EROFS, freopen(FILE_NAME, "w", fopen("/dev/null", "r")));
}

static void spelled_at(int line, const char *path)
{
    opened_at(line, open(path, O_RDONLY));
}

#define SPELLED(path) spelled_at(__LINE__, path)

static void spellings(void)
{
    char path[128];
    SPELLED("/proc/net/ipsec/version");
    SPELLED("//proc/./net//ipsec_version");
    SPELLED("/proc/self/../net/ipsec_version");
    SPELLED("/proc/self/net/ipsec_version");
    SPELLED("/proc/thread-self/net/ipsec_version");
    snprintf(path, sizeof path, "/proc/%d/net/ipsec_version", getpid());
    SPELLED(path);
    snprintf(path, sizeof path, "/proc/self/task/%d/net/ipsec/version", getpid());
    SPELLED(path);
    int folder = open("/proc/net", O_RDONLY | O_DIRECTORY);
    OPENED(openat(folder, "ipsec_version", O_RDONLY));
    OPENED(openat(dup2(folder, 300), "./ipsec/version", O_RDONLY));
    CHECK(chdir("/proc") == 0);
    SPELLED("net/ipsec_version");
    CHECK_FAILS(ENOENT, open("ipsec_version", O_RDONLY));
    CHECK(fchdir(folder) == 0);
    SPELLED("ipsec_version");
    SPELLED("./ipsec/version");
    CHECK_FAILS(ENOENT, open("net/ipsec_version", O_RDONLY));
    CHECK_FAILS(EBADF, openat(999, "ipsec_version", O_RDONLY));
    close(folder);
    close(300);
    CHECK(chdir("/") == 0);
}

/* Files elsewhere are what they are, whatever their name. */
static void others(void)
{
    char folder[] = "/tmp/pfkey-tables-XXXXXX";
    CHECK(mkdtemp(folder) != NULL && chdir(folder) == 0);
    int fd = open("ipsec_version", O_RDWR | O_CREAT | O_EXCL, 0640);
    struct stat status = {0};
    CHECK(write(fd, "mine", 4) == 4 && stat("ipsec_version", &status) == 0 && status.st_size == 4);
    CHECK((status.st_mode & 07777) == (0640 & ~umask(0)));
    close(fd);
    unlink("ipsec_version");
    CHECK_FAILS(ENOENT, open("/proc/ipsec_version", O_RDONLY));
    CHECK_FAILS(ENOENT, open("/proc/net/ipsec_versions", O_RDONLY));
    CHECK_FAILS(ENOENT, open("/proc/net/ipsec/ipsec_version", O_RDONLY));
    CHECK(chdir("/") == 0);
    rmdir(folder);
    fd = open("/proc/net/unix", O_RDONLY);
    CHECK(fd >= 0);
    close(fd);
}

static void described_at(int line, const struct stat *status, int permissions)
{
    check_at(line, S_ISREG(status->st_mode) && (status->st_mode & 07777) == (mode_t)permissions, "a file of that mode");
    check_at(line, status->st_nlink == 1 && status->st_uid == geteuid(), "its owner's");
}

#define DESCRIBED(status, permissions) described_at(__LINE__, status, permissions)

static void asked(void)
{
    struct stat status;
    struct stat64 wide;
    struct statx extended;
    CHECK(stat("/proc/net/ipsec_spi", &status) == 0);
    DESCRIBED(&status, 0400);
    CHECK(lstat("/proc/net/ipsec_eroute", &status) == 0);
    DESCRIBED(&status, 0400);
    CHECK(fstatat(AT_FDCWD, "/proc/net/pf_key_supported", &status, AT_SYMLINK_NOFOLLOW) == 0);
    DESCRIBED(&status, 0400);
    CHECK(stat64(FILE_NAME, &wide) == 0);
    DESCRIBED((struct stat *)&wide, 0444);
    CHECK(lstat64(FILE_NAME, &wide) == 0);
    CHECK(fstatat64(-1, FILE_NAME, &wide, 0) == 0);
    DESCRIBED((struct stat *)&wide, 0444);
    CHECK(statx(AT_FDCWD, "/proc/net/pf_key", 0, STATX_BASIC_STATS, &extended) == 0);
    CHECK(extended.stx_mode == (S_IFREG | 0400) && extended.stx_uid == geteuid());
    CHECK(access(FILE_NAME, F_OK) == 0 && euidaccess(FILE_NAME, R_OK) == 0 && eaccess(FILE_NAME, R_OK) == 0);
    CHECK(faccessat(AT_FDCWD, FILE_NAME, R_OK, AT_EACCESS) == 0);
    CHECK_FAILS(EROFS, access(FILE_NAME, W_OK));
    CHECK_FAILS(EACCES, access(FILE_NAME, X_OK));
    CHECK_FAILS(EINVAL, access(FILE_NAME, 0x100));
}

/* What programs call that were built with a glibc before 2.33. */
#if defined __x86_64__ && !defined __clang__
extern int old_stat(int version, const char *path, struct stat *status);
extern int old_fstatat(int version, int folder, const char *path, struct stat *status, int flags);
__asm__(".symver old_stat, __xstat@GLIBC_2.2.5");
__asm__(".symver old_fstatat, __fxstatat@GLIBC_2.4");

static void asked_of_old(void)
{
    struct stat status;
    CHECK(old_stat(1, FILE_NAME, &status) == 0);
    DESCRIBED(&status, 0444);
    CHECK(old_fstatat(1, -1, FILE_NAME, &status, 0) == 0);
    DESCRIBED(&status, 0444);
    CHECK(old_stat(1, "/", &status) == 0 && S_ISDIR(status.st_mode));
}
#else
static void asked_of_old(void) {}
#endif

static void missing(const char *path)
{
    struct stat status;
    struct statx extended;
    CHECK_FAILS(ENOENT, open(path, read_only));
    CHECK_FAILS(ENOENT, openat(AT_FDCWD, path, O_WRONLY | O_TRUNC));
    CHECK_FAILS(ENOENT, access(path, F_OK));
    CHECK_FAILS(ENOENT, faccessat(AT_FDCWD, path, R_OK, 0));
    CHECK_FAILS(ENOENT, stat(path, &status));
    CHECK_FAILS(ENOENT, lstat(path, &status));
    CHECK_FAILS(ENOENT, statx(AT_FDCWD, path, 0, STATX_BASIC_STATS, &extended));
    CHECK_NO_STREAM(ENOENT, fopen(path, "r"));
    CHECK_NO_STREAM(ENOENT, freopen(path, "r", fopen("/dev/null", "r")));
}

/* This program again, on another emulator or none. */
static void again(const char *server, const char *what)
{
    pid_t child = fork();
    if (child == 0) {
        setenv("PFKEY_SOCKET", server, 1);
        execl("/proc/self/exe", "tables", what, NULL);
        _exit(2);
    }
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
}

int main(int count, char **words)
{
    if (count == 2) {
        missing(words[1]);
        return failures();
    }
    int before = descriptors();
    calls();
    errno_kept();
    refused();
    spellings();
    others();
    asked();
    asked_of_old();
    missing("/proc/net/pfkey");
    CHECK(descriptors() == before);
    CHECK(system("cat /proc/net/ipsec_version | grep -q '^Openswan'") == 0);
    CHECK(system("test -r /proc/net/ipsec_spi && ! test -e /proc/net/pfkey && cd /proc/net && cat <ipsec_spi") == 0);
    again("/nonexistent/klips.sock", FILE_NAME);
    again("/nonexistent/linux.sock", FILE_NAME);
    again("/nonexistent/sclips.sock", FILE_NAME);
    return failures();
}
