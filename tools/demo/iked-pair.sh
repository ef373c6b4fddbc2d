#!/bin/sh
# Two hosts with a key engine each, on which Debian's iked (package openiked) negotiates an IKEv2 tunnel:
#
#     sh tools/demo/iked-pair.sh DIR
#
# Needs root. The hosts are network namespaces joined by a cable, a is 10.77.0.1 and b 10.77.0.2, and their kernels are in DIR/a/k and
# DIR/b/k: try `PFKEY_DIR=DIR/a/k pfkey monitor --dialect linux`, or `ikectl -s DIR/a/iked.sock show sa`. What
# iked says goes to DIR/a/log. All of it ends with standard input (^D), and nothing is left on the machine but DIR.
set -eu

if [ -z "${PFKEY_IKED_PAIR-}" ]; then
    if [ $# -ne 1 ]; then
        echo "usage: sh $0 DIR" >&2
        exit 2
    fi
    if [ "$(id -u)" -ne 0 ]; then
        echo "iked-pair: root is needed" >&2
        exit 1
    fi
    for needed in iked ikectl ip unshare nsenter; do
        command -v $needed >/dev/null || { echo "iked-pair: there is no $needed" >&2; exit 1; }
    done
    here=$(cd "$(dirname "$0")" && pwd)
    mkdir -p "$1"
    PFKEY_IKED_PAIR=$(cd "$1" && pwd) pfkey=${PFKEY-$here/../bin/pfkey}
    export PFKEY_IKED_PAIR pfkey
    # processes and namespaces end with the first process in here
    exec unshare --mount --net --pid --fork --kill-child --mount-proc sh "$here/iked-pair.sh"
fi

dir=$PFKEY_IKED_PAIR

# host NAME LOCAL PEER NET PEERS-NET MODE COMMAND...: a kernel and a daemon, where COMMAND leads
host() {
    name=$1 peer_name=$([ "$1" = a ] && echo b || echo a)
    mkdir -p -m 700 "$dir/$name"
    (
        umask 077
        cat >"$dir/$name/iked.conf" <<-END
		ikev2 "pair" $6 esp from $4 to $5 local $2 peer $3 \\
		    srcid $name.example dstid $peer_name.example \\
		    lifetime 3600 bytes 1G psk "no secret at all"
		END
    )
    local=$2
    shift 6
    "$@" "$pfkey" run --dir "$dir/$name/k" --clock "${PFKEY_CLOCK-system}" --local "$local" -- \
        iked -d -vv -f "$dir/$name/iked.conf" -s "$dir/$name/iked.sock" >"$dir/$name/log" 2>&1 </dev/null &
}

unshare --net sleep infinity &
far=$!
# the namespace of the far host is there when it is not ours any more
while [ "$(readlink /proc/$far/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do :; done
ip link add cable type veth peer name cable netns $far
ip link set lo up
ip address add 10.77.0.1/24 dev cable
ip link set cable up
far="nsenter --net=/proc/$far/ns/net"
$far ip link set lo up
$far ip address add 10.77.0.2/24 dev cable
$far ip link set cable up

host b 10.77.0.2 10.77.0.1 10.2.0.0/24 10.1.0.0/24 passive $far
host a 10.77.0.1 10.77.0.2 10.1.0.0/24 10.2.0.0/24 active
echo "iked-pair: started"
cat >/dev/null
