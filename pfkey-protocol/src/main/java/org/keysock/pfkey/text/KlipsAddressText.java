package org.keysock.pfkey.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/**
 * Addresses as the commands of KLIPS read them and its tables show them: klips.md 4.1, 4.2, 4.4.
 * Missing bytes at the end of dotted decimal are zero; the first run of zero groups is shortened.
 */
public final class KlipsAddressText {

    private static final String DOTTED = "dotted-decimal address";
    private static final String COLON = "IPv6 numeric address";
    private static final int BYTES = 4;
    private static final int GROUPS = 8;

    private KlipsAddressText() {}

    /** Which addresses are looked for. */
    public enum Family {
        /** IPv4. */
        INET,
        /** IPv6. */
        INET6,
        /** Whichever the numbers look like; a name of neither. */
        ANY
    }

    /** How names become addresses: the business of who calls. */
    @FunctionalInterface
    public interface NameLookup {

        /** The first address of that family and name, or null. */
        @Nullable IpAddress lookUp(String name, Family family);
    }

    /**
     * The address that a word stands for.
     *
     * @throws BadText if it stands for none of that family
     */
    public static IpAddress parse(String word, Family family, NameLookup names) throws BadText {
        if (word.isEmpty()) {
            throw new BadText("empty string");
        }
        if (family != Family.INET6 && wholeHex(word)) {
            return new Ipv4Address(Integer.parseUnsignedInt(word.substring(2), 16));
        }
        if (word.indexOf(':') >= 0) {
            if (family == Family.INET) {
                throw new BadText("non-ipv6 address may not contain `:'");
            }
            return colon(word);
        }
        Ipv4Address dotted = family == Family.INET6 ? null : dotted(word);
        IpAddress found = dotted == null ? names.lookUp(word, family) : dotted;
        if (found == null) {
            throw new BadText("does not look numeric and name lookup failed");
        }
        return found;
    }

    /** {@code 0x} and eight digits. */
    private static boolean wholeHex(String word) {
        return word.length() == 10
                && word.charAt(0) == '0'
                && (word.charAt(1) | 0x20) == 'x'
                && word.chars().skip(2).allMatch(c -> HexText.digit((char) c) >= 0);
    }

    /** The address, or null when the word looks like a name. */
    private static @Nullable Ipv4Address dotted(String word) throws BadText {
        int bits = 0;
        int at = 0;
        for (int index = 0; index < BYTES && at < word.length(); index++) {
            int end = at;
            while (end < word.length() && end - at < 3 && digit(word.charAt(end))) {
                end++;
            }
            if (end == at) {
                if (index < 2) {
                    return null;
                }
                throw new BadText("non-numeric component in " + DOTTED);
            }
            int value = Integer.parseInt(word.substring(at, end));
            if (value > 255) {
                throw new BadText("byte overflow in " + DOTTED);
            }
            bits |= value << (24 - 8 * index);
            at = end;
            if (index < BYTES - 1 && at < word.length()) {
                if (word.charAt(at) != '.') {
                    if (index == 0) {
                        return null;
                    }
                    throw new BadText("syntax error in " + DOTTED);
                }
                at++;
            }
        }
        if (at < word.length()) {
            throw new BadText("extra garbage on end of " + DOTTED);
        }
        return new Ipv4Address(bits);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Ipv6Address colon(String word) throws BadText {
        List<Integer> groups = new ArrayList<>();
        int gap = -1;
        int at = 0;
        if (word.startsWith("::")) {
            gap = 0;
            at = 2;
        } else if (word.startsWith(":")) {
            throw new BadText("illegal leading `:' in " + COLON);
        }
        while (at < word.length()) {
            if (word.charAt(at) == ':') {
                if (gap >= 0) {
                    throw new BadText("more than one :: in " + COLON);
                }
                gap = groups.size();
                at++;
                continue;
            }
            if (groups.size() == GROUPS - (gap < 0 ? 0 : 1)) {
                throw new BadText("extra garbage on end of " + COLON);
            }
            int end = groupEnd(word, at);
            groups.add(Integer.parseInt(word.substring(at, end), 16));
            at = end;
            if (at < word.length()) {
                if (word.charAt(at) != ':') {
                    throw new BadText("syntax error in " + COLON);
                }
                at++;
                if (at == word.length()) {
                    throw new BadText("illegal trailing `:' in " + COLON);
                }
            }
        }
        return joined(groups, gap);
    }

    private static int groupEnd(String word, int from) throws BadText {
        int end = from;
        while (end < word.length() && HexText.digit(word.charAt(end)) >= 0) {
            end++;
        }
        if (end == from) {
            throw new BadText("non-hex field in " + COLON);
        }
        if (end - from > 4) {
            throw new BadText("field in " + COLON + " longer than 4 hex digits");
        }
        return end;
    }

    private static Ipv6Address joined(List<Integer> groups, int gap) throws BadText {
        if (gap < 0 && groups.size() < GROUPS) {
            throw new BadText(COLON + " ends prematurely");
        }
        if (gap >= 0 && groups.size() == GROUPS) {
            throw new BadText("extra garbage on end of " + COLON);
        }
        while (groups.size() < GROUPS) {
            groups.add(gap, 0);
        }
        long[] halves = new long[2];
        for (int index = 0; index < GROUPS; index++) {
            halves[index / 4] = halves[index / 4] << 16 | groups.get(index);
        }
        return new Ipv6Address(halves[0], halves[1]);
    }

    /** The address as KLIPS' tables show it: not RFC 5952's way. */
    public static String format(IpAddress address) {
        if (!(address instanceof Ipv6Address v6)) {
            return address.toString();
        }
        StringBuilder text = new StringBuilder();
        boolean shortened = false;
        for (int index = 0; index < GROUPS; index++) {
            int end = index;
            while (!shortened && end < GROUPS && group(v6, end) == 0) {
                end++;
            }
            if (end - index > 1) {
                shortened = true;
                text.append(index == 0 ? "::" : ":");
                index = end - 1;
            } else {
                text.append(Integer.toHexString(group(v6, index)));
                text.append(index < GROUPS - 1 ? ":" : "");
            }
        }
        return text.toString();
    }

    private static int group(Ipv6Address address, int index) {
        long half = index < 4 ? address.high() : address.low();
        return (int) (half >>> (48 - 16 * (index & 3)) & 0xffff);
    }
}
