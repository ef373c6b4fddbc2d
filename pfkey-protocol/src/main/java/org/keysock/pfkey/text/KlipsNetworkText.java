package org.keysock.pfkey.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.text.KlipsAddressText.Family;
import org.keysock.pfkey.text.KlipsAddressText.NameLookup;

/**
 * Networks as {@code ipsec eroute} reads them, klips.md 5.10: an address, a slash, and how many of
 * its bits count or a mask; a port may follow after a colon.
 */
public final class KlipsNetworkText {

    private static final String DEFAULT = "%default";
    private static final int MANY_DIGITS = 9;

    private KlipsNetworkText() {}

    /**
     * A network.
     *
     * @param address bits behind the prefix are 0
     * @param prefixLength how many bits count
     * @param port 0 for any
     */
    public record Network(IpAddress address, int prefixLength, int port) {

        /** The mask: as many ones as bits count. */
        public IpAddress mask() {
            return ones(address.bitLength()).masked(prefixLength);
        }
    }

    /**
     * The network that a word stands for.
     *
     * @param family {@link Family#ANY} when none was named, which is an error
     * @throws BadText if it stands for none of that family
     */
    public static Network parse(String word, Family family, NameLookup names) throws BadText {
        if (word.isEmpty()) {
            throw new BadText("empty string");
        }
        if (family == Family.ANY) {
            throw new BadText("unknown address family in ttosubnet");
        }
        if (word.equals(DEFAULT)) {
            return new Network(family == Family.INET ? Ipv4Address.ANY : Ipv6Address.ANY, 0, 0);
        }
        int slash = word.indexOf('/');
        if (slash < 0) {
            throw new BadText("no / in subnet specification");
        }
        // with nothing before the slash the original takes all for the address
        String host = slash == 0 ? word : word.substring(0, slash);
        IpAddress address = KlipsAddressText.parse(host, family, names);
        String mask = word.substring(slash + 1);
        // a colon begins a port even where the mask is an IPv6 address
        int colon = mask.indexOf(':');
        int port = colon < 0 ? 0 : port(mask.substring(colon + 1));
        int bits = bits(colon < 0 ? mask : mask.substring(0, colon), family, names);
        if (bits > address.bitLength()) {
            throw new BadText("subnet mask bit count too large");
        }
        return new Network(address.masked(bits), bits, port);
    }

    /** Cut to 16 bits as the original does. */
    private static int port(String digits) throws BadText {
        if (digits.isEmpty()) {
            throw new BadText("empty string");
        }
        Integer port = decimal(digits);
        if (port == null) {
            throw new BadText("non-digit in number");
        }
        return port & 0xffff;
    }

    private static int bits(String mask, Family family, NameLookup names) throws BadText {
        Integer count = decimal(mask);
        if (count != null) {
            return count;
        }
        IpAddress address = KlipsAddressText.parse(mask, family, names);
        for (int bits = 0; bits <= address.bitLength(); bits++) {
            if (ones(address.bitLength()).masked(bits).equals(address)) {
                return bits;
            }
        }
        throw new BadText("non-contiguous or otherwise erroneous mask");
    }

    private static @Nullable Integer decimal(String word) {
        if (word.isEmpty() || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return word.length() > MANY_DIGITS ? Integer.MAX_VALUE : Integer.valueOf(word);
    }

    private static IpAddress ones(int bits) {
        byte[] bytes = new byte[bits / 8];
        Arrays.fill(bytes, (byte) -1);
        return IpAddress.ofBytes(bytes);
    }
}
