# A walk through pfkey, run as
#
#     tools/bin/pfkey run --clock virtual -- sh tools/demo/tour.sh
#
# It says what it does, shows what comes back, and ends with 0 only if all of it was right.
set -u
demo=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 1
monitor=
trap '[ -z "$monitor" ] || kill "$monitor" 2>/dev/null; rm -rf "$work"' EXIT

fail() {
    printf '\ntour: %s\n' "$1" >&2
    exit 1
}

# shown STATUS WORDS COMMAND...: runs a command, which is to end with that status and to print those words
shown() {
    status=$1 words=$2
    shift 2
    printf '\n$ %s\n' "$*"
    "$@" </dev/null >"$work/output" 2>&1
    check $?
}

# typed LINE: gives ipseckey a line on its standard input, which is to end well
typed() {
    status=0 words=
    printf '\n$ echo "%s" | ipseckey\n' "$1"
    echo "$1" | ipseckey >"$work/output" 2>&1
    check $?
}

check() {
    ended=$1
    cat "$work/output"
    [ "$ended" -eq "$status" ] || fail "exit code $ended, expected $status"
    [ -z "$words" ] || grep -qF -- "$words" "$work/output" || fail "did not print: $words"
}

[ -n "${PFKEY_DIR-}" ] || fail "run me with: pfkey run --clock virtual -- sh $0"

# The names in example 10 of ipseckey(1M).
printf '192.0.2.1 me.domain.com\n192.0.2.2 you.domain.com\n' >"$work/hosts"
PFKEY_JAVA_OPTS="${PFKEY_JAVA_OPTS-} -Dpfkey.hosts=$work/hosts"
export PFKEY_JAVA_OPTS

echo '== A monitor listens from here on.'
mkfifo "$work/live" || exit 1
pfkey monitor --dialect solaris >"$work/live" 2>"$work/complaints" &
monitor=$!
exec 3<"$work/live"
read -r line <&3 || fail "the monitor does not listen"
echo "$line"

printf '\n== Example 10 of the manual page, from its file.\n'
shown 0 '' ipseckey -f "$demo/example10.ipseckeys"

printf '\n== What the kernel holds now.\n'
shown 0 'Dump succeeded for SA type 3.' ipseckey -n dump esp
grep -qF 'spi=0x2112' "$work/output" && grep -qF 'spi=0x5150' "$work/output" || fail "two SAs were loaded"
shown 0 '192.0.2.2 (you.domain.com)' ipseckey get esp spi 0x2112 dst you.domain.com

printf '\n== An SA is given another lifetime, another is deleted.\n'
typed "update esp spi 0x2112 dst you.domain.com hard_addtime 7200"
shown 0 '7200 seconds' ipseckey -n get esp spi 0x2112 dst 192.0.2.2
shown 0 '' ipseckey delete esp spi 0x5150 dst me.domain.com
shown 1 'does not exist' ipseckey get esp spi 0x5150 dst me.domain.com

printf '\n== An SA that lives for a minute; its time comes when we say so.\n'
typed "add ah spi 0x1001 src me.domain.com dst you.domain.com authalg sha1 \
authkey 00112233445566778899aabbccddeeff01234567 soft_addtime 45 hard_addtime 60"
shown 0 '2008-12-23T02:40:45Z' pfkey ctl clock advance 45
shown 0 'state=DYING' ipseckey -n get ah spi 0x1001 dst 192.0.2.2
shown 0 '2008-12-23T02:41:05Z' pfkey ctl clock advance 20
shown 1 'does not exist' ipseckey get ah spi 0x1001 dst you.domain.com

shown 0 'total 1, esp 1' pfkey ctl status
shown 0 '' ipseckey flush esp
shown 0 '' ipseckey flush ah

printf "\n== Linux' view of the same kernel: setkey, an SA and a policy from a file.\n"
cat >"$work/setkey.conf" <<'END'
add 10.0.0.1 10.0.0.2 esp 0x2001 -m tunnel -u 7 -E aes-cbc "not secret, 128b" -A hmac-sha1 "not a secret, 160bit";
spdadd 10.1.0.0/16 10.2.0.0/16 any -P out ipsec esp/tunnel/10.0.0.1-10.0.0.2/unique:7;
END
shown 0 '' setkey -f "$work/setkey.conf"
shown 0 'esp mode=tunnel spi=8193(0x00002001) reqid=7(0x00000007)' setkey -D
shown 0 'esp/tunnel/10.0.0.1-10.0.0.2/unique:7' setkey -DP
shown 0 'spi=0x2001' ipseckey -n dump esp
shown 0 '' setkey -FP
shown 0 'No SPD entries' setkey -DP

if command -v cc >/dev/null; then
    printf '\n== A program in C, on a key socket of its own.\n'
    shown 0 '' cc -o "$work/keys" "$demo/keys.c"
    shown 0 'esp 0x00001000 10.0.0.1 10.0.0.2 auth 3 encrypt 12' "$work/keys"
    shown 0 'esp mode=transport spi=4096(0x00001000)' setkey -D
fi
shown 0 '' setkey -F

printf '\n== Bytes that were written down.\n'
echo 0209000302000000070000002a000000 >"$work/bytes"
shown 0 'FLUSH ESP seq 7 pid 42' sh -c 'cat "$1" | pfkey decode --byte-order little' sh "$work/bytes"

printf '\n== What the monitor saw.\n\n'
while IFS= read -r line <&3; do
    printf '%s\n' "$line"
    case $line in FLUSH\ AH\ *) break ;; esac
done >"$work/record"
cat "$work/record"
for event in 'ADD ESP' 'GET ESP' 'UPDATE ESP' 'DELETE ESP' 'EXPIRE AH' 'FLUSH AH' LIFETIME_SOFT; do
    grep -qF "$event" "$work/record" || fail "the monitor saw no $event"
done
kill "$monitor"
wait "$monitor" || fail "the monitor did not end well"
[ ! -s "$work/complaints" ] || fail "the monitor complained: $(cat "$work/complaints")"
monitor=
printf '\n== All went right.\n'
