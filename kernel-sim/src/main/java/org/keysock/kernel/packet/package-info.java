/**
 * Packets as they are on the wire: views of IPv4, IPv6, UDP, TCP, ICMP, ESP, AH and IPCOMP over one
 * byte array, and their checksums. Read {@link org.keysock.kernel.packet.Packet} first.
 */
@NullMarked
package org.keysock.kernel.packet;

import org.jspecify.annotations.NullMarked;
