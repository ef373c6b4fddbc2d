#!/bin/sh
# Measures the packet path against OpenSSL's cryptography in C, in one run on the same cores, and prints ratios.
#
# usage: packets.sh [SECONDS]    seconds for each figure (5)
#
# Needs a C compiler, taskset and libcrypto.so.3. PFKEY_BENCH_JAVA names another java (java).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
seconds=${1:-5}
java=${PFKEY_BENCH_JAVA:-java}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

cc -O2 -o "$work/openssl" "$here/openssl.c" -lpthread -ldl
(cd "$root" && mvn -B -ntp -o -q test-compile dependency:build-classpath -pl pfkey-protocol,kernel-sim \
    -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath") || { echo "packets.sh: the build failed"; exit 1; }
classes=$root/kernel-sim/target/test-classes:$root/kernel-sim/target/classes:$root/pfkey-protocol/target/classes
classpath=$classes:$(cat "$work/classpath")

# jmh CORES THREADS RESULT PATTERN OPTIONS...
jmh() {
    cores=$1 threads=$2 result=$3 pattern=$4
    shift 4
    taskset -c "$cores" "$java" -cp "$classpath" org.openjdk.jmh.Main "$pattern" -t "$threads" -f 1 -wi 5 -w 1 \
        -i "$seconds" -r 1 -prof gc -rf csv -rff "$work/$result" "$@" >"$work/$result.log" 2>&1 ||
        { cat "$work/$result.log"; exit 1; }
}
# score RESULT BENCHMARK WORD...: of the row that has all the words
score() {
    result=$1
    shift
    row=$(cat "$work/$result")
    for word; do row=$(printf '%s\n' "$row" | grep -F -- "$word") || { echo "packets.sh: $result has no $*" >&2; exit 1; }; done
    printf '%s\n' "$row" | head -n 1 | awk -F, '{ gsub(/"/, "", $5); print $5 }'
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
minus() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.0f", a - b }'; }
say() { printf '%-66s %s\n' "$1" "$2"; }

"$java" -version 2>&1 | head -n 1
uptime
jmh 0 1 one 'bench.PacketBenchmark' -p sas=10
jmh 0 1 many 'bench.PacketBenchmark' -p sas=100000 -p size=64 -p suite=aes-128-gcm
jmh 0,1 2 two 'bench.PacketBenchmark.outbound' -p sas=10 -p size=1400
jmh 0 1 bare 'bench.CipherBenchmark'

for suite in gcm cbc; do
    [ "$suite" = gcm ] && name=aes-128-gcm || name=aes-128-cbc-hmac-sha1
    [ "$suite" = gcm ] && bare=gcm || bare=cbcHmac
    for size in 1400 64; do
        for way in seal open; do
            [ "$way" = seal ] && road=outbound || road=inbound
            c=$(taskset -c 0 "$work/openssl" "$way" "$suite" "$size" "$seconds" 1)
            ours=$(score one "PacketBenchmark.$road\"" "$name" ",$size")
            garbage=$(score one "PacketBenchmark.$road:gc.alloc.rate.norm" "$name" ",$size")
            platform=$(score bare "CipherBenchmark.$bare:gc.alloc.rate.norm" ",$size")
            say "$name, $size bytes, $road: OpenSSL $c/s" \
                "$(minus "$ours" 0)/s = $(ratio "$ours" "$c"); $(minus "$garbage" "$platform") bytes of garbage beyond the cipher's"
        done
    done
    c1=$(taskset -c 0 "$work/openssl" seal "$suite" 1400 "$seconds" 1)
    c2=$(taskset -c 0,1 "$work/openssl" seal "$suite" 1400 "$seconds" 2)
    one=$(score one "PacketBenchmark.outbound\"" "$name" ",1400")
    two=$(score two "PacketBenchmark.outbound\"" "$name" ",1400")
    theirs=$(ratio "$c2" "$c1")
    gain=$(ratio "$two" "$one")
    say "$name, two threads: OpenSSL gains $theirs" "$gain = $(ratio "$gain" "$theirs") of that"
done
for road in outbound inbound; do
    few=$(score one "PacketBenchmark.$road\"" aes-128-gcm ",64")
    lots=$(score many "PacketBenchmark.$road\"" aes-128-gcm ",64")
    say "$road, 64 bytes, 100,000 SAs instead of 10" "$(ratio "$lots" "$few") of the rate"
done
