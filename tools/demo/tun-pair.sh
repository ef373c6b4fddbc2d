#!/bin/sh
# Two hosts with an emulator each, between which real packets travel in an ESP tunnel:
#
#     sh tools/demo/tun-pair.sh [udp|tun] [MEGABYTES] DIR
#
# Needs root. The hosts are network namespaces joined by a cable. What each routes into its TUN device `plain` goes out
# protected, by default in UDP from an ordinary socket on port 4500 (--wire udp:...), with `tun` through a second TUN
# device from which the host forwards it (--wire tun:...):
#
#     10.1.0.1  -> plain  [emulator a]  wire ---- cable ---- wire  [emulator b]  plain <-  10.2.0.1
#     fd01::1                        10.77.0.1          10.77.0.2                          fd02::1
#
# ipseckey brings the keys, setkey the policies, both the same for both hosts. Then an echo goes through over IPv4 and
# IPv6, and a TCP transfer (100 MB unless said otherwise), whose two ends must have the same checksum. What went over the
# cable is in DIR/wire.pcap if tcpdump is installed, the keys in DIR/esp_sa; tshark is asked to read the one with the other.
# It ends with 0 if all of it was right, and nothing is left on the machine but DIR.
set -eu

wire=udp megabytes=100
case ${1-} in udp | tun) wire=$1 && shift ;; esac
case ${1-} in [1-9]*[0-9] | [1-9]) megabytes=$1 && shift ;; esac

if [ -z "${PFKEY_TUN_PAIR-}" ]; then
    if [ $# -ne 1 ]; then
        echo "usage: sh $0 [udp|tun] [MEGABYTES] DIR" >&2
        exit 2
    fi
    if [ "$(id -u)" -ne 0 ]; then
        echo "tun-pair: root is needed" >&2
        exit 1
    fi
    for needed in ip unshare nsenter java; do
        command -v $needed >/dev/null || { echo "tun-pair: there is no $needed" >&2; exit 1; }
    done
    here=$(cd "$(dirname "$0")" && pwd)
    mkdir -p "$1"
    PFKEY_TUN_PAIR=$(cd "$1" && pwd) bin=${PFKEY_BIN-$here/../bin}
    export PFKEY_TUN_PAIR here bin
    # build before there are two who would
    "$bin/ipseckey" help >/dev/null 2>&1 || :
    # processes and namespaces end with the first process in here
    exec unshare --mount --net --pid --fork --kill-child --mount-proc sh "$here/tun-pair.sh" $wire $megabytes
fi
dir=$PFKEY_TUN_PAIR

fail() {
    echo "tun-pair: $1" >&2
    exit 1
}

# await COMMAND...: until it is true, a minute at most
await() {
    left=600
    until "$@" 2>/dev/null; do
        left=$((left - 1))
        [ $left -gt 0 ] || fail "waited in vain for: $*"
        sleep 0.1
    done
}

apart() {
    [ "$(readlink /proc/$far/ns/net)" != "$(readlink /proc/self/ns/net)" ]
}

unshare --net sleep infinity &
far=$!
await apart
on_b="nsenter --net=/proc/$far/ns/net"
ip link add cable type veth peer name cable netns $far

# host NAME N PEER WHERE...: a kernel with its devices; N is 1 or 2, PEER the other
host() {
    name=$1 n=$2 peer=$3
    shift 3
    mkdir -p -m 700 "$dir/$name"
    "$@" ip link set lo up
    "$@" ip address add 10.77.0.$n/24 dev cable
    "$@" ip link set cable up
    case $wire in
    udp) way=udp:10.77.0.$n:4500 outer=10.77.0.$n ;;
    tun) way=tun:wire outer=10.78.0.$n ;;
    esac
    "$@" "$bin/pfkey" serve --dir "$dir/$name/k" --local $outer,10.$n.0.1,fd0$n::1 --tun plain --wire $way \
        >"$dir/$name/out" 2>"$dir/$name/log" </dev/null &
    await grep -q ready "$dir/$name/out"
    "$@" ip link set plain up
    "$@" ip address add 10.$n.0.1/24 dev plain
    "$@" ip route add 10.$peer.0.0/24 dev plain
    "$@" ip address add fd0$n::1/64 dev plain nodad
    "$@" ip route add fd0$peer::/64 dev plain
    if [ $wire = tun ]; then
        # the outer addresses belong to nobody but the emulators, so that the hosts forward between wire and cable
        "$@" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
        "$@" ip link set wire up
        "$@" ip route add 10.78.0.$n dev wire
        "$@" ip route add 10.78.0.$peer via 10.77.0.$peer
    fi
}
host a 1 2
host b 2 1 $on_b

case $wire in
udp) net=10.77.0 nat="encap udp nat_lport 4500 nat_rport 4500" ;;
tun) net=10.78.0 nat= ;;
esac
umask 077
cat >"$dir/keys" <<END
add esp spi 0x1001 src $net.1 dst $net.2 isrc 10.1.0.0/24 idst 10.2.0.0/24 $nat encr_alg aes encrkey 000102030405060708090a0b0c0d0e0f auth_alg sha1 authkey 101112131415161718191a1b1c1d1e1f20212223
add esp spi 0x2001 src $net.2 dst $net.1 isrc 10.2.0.0/24 idst 10.1.0.0/24 $nat encr_alg aes encrkey 303132333435363738393a3b3c3d3e3f auth_alg sha1 authkey 404142434445464748494a4b4c4d4e4f50515253
END
policies() { # DIRECTION HERE THERE, DIRECTION THERE HERE
    for nets in "10.1.0.0/24 10.2.0.0/24" "fd01::/64 fd02::/64"; do
        set -- "$1" "$2" ${nets% *} ${nets#* }
        echo "spdadd $3 $4 any -P $1 ipsec esp/tunnel/$net.1-$net.2/require;"
        echo "spdadd $4 $3 any -P $2 ipsec esp/tunnel/$net.2-$net.1/require;"
    done
}
for name in a b; do
    PFKEY_DIR=$dir/$name/k
    export PFKEY_DIR
    "$bin/ipseckey" -f "$dir/keys" || fail "ipseckey"
    case $name in a) ways="out in" ;; b) ways="in out" ;; esac
    policies $ways | "$bin/setkey" -c || fail "setkey"
done
"$bin/pfkey" ctl wireshark-keys >"$dir/esp_sa"

capture=
if command -v tcpdump >/dev/null; then
    tcpdump -i cable -w "$dir/wire.pcap" --immediate-mode -s 0 -U -Z root 2>"$dir/tcpdump.log" &
    capture=$!
    await grep -q listening "$dir/tcpdump.log"
fi

echo "tun-pair: wire $wire"
java "$here/Carry.java" reach 10.2.0.1 || fail "no echo over IPv4"
java "$here/Carry.java" reach fd02::1 || fail "no echo over IPv6"
if [ -n "$capture" ]; then # of the echoes alone: a transfer fills the disk
    kill $capture
    wait $capture || :
fi

$on_b java "$here/Carry.java" receive 10.2.0.1 9000 >"$dir/received" &
receiving=$!
await grep -q listening "$dir/received"
java "$here/Carry.java" send 10.2.0.1 9000 $megabytes >"$dir/sent" || fail "the transfer has failed"
wait $receiving
[ "$(tail -n 1 "$dir/sent")" = "$(tail -n 1 "$dir/received")" ] || fail "checksums differ"
echo "tun-pair: $megabytes MB, checksum equal: $(cat "$dir/sent")"

for name in a b; do
    PFKEY_DIR=$dir/$name/k "$bin/pfkey" ctl stats >"$dir/$name/stats"
    awk -v name=$name '$1 == "packets" { table = 1 } table && ($2 || $3) { print name ": " $0 }' "$dir/$name/stats"
done
if [ -n "$capture" ] && command -v tshark >/dev/null; then
    set -- -r "$dir/wire.pcap" -o esp.enable_encryption_decode:TRUE -o esp.enable_authentication_check:TRUE
    while read -r line; do set -- "$@" -o "uat:esp_sa:$line"; done <"$dir/esp_sa"
    tshark "$@" -Y "esp && (icmp || icmpv6)" -T fields -e esp.icv_good -e esp.spi -e icmp.type -e icmpv6.type 2>/dev/null >"$dir/opened"
    [ -s "$dir/opened" ] && ! grep -qv '^\(1\|True\)' "$dir/opened" || fail "tshark reads no echo in wire.pcap"
    echo "tun-pair: tshark reads $(wc -l <"$dir/opened") echoes in wire.pcap"
fi
echo "tun-pair: all was right"
