#!/bin/sh
# Measures ipseckey as a process against a server of its own, and a load and a dump against cat; and the starts of setkey and ipsec spi.
#
# usage: ipseckey.sh [LINES] [ROUNDS] [SEED]    lines of the file (100000), rounds of each figure (5), seed of its keys (1)
#
# "After start-up" is the time of the whole file less that of its first line. The first round finds a server that has
# compiled nothing yet. PFKEY_BENCH_JAVA names a java for the one-line JVM that a start is compared with.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "$here/../../../bin" && pwd)

if [ "${PFKEY_BENCH_WORK-}" = "" ]; then
    PFKEY_BENCH_WORK=$(mktemp -d)
    export PFKEY_BENCH_WORK
    trap 'rm -rf "$PFKEY_BENCH_WORK"' EXIT
    trap 'exit 1' INT TERM
    "$bin/pfkey" run --dialect solaris -- sh "$here/ipseckey.sh" "$@"
    exit
fi

lines=${1:-100000}
rounds=${2:-5}
seed=${3:-1}
cd "$PFKEY_BENCH_WORK"
umask 077

awk -v lines="$lines" -v seed="$seed" '
function digits(count,   text) {
    for (text = ""; length(text) < count; text = text sprintf("%04x", int(rand() * 65536)));
    return text
}
BEGIN {
    srand(seed)
    for (line = 0; line < lines; line++)
        printf "add esp spi 0x%x src 10.0.0.1 dst 10.%d.%d.%d authalg sha1 authkey %s encralg aes encrkey %s" \
            " hard_addtime 28800 soft_addtime 24000\n", 4096 + line, 1 + line / 65536 % 200, line / 256 % 256,
            line % 256, digits(40), digits(32)
}' >keys
head -n 1 keys >key
cat >Hello.java <<'END'
class Hello {
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
END

say() { printf '%-64s %s\n' "$1" "$2"; }
# ns COMMAND...: how long it takes; its output goes to the file out
ns() {
    begin=$(date +%s%N)
    "$@" >out 2>err || { cat out err >&2 && exit 1; }
    end=$(date +%s%N)
    echo $((end - begin))
}
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
# many COUNT COMMAND...: the median time
many() {
    count=$1
    shift
    for each in $(seq "$count"); do ns "$@"; done | median
}
rate() { awk -v count="$1" -v ns="$2" 'BEGIN { printf "%d", count * 1e9 / ns }'; }
ms() { awk -v ns="$1" 'BEGIN { printf "%.1f", ns / 1e6 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a / b }'; }

echo "seed $seed, load average $(cut -d ' ' -f 1-3 /proc/loadavg), $(nproc) cores"

one() {
    ipseckey flush
    ns ipseckey -n -f key
}
all() {
    ipseckey flush
    ns ipseckey -n -f keys
}
one >warm
start=$(for each in 1 2 3 4 5; do one; done | median)
: >loads
for each in $(seq "$rounds"); do all >>loads; done
say "load of one line, a process" "$(ms "$start") ms"
first=$(head -n 1 loads)
say "load of $lines lines after start-up, first round" "$(rate "$((lines - 1))" "$((first - start))") lines/s"
load=$(median <loads)
say "load of $lines lines after start-up, median of $rounds" "$(rate "$((lines - 1))" "$((load - start))") lines/s"

copy=$(many 5 cat keys)
say "  times cat of the same file" "$(ratio "$load" "$copy")"

few() {
    ns ipseckey -n dump ah
}
empty=$(for each in 1 2 3 4 5; do few; done | median)
: >dumps
for each in $(seq "$rounds"); do ns ipseckey -n dump >>dumps; done
mv out dumped
shown=$(grep -c '^Base message' dumped)
[ "$shown" -eq "$lines" ] || { echo "the dump has $shown SAs" >&2 && exit 1; }
dump=$(median <dumps)
say "dump of $lines SAs into a file, whole process, median of $rounds" "$(rate "$lines" "$dump") SAs/s"
say "dump of $lines SAs into a file, after start-up" "$(rate "$lines" "$((dump - empty))") SAs/s"
copy=$(many 5 cat dumped)
say "  times cat of what it wrote ($(wc -c <dumped) bytes)" "$(ratio "$dump" "$copy")"
: >saves
for each in $(seq "$rounds"); do
    ns ipseckey -s saved >>saves
    rm -f saved
done
say "save of $lines SAs, whole process, median of $rounds" "$(rate "$lines" "$(median <saves)") SAs/s"

ipseckey flush
ipseckey -n -f key
get=$(many 21 ipseckey -n get esp spi 0x1000 dst 10.1.0.0)
say "ipseckey get, a process, median of 21" "$(ms "$get") ms"
setkey -F
echo 'add 10.0.0.1 10.0.0.2 esp 0x1000 -E null;' | setkey -c
say "setkey -D of one SA, a process, median of 21" "$(ms "$(many 21 setkey -D)") ms"
say "setkey -F, a process, median of 21" "$(ms "$(many 21 setkey -F)") ms"
added=$(for each in $(seq 21); do
    ns ipsec spi --af inet --edst 10.0.0.2 --spi "$((4096 + each))" --proto esp --src 10.0.0.1 --esp 3des-md5-96 \
        --enckey 0x66300123456789abcdef0123456789abcdef0123456797ce --authkey 0x99410123456789abcdef0123456771df
done | median)
say "ipsec spi, adding an SA, a process, median of 21" "$(ms "$added") ms"
say "ipsec spi, the table of 21 SAs, a process, median of 21" "$(ms "$(many 21 ipsec spi)") ms"
say "ipsec spi --clear, a process, median of 21" "$(ms "$(many 21 ipsec spi --clear)") ms"
java=${PFKEY_BENCH_JAVA:-$(command -v java)}
"${java%java}javac" Hello.java
hello=$(many 21 "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -cp . Hello)
say "  times a JVM that prints one line ($(ms "$hello") ms)" "$(ratio "$get" "$hello")"
echo "load average $(cut -d ' ' -f 1-3 /proc/loadavg)"
