#!/bin/sh
# Builds the preload library beside its sources. Without a C compiler there is none, and one line says so: native programs
# cannot be run then, all else works.
set -eu
cd "$(dirname "$0")"
library=libpfkey_preload.so
compiler=${CC:-cc}

if [ "$(uname)" != Linux ] || ! command -v "$compiler" >/dev/null; then
    echo "pfkey: no C compiler, so no preload library for native programs"
    exit 0
fi
if [ -f $library ] && [ -z "$(find . -maxdepth 1 \( -name '*.[ch]' -o -name build.sh \) -newer $library)" ]; then
    exit 0
fi
# programs may be running on the old one: it is replaced, not written
new=$library.$$
trap 'rm -f $new' EXIT
"$compiler" -std=gnu11 -O2 -fPIC -fvisibility=hidden -U_FORTIFY_SOURCE -Wall -Wextra -Werror ${CFLAGS-} \
    -shared -Wl,-z,relro,-z,now,-z,defs -o $new preload.c sockets.c sending.c receiving.c key_socket.c ${LDFLAGS-} -ldl
mv $new $library
