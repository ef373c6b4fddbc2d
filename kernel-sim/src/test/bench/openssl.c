/*
 * OpenSSL's cryptography of ESP packets in a loop: what a packet path in C could do at best. Per
 * packet: a new initialisation vector, associated data or header, payload, tag; keys are kept.
 *
 * usage: openssl seal|open gcm|cbc BYTES SECONDS THREADS     prints packets a second, all threads
 *
 * BYTES is the length of the packet inside a tunnel; padding and trailer are added here. The
 * library is opened at run time, so that no headers of it are needed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct object object; /* whatever the library hands out */

static object *(*cipher_new)(void);
static int (*encrypt_init)(object *, const object *, object *, const unsigned char *, const unsigned char *);
static int (*encrypt_update)(object *, unsigned char *, int *, const unsigned char *, int);
static int (*encrypt_final)(object *, unsigned char *, int *);
static int (*decrypt_init)(object *, const object *, object *, const unsigned char *, const unsigned char *);
static int (*decrypt_update)(object *, unsigned char *, int *, const unsigned char *, int);
static int (*decrypt_final)(object *, unsigned char *, int *);
static int (*cipher_ctrl)(object *, int, int, void *);
static int (*cipher_padding)(object *, int);
static const object *(*aes_gcm)(void);
static const object *(*aes_cbc)(void);
static object *(*mac_fetch)(object *, const char *, const char *);
static object *(*mac_new)(object *);
static int (*mac_init)(object *, const unsigned char *, size_t, const void *);
static int (*mac_update)(object *, const unsigned char *, size_t);
static int (*mac_final)(object *, unsigned char *, size_t *, size_t);

enum { GET_TAG = 0x10, SET_TAG = 0x11, UTF8_STRING = 4 };

/* An OSSL_PARAM, as openssl/core.h lays it out. */
struct parameter {
    const char *key;
    unsigned int type;
    void *data;
    size_t size, returned;
};

static void *need(void *library, const char *name)
{
    void *found = dlsym(library, name);
    if (!found) {
        fprintf(stderr, "openssl: libcrypto has no %s: OpenSSL 3 is needed\n", name);
        exit(1);
    }
    return found;
}

static void load(void)
{
    void *library = dlopen("libcrypto.so.3", RTLD_NOW);
    if (!library) {
        fprintf(stderr, "openssl: %s\n", dlerror());
        exit(1);
    }
#define NEED(variable, name) *(void **)&variable = need(library, name)
    NEED(cipher_new, "EVP_CIPHER_CTX_new");
    NEED(encrypt_init, "EVP_EncryptInit_ex");
    NEED(encrypt_update, "EVP_EncryptUpdate");
    NEED(encrypt_final, "EVP_EncryptFinal_ex");
    NEED(decrypt_init, "EVP_DecryptInit_ex");
    NEED(decrypt_update, "EVP_DecryptUpdate");
    NEED(decrypt_final, "EVP_DecryptFinal_ex");
    NEED(cipher_ctrl, "EVP_CIPHER_CTX_ctrl");
    NEED(cipher_padding, "EVP_CIPHER_CTX_set_padding");
    NEED(aes_gcm, "EVP_aes_128_gcm");
    NEED(aes_cbc, "EVP_aes_128_cbc");
    NEED(mac_fetch, "EVP_MAC_fetch");
    NEED(mac_new, "EVP_MAC_CTX_new");
    NEED(mac_init, "EVP_MAC_init");
    NEED(mac_update, "EVP_MAC_update");
    NEED(mac_final, "EVP_MAC_final");
}

static int seal, gcm, bytes;
static double seconds;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void must(int worked)
{
    if (!worked) {
        fprintf(stderr, "openssl: the library failed\n");
        exit(1);
    }
}

/* One packet: SPI and sequence (8), vector, payload, tag. */
struct sa {
    object *forth, *back, *mac;
    unsigned char packet[2048], nonce[12];
    uint64_t sequence;
    int payload, length;
};

static void gcm_seal(struct sa *sa)
{
    int n;
    sa->sequence++;
    memcpy(sa->nonce + 4, &sa->sequence, 8);
    memcpy(sa->packet + 8, sa->nonce + 4, 8);
    must(encrypt_init(sa->forth, NULL, NULL, NULL, sa->nonce));
    must(encrypt_update(sa->forth, NULL, &n, sa->packet, 8));
    must(encrypt_update(sa->forth, sa->packet + sa->payload, &n, sa->packet + sa->payload, sa->length));
    must(encrypt_final(sa->forth, sa->packet + sa->payload + n, &n));
    must(cipher_ctrl(sa->forth, GET_TAG, 16, sa->packet + sa->payload + sa->length));
}

static void gcm_open(struct sa *sa)
{
    int n;
    memcpy(sa->nonce + 4, sa->packet + 8, 8);
    must(decrypt_init(sa->back, NULL, NULL, NULL, sa->nonce));
    must(decrypt_update(sa->back, NULL, &n, sa->packet, 8));
    must(decrypt_update(sa->back, sa->packet + sa->payload, &n, sa->packet + sa->payload, sa->length));
    must(cipher_ctrl(sa->back, SET_TAG, 16, sa->packet + sa->payload + sa->length));
    must(decrypt_final(sa->back, sa->packet + sa->payload + n, &n));
}

static void mac(struct sa *sa, unsigned char *to)
{
    size_t n;
    must(mac_init(sa->mac, NULL, 0, NULL));
    must(mac_update(sa->mac, sa->packet, (size_t)(sa->payload + sa->length)));
    must(mac_final(sa->mac, to, &n, 20));
}

static void cbc_seal(struct sa *sa)
{
    int n;
    unsigned char full[20];
    sa->sequence++;
    memcpy(sa->packet + 8, &sa->sequence, 8);
    must(encrypt_init(sa->forth, NULL, NULL, NULL, sa->packet + 8));
    must(encrypt_update(sa->forth, sa->packet + sa->payload, &n, sa->packet + sa->payload, sa->length));
    mac(sa, full);
    memcpy(sa->packet + sa->payload + sa->length, full, 12);
}

static void cbc_open(struct sa *sa)
{
    int n, difference = 0;
    unsigned char full[20];
    mac(sa, full);
    for (int i = 0; i < 12; i++)
        difference |= full[i] ^ sa->packet[sa->payload + sa->length + i];
    must(difference == 0);
    must(decrypt_init(sa->back, NULL, NULL, NULL, sa->packet + 8));
    must(decrypt_update(sa->back, sa->packet + sa->payload, &n, sa->packet + sa->payload, sa->length));
}

static void *work(void *result)
{
    static const unsigned char key[20];
    static char digest[] = "SHA1";
    struct sa *sa = calloc(1, sizeof *sa);
    struct parameter parameters[] = {{"digest", UTF8_STRING, digest, 4, 0}, {NULL, 0, NULL, 0, 0}};
    const object *cipher = gcm ? aes_gcm() : aes_cbc();
    unsigned char wire[2048];
    sa->payload = gcm ? 16 : 24;
    sa->length = gcm ? (bytes + 2 + 3) & ~3 : (bytes + 2 + 15) & ~15;
    sa->forth = cipher_new();
    sa->back = cipher_new();
    must(encrypt_init(sa->forth, cipher, NULL, key, NULL));
    must(decrypt_init(sa->back, cipher, NULL, key, NULL));
    cipher_padding(sa->forth, 0);
    cipher_padding(sa->back, 0);
    sa->mac = mac_new(mac_fetch(NULL, "HMAC", NULL));
    must(mac_init(sa->mac, key, 20, parameters));
    if (gcm)
        gcm_seal(sa);
    else
        cbc_seal(sa);
    memcpy(wire, sa->packet, sizeof wire);
    int whole = sa->payload + sa->length + 16;
    uint64_t count = 0;
    double begin = now(), end = begin;
    while (end - begin < seconds) {
        for (int i = 0; i < 1000; i++) {
            if (!seal)
                memcpy(sa->packet, wire, (size_t)whole);
            if (gcm) {
                if (seal)
                    gcm_seal(sa);
                else
                    gcm_open(sa);
            } else if (seal) {
                cbc_seal(sa);
            } else {
                cbc_open(sa);
            }
        }
        count += 1000;
        end = now();
    }
    *(double *)result = (double)count / (end - begin);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: openssl seal|open gcm|cbc BYTES SECONDS THREADS\n");
        return 2;
    }
    seal = !strcmp(argv[1], "seal");
    gcm = !strcmp(argv[2], "gcm");
    bytes = atoi(argv[3]);
    seconds = atof(argv[4]);
    int threads = atoi(argv[5]);
    if (bytes < 1 || bytes > 1900 || threads < 1 || threads > 64) {
        fprintf(stderr, "openssl: 1 to 1900 bytes, 1 to 64 threads\n");
        return 2;
    }
    load();
    pthread_t thread[64];
    double rate[64], all = 0;
    for (int i = 0; i < threads; i++)
        pthread_create(&thread[i], NULL, work, &rate[i]);
    for (int i = 0; i < threads; i++) {
        pthread_join(thread[i], NULL);
        all += rate[i];
    }
    printf("%.0f\n", all);
    return 0;
}
