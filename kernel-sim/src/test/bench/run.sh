#!/bin/sh
# Measures a pfkey server from outside and prints ratios to an epoll echo server in C.
#
# usage: run.sh [SECONDS] [SAS] [POLICIES]    seconds for each figure (3), SAs in the big database (1000000), policies (100000)
#
# Needs a C compiler and taskset. "Same core" pins server and client to core 0.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
seconds=${1:-3}
sas=${2:-1000000}
policies=${3:-100000}
work=$(mktemp -d)
pids=
finish() {
    for pid in $pids; do kill "$pid" 2>/dev/null || :; done
    wait 2>/dev/null || :
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

cc -O2 -o "$work/echo" "$here/echo.c"
cc -O2 -o "$work/load" "$here/load.c"
load=$work/load

# start NAME COMMAND...: in the background, until it has printed its first line
start() {
    name=$1
    shift
    mkfifo "$work/$name.ready"
    "$@" >"$work/$name.ready" 2>"$work/$name.log" &
    pids="$pids $!"
    eval "${name}_pid=$!"
    read -r _ <"$work/$name.ready" || { cat "$work/$name.log"; exit 1; }
}
stop() {
    eval "kill \$${1}_pid" 2>/dev/null || :
    eval "wait \$${1}_pid" 2>/dev/null || :
    rm -f "$work/$1.ready"
}
value() { awk -v name="$2" '$1 == name { print $2 }' "$work/$1"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
say() { printf '%-58s %s\n' "$1" "$2"; }

start peer taskset -c 0 "$work/echo" "$work/echo.sock"
taskset -c 0 "$load" "$work/echo.sock" echo "$seconds" >"$work/peer_rtt"
taskset -c 0 "$load" "$work/echo.sock" echopipe "$seconds" >"$work/peer_pipe"
stop peer

start pfkey taskset -c 0 "$root/tools/bin/pfkey" serve --dir "$work/dir"
sock=$work/dir/rfc2367.sock
"$load" "$sock" add 1 >/dev/null
"$load" "$sock" pipe 5 >/dev/null # the compiler's time
taskset -c 0 "$load" "$sock" get "$seconds" >"$work/rtt"
taskset -c 0 "$load" "$sock" pipe "$seconds" >"$work/pipe"
mkfifo "$work/hold"
"$load" "$sock" idle 500 <"$work/hold" >"$work/idle.out" &
pids="$pids $!"
exec 3>"$work/hold"
until grep -q ready "$work/idle.out"; do sleep 0.1; done
taskset -c 0 "$load" "$sock" get "$seconds" >"$work/rtt_idle"
exec 3>&-
stop pfkey

peer=$(value peer_rtt p50_us)
rtt=$(value rtt p50_us)
idle=$(value rtt_idle p50_us)
say "GET round trip, same core, median (C echo: $peer us)" "$rtt us = $(ratio "$peer" "$rtt") of C"
peer=$(value peer_pipe messages_per_second)
pipe=$(value pipe messages_per_second)
say "GET pipelined/s, same core (C echo: $peer)" "$pipe = $(ratio "$pipe" "$peer") of C"
say "GET round trip with 500 idle connections" "$idle us = $(ratio "$idle" "$rtt") times the one without"

start pfkey "$root/tools/bin/pfkey" serve --dir "$work/dir"
"$load" "$sock" add 100000 >"$work/warm"
"$load" "$work/dir/rfc2367.stream" dump >/dev/null
"$load" "$sock" flush
"$load" "$work/dir/rfc2367.stream" add "$sas" >"$work/add_stream"
say "ADD pipelined of $sas SAs, STREAM, two cores" "$(value add_stream messages_per_second)/s"
"$load" "$sock" flush
"$load" "$sock" add "$sas" >"$work/add"
say "ADD pipelined of $sas SAs, SEQPACKET, two cores" "$(value add messages_per_second)/s"
"$load" "$sock" dump >"$work/dump_seq"
say "DUMP of $(value dump_seq messages) SAs, SEQPACKET" "$(value dump_seq seconds) s"
"$load" "$work/dir/rfc2367.stream" dump >"$work/dump_stream"
say "DUMP of $(value dump_stream messages) SAs, STREAM" "$(value dump_stream seconds) s"
"$load" "$sock" dump >"$work/dump_busy" &
dumper=$!
"$load" "$sock" get 2 >"$work/get_busy"
wait "$dumper"
say "GET during a DUMP: median, 99th percentile" \
    "$(value get_busy p50_us) us, $(value get_busy p99_us) us (DUMP took $(value dump_busy seconds) s)"
say "GET during a DUMP: worst" "$(value get_busy max_us) us"
stop pfkey

# KLIPS' tables, the third of three readings: those before are the compiler's time
start pfkey "$root/tools/bin/pfkey" serve --dir "$work/dir"
"$load" "$work/dir/rfc2367.stream" add 100000 >/dev/null
for table in ipsec_spi ipsec_spigrp; do
    for time in first second third; do
        "$load" "$work/dir/tables.sock" table $table >"$work/table"
    done
    say "$table of $(value table lines) SAs, $(value table bytes) bytes" "$(value table seconds) s"
done
"$load" "$sock" get 2 >"$work/get_tables" &
getter=$!
while kill -0 $getter 2>/dev/null; do "$load" "$work/dir/tables.sock" table ipsec_spi >/dev/null; done
wait $getter
say "GET while ipsec_spi is read again and again: median, 99th percentile" \
    "$(value get_tables p50_us) us, $(value get_tables p99_us) us, worst $(value get_tables max_us) us"
stop pfkey

# policies beside as many SAs, each kind the second of two loads: the first is the compiler's time
start pfkey "$root/tools/bin/pfkey" serve --dir "$work/dir"
for transport in stream sock; do
    linux=$work/dir/linux.$transport
    for time in first second; do
        "$load" "$linux" add "$policies" >"$work/add_linux"
        "$load" "$linux" flush
        "$load" "$linux" spdadd "$policies" >"$work/spdadd"
        "$load" "$linux" spdflush
    done
    rate=$(value spdadd messages_per_second)
    say "X_SPDADD pipelined of $policies policies, $transport, $(value spdadd refused) refused" \
        "$rate/s = $(ratio "$rate" "$(value add_linux messages_per_second)") of ADDs"
done
