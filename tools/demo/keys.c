/*
 * The key socket of a kernel as a program in C sees it: registers for ESP, adds a security association, lists all there are.
 *
 *     cc -o keys keys.c && pfkey run -- ./keys
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/pfkeyv2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WORD = 8, SPI = 0x1000 };

/* A message in the making; sadb_msg_len counts words of 8 bytes. */
struct message {
    union {
        struct sadb_msg base;
        unsigned char bytes[4096];
    };
};

static void fail(const char *what)
{
    fprintf(stderr, "keys: %s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

static struct message begin(int type)
{
    static unsigned sequence;
    struct message message = {.base = {
                                  .sadb_msg_version = PF_KEY_V2,
                                  .sadb_msg_type = (unsigned char)type,
                                  .sadb_msg_satype = SADB_SATYPE_ESP,
                                  .sadb_msg_len = sizeof(struct sadb_msg) / WORD,
                                  .sadb_msg_seq = ++sequence,
                                  .sadb_msg_pid = (unsigned)getpid(),
                              }};
    return message;
}

/* Adds an extension: its fixed part, whose length field is set, and what follows it, up to the next word. */
static void extend(struct message *message, void *fixed, size_t size, const void *rest, size_t rest_size)
{
    unsigned char *end = message->bytes + message->base.sadb_msg_len * WORD;
    size_t words = (size + rest_size + WORD - 1) / WORD;
    ((struct sadb_ext *)fixed)->sadb_ext_len = (unsigned short)words;
    memcpy(end, fixed, size);
    memcpy(end + size, rest, rest_size);
    message->base.sadb_msg_len = (unsigned short)(message->base.sadb_msg_len + words);
}

static void extend_address(struct message *message, int type, const char *text)
{
    struct sadb_address address = {.sadb_address_exttype = (unsigned short)type, .sadb_address_prefixlen = 32};
    struct sockaddr_in host = {.sin_family = AF_INET};
    inet_pton(AF_INET, text, &host.sin_addr);
    extend(message, &address, sizeof address, &host, sizeof host);
}

static void extend_key(struct message *message, int type, const char *key)
{
    struct sadb_key extension = {.sadb_key_exttype = (unsigned short)type, .sadb_key_bits = (unsigned short)(strlen(key) * 8)};
    extend(message, &extension, sizeof extension, key, strlen(key));
}

static void send_message(int key_socket, const struct message *message)
{
    if (send(key_socket, message, message->base.sadb_msg_len * WORD, 0) < 0) {
        fail("send");
    }
}

/* The next message of a type that answers us. */
static struct message receive_answer(int key_socket, int type)
{
    struct message message;
    do {
        if (recv(key_socket, &message, sizeof message, 0) < 0) {
            fail("recv");
        }
    } while (message.base.sadb_msg_type != type || message.base.sadb_msg_pid != (unsigned)getpid());
    if (message.base.sadb_msg_errno != 0) {
        errno = message.base.sadb_msg_errno;
        fail("the kernel's answer");
    }
    return message;
}

static const void *extension_of(const struct message *message, int type)
{
    const unsigned char *at = message->bytes + sizeof message->base;
    const unsigned char *end = message->bytes + message->base.sadb_msg_len * WORD;
    while (at < end && ((const struct sadb_ext *)at)->sadb_ext_type != type) {
        at += ((const struct sadb_ext *)at)->sadb_ext_len * WORD;
    }
    return at < end ? at : NULL;
}

static void print_address(const struct message *message, int type)
{
    const struct sadb_address *address = extension_of(message, type);
    char text[INET_ADDRSTRLEN] = "?";
    if (address != NULL) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(address + 1))->sin_addr, text, sizeof text);
    }
    printf(" %s", text);
}

static void print_association(const struct message *message)
{
    const struct sadb_sa *sa = extension_of(message, SADB_EXT_SA);
    printf("esp 0x%08x", ntohl(sa->sadb_sa_spi));
    print_address(message, SADB_EXT_ADDRESS_SRC);
    print_address(message, SADB_EXT_ADDRESS_DST);
    printf(" auth %d encrypt %d\n", sa->sadb_sa_auth, sa->sadb_sa_encrypt);
}

int main(void)
{
    int key_socket = socket(PF_KEY, SOCK_RAW, PF_KEY_V2);
    if (key_socket < 0) {
        fail("socket(PF_KEY)");
    }

    struct message message = begin(SADB_REGISTER);
    send_message(key_socket, &message);
    message = receive_answer(key_socket, SADB_REGISTER);
    const struct sadb_supported *supported = extension_of(&message, SADB_EXT_SUPPORTED_ENCRYPT);
    printf("registered: %zu ciphers\n", (supported->sadb_supported_len * WORD - sizeof *supported) / sizeof(struct sadb_alg));

    message = begin(SADB_ADD);
    struct sadb_sa sa = {
        .sadb_sa_exttype = SADB_EXT_SA,
        .sadb_sa_spi = htonl(SPI),
        .sadb_sa_replay = 32,
        .sadb_sa_state = SADB_SASTATE_MATURE,
        .sadb_sa_auth = SADB_AALG_SHA1HMAC,
        .sadb_sa_encrypt = SADB_X_EALG_AESCBC,
    };
    extend(&message, &sa, sizeof sa, NULL, 0);
    extend_address(&message, SADB_EXT_ADDRESS_SRC, "10.0.0.1");
    extend_address(&message, SADB_EXT_ADDRESS_DST, "10.0.0.2");
    extend_key(&message, SADB_EXT_KEY_AUTH, "not a secret, 160bit");
    extend_key(&message, SADB_EXT_KEY_ENCRYPT, "not secret, 128b");
    send_message(key_socket, &message);
    receive_answer(key_socket, SADB_ADD);
    puts("added");

    message = begin(SADB_DUMP);
    send_message(key_socket, &message);
    do {
        message = receive_answer(key_socket, SADB_DUMP);
        print_association(&message);
    } while (message.base.sadb_msg_seq != 0);
    return EXIT_SUCCESS;
}
