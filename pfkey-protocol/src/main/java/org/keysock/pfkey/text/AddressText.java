package org.keysock.pfkey.text;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/** Literal addresses as {@code inet_pton} and {@code inet_ntop} read and write them. */
public final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    /** The address a literal stands for, or null when the word is none; never a name lookup. */
    public static @Nullable IpAddress parse(String word) {
        return word.indexOf(':') >= 0 ? parse6(word) : parse4(word, 0);
    }

    /** The address as text: that of RFC 5952, v4-compatible addresses in dotted decimal. */
    public static String format(IpAddress address) {
        if (address instanceof Ipv6Address v6
                && v6.high() == 0
                && v6.low() >>> 32 == 0
                && v6.low() >>> 16 != 0) {
            return "::" + new Ipv4Address((int) v6.low());
        }
        return address.toString();
    }

    private static @Nullable Ipv4Address parse4(String word, int from) {
        int bits = 0;
        int at = from;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int value = 0;
            while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
                value = value * 10 + word.charAt(at) - '0';
                at++;
                if (value > 255 || at - start > 3) {
                    return null;
                }
            }
            if (at == start || (at - start > 1 && word.charAt(start) == '0')) {
                return null;
            }
            bits = bits << 8 | value;
            boolean dot = at < word.length() && word.charAt(at) == '.';
            if (part < 3 && !dot) {
                return null;
            }
            at += part < 3 ? 1 : 0;
        }
        return at == word.length() ? new Ipv4Address(bits) : null;
    }

    private static @Nullable Ipv6Address parse6(String word) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (word.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < word.length()) {
            int end = word.indexOf(':', at);
            int stop = end < 0 ? word.length() : end;
            if (end < 0 && word.indexOf('.', at) >= 0) {
                Ipv4Address tail = count <= GROUPS - 2 ? parse4(word, at) : null;
                if (tail == null) {
                    return null;
                }
                groups[count++] = tail.bits() >>> 16;
                groups[count++] = tail.bits() & 0xffff;
                break;
            }
            int group = group(word, at, stop);
            if (group < 0 || count == GROUPS) {
                return null;
            }
            groups[count++] = group;
            if (end < 0) {
                break;
            }
            at = end + 1;
            if (at < word.length() && word.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at++;
            } else if (at == word.length()) {
                return null;
            }
        }
        if (gap < 0) {
            return count == GROUPS ? join(groups, count, GROUPS) : null;
        }
        return count < GROUPS ? join(groups, count, gap) : null;
    }

    private static Ipv6Address join(int[] groups, int count, int gap) {
        long high = 0;
        long low = 0;
        for (int index = 0; index < GROUPS; index++) {
            int fromEnd = index - (GROUPS - count);
            int value =
                    index < gap
                            ? (index < count ? groups[index] : 0)
                            : fromEnd >= gap ? groups[fromEnd] : 0;
            if (index < 4) {
                high = high << 16 | value;
            } else {
                low = low << 16 | value;
            }
        }
        return new Ipv6Address(high, low);
    }

    private static int group(String word, int from, int to) {
        if (to == from || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int at = from; at < to; at++) {
            int digit = HexText.digit(word.charAt(at));
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
