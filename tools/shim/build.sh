#!/bin/sh
# Builds the preload library and the seccomp launcher beside their sources. Without a C compiler there are none, and one line
# says so: native programs cannot be run then, all else works.
set -eu
cd "$(dirname "$0")"
library=libpfkey_preload.so
launcher=pfkey-seccomp
compiler=${CC:-cc}

if [ "$(uname)" != Linux ] || ! command -v "$compiler" >/dev/null; then
    echo "pfkey: no C compiler, so neither preload library nor seccomp launcher for native programs"
    exit 0
fi
# current FILE: whether it is newer than all that it could be made of
current() {
    [ -f $1 ] && [ -z "$(find . -maxdepth 1 \( -name '*.[ch]' -o -name build.sh \) -newer $1)" ]
}

# build FILE WORD...: programs may be running on the old one: it is replaced, not written
build() {
    built=$1
    shift
    new=$built.$$
    "$compiler" -std=gnu11 -O2 -U_FORTIFY_SOURCE -Wall -Wextra -Werror ${CFLAGS-} -Wl,-z,relro,-z,now -o $new "$@" ${LDFLAGS-}
    mv $new $built
}

new=
trap 'rm -f $new' EXIT
current $library || build $library -fPIC -fvisibility=hidden -shared -Wl,-z,defs preload.c sockets.c sending.c receiving.c files.c file_status.c proc_net.c kernel_table.c key_socket.c -ldl
current $launcher || build $launcher pfkey_seccomp.c supervisor.c notified_send.c target.c seccomp_filter.c key_socket.c
