# session.sh FOLDER: what the programs do on an ordinary day; archive.sh keeps the classes that this loads. Run by
# pfkey run. FOLDER is a private one to write in.
cd "$1" || exit 1
sa='esp spi 0x1001 src 10.0.0.1 dst 10.0.0.2'
keys='authalg md5 authkey bde359723576fdea08e56cbe876e24ad encralg des encrkey be02938e7def2839'

pfkey monitor >/dev/null &
ipseckey flush
printf 'add %s %s\nget %s\ndump\n' "$sa" "$keys" "$sa" >commands
ipseckey <commands
ipseckey -f commands
ipseckey get $sa
ipseckey delete $sa
cat >script <<'END'
flush; spdflush;
add 10.0.0.1 10.0.0.2 esp 0x1001 -m tunnel -u 7 -r 4 -lh 60 -ls 50 -E aes-cbc 0x000102030405060708090a0b0c0d0e0f -A hmac-sha1 "12345678901234567890";
add 10.0.0.1[4500] 10.0.0.2[4500] esp-udp 0x1002 -E null;
get 10.0.0.1 10.0.0.2 esp 0x1001; deleteall 10.0.0.1 10.0.0.2 ah;
spdadd 10.0.0.0/24[any] 10.0.1.0/24 tcp -P in prio high + 5 ipsec esp/tunnel/10.0.0.1-10.0.0.2/require; spddump;
nothing;
END
setkey -c <script
setkey -f script
setkey -D
setkey -DP
setkey -vH -F
tun='--said tun.1004@10.0.0.2'
ipsec spi --af inet --edst 10.0.0.2 --spi 0x1003 --proto esp --src 10.0.0.1 --esp 3des-md5-96 \
    --enckey 0x66300123456789abcdef0123456789abcdef0123456797ce --authkey 0x99410123456789abcdef0123456771df \
    --life soft-bytes=1000,hard-addtime=60 --replay_window 32
ipsec spi --label archive $tun --ip4 --src 10.0.0.1
ipsec spi
ipsec spigrp --debug --said tun.1004@10.0.0.2 esp.1003@10.0.0.2
ipsec spigrp inet 10.0.0.2 0x1003 esp inet 10.0.0.2 0x1004 tun
ipsec spigrp
ipsec eroute --add --eraf inet --src 10.0.0.0/24 --dst 10.0.1.0/24 --transport-proto 6 --dst-port 80 $tun
ipsec eroute --del --eraf inet --src 10.0.0.0/24 --dst 10.0.1.0/24
ipsec eroute
ipsec klipsdebug --set pfkey
ipsec spi $tun --del
ipsec spi $tun --del
ipsec spi --clear
pfkey ctl status
pfkey ctl sessions
pfkey ctl clock
printf '0209000002000000010000006b130000\n' | pfkey decode --dialect solaris
