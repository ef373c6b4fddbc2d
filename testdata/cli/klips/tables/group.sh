# The first example of ipsec_spigrp(5), from nothing: four SAs, their group, and what the kernel shows of them.
set -e
to=192.168.2.110
from=192.168.2.100
ipsec spi --af inet --edst $to --spi 0x3d0 --proto tun --src $from --ip4 --dst $to
ipsec spi --af inet --edst $to --spi 0x3d0 --proto comp --src $from --comp deflate
ipsec spi --said esp.187a101b@$to --src $from --esp 3des --enckey 0x66300123456789abcdef0123456789abcdef0123456797ce
ipsec spi --said ah.187a101a@$to --src $from --ah hmac-sha1-96 --authkey 0x12340123456789abcdef0123456789abcdef2eda
ipsec spigrp inet $to 0x3d0 tun inet $to 0x3d0 comp inet $to 0x187a101b esp inet $to 0x187a101a ah
cat /proc/net/ipsec_spigrp
copy=$(mktemp)
cp /proc/net/ipsec_spigrp "$copy"
cmp "$copy" /proc/net/ipsec_spigrp && echo copied
rm "$copy"
cd /proc/net
wc -l <ipsec_spi
test -r ipsec_eroute && ! test -e pfkey && echo no other stack
{ echo >ipsec_spi; } 2>/dev/null || echo read-only
