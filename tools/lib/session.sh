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
pfkey ctl status
pfkey ctl sessions
pfkey ctl clock
printf '0209000002000000010000006b130000\n' | pfkey decode --dialect solaris
