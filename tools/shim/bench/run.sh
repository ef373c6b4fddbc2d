#!/bin/sh
# Measures what the preload library costs and prints ratios. A quiet machine is needed for figures to be quoted.
#
# usage: run.sh [SECONDS]    for each figure (3)
#
# Needs a C compiler and taskset; server and client share core 0.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
seconds=${1:-3}
work=$(mktemp -d)
echo_pid=
trap '[ -z "$echo_pid" ] || kill $echo_pid; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

sh "$here/../build.sh"
cc -O2 -o "$work/cost" "$here/cost.c"
cc -O2 -o "$work/echo" "$root/kernel-sim/src/test/bench/echo.c"

value() { awk -v name="$2" '$1 == name { print $2 }' "$work/$1"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
more() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.0f", (a - b) * 1000 }'; }

mkfifo "$work/ready"
taskset -c 0 "$work/echo" "$work/echo.sock" >"$work/ready" &
echo_pid=$!
read -r _ <"$work/ready"
taskset -c 0 "$work/cost" plain "$work/echo.sock" "$seconds" >"$work/plain"
taskset -c 0 "$root/tools/bin/pfkey" run -- taskset -c 0 "$work/cost" key "$seconds" >"$work/key"
taskset -c 0 "$work/cost" foreign "$seconds" >"$work/without"
PFKEY_SOCKET=/nowhere LD_PRELOAD=$root/tools/shim/libpfkey_preload.so taskset -c 0 "$work/cost" foreign "$seconds" >"$work/with"

plain=$(value plain exchange)
say() { printf '%-62s %s\n' "$1" "$2"; }
say "SEQPACKET round trip to a C echo server, same core" "$plain us"
say "send of a GET with its acknowledgement" "$(value key send) us = $(ratio "$(value key send)" "$plain") round trips"
say "send and recv of its answer" "$(value key exchange) us = $(ratio "$(value key exchange)" "$plain") round trips"
for kind in null pipe socket; do
    say "write to what is no key socket: $kind" \
        "$(value without $kind) us and $(more "$(value with $kind)" "$(value without $kind)") ns for the library"
done
