package org.keysock.pfkey.text;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.model.Spi;

/** SAIDs as the commands of KLIPS read them and its tables show them: klips.md 4. */
public final class SaidText {

    private static final int SHORTEST = 5;

    /** The first targets of eroutes that are no SAs, by their SPI. */
    private static final int FIRST_MAGIC = 256;

    private static final String[] MAGIC = {
        "%pass", "%drop", "%reject", "%hold", "%trap", "%trapsubnet"
    };

    private static final Map<String, Said> SPECIAL = special();

    /** In the order in which they are tried. */
    @SuppressWarnings("ImmutableEnumChecker") // nothing in here is ever written to
    private enum Prefix {
        AH("ah", SaType.AH),
        ESP("esp", SaType.ESP),
        TUN("tun", SaType.X_IPIP),
        COMP("comp", SaType.X_IPCOMP),
        INT("int", SaType.X_INT);

        private final String text;
        private final SaType saType;

        Prefix(String text, SaType saType) {
            this.text = text;
            this.saType = saType;
        }
    }

    /** How the SPI is shown. */
    public enum Style {
        /** {@code tun.12a@}, {@code tun:12a@}: log texts, manual pages. */
        PLAIN,
        /** {@code tun0x12a@}, for both families: the tables under /proc. */
        HEXADECIMAL,
        /** {@code tun.0000012a@}: of one length. */
        FULL,
        /** {@code tun298@}. */
        DECIMAL
    }

    private SaidText() {}

    private static Map<String, Said> special() {
        Map<String, Said> rows = new TreeMap<>();
        Said four = new Said(SaType.X_IPIP, new Spi(0), Ipv4Address.ANY);
        rows.put("%passthrough", four);
        rows.put("%passthrough4", four);
        rows.put("%passthrough6", new Said(SaType.X_IPIP, new Spi(0), Ipv6Address.ANY));
        for (int index = 0; index < MAGIC.length; index++) {
            Spi spi = new Spi(FIRST_MAGIC + index);
            rows.put(MAGIC[index], new Said(SaType.X_INT, spi, Ipv4Address.ANY));
        }
        return rows;
    }

    /**
     * The SAID that a word stands for.
     *
     * @throws BadText if it stands for none
     */
    public static Said parse(String word, KlipsAddressText.NameLookup names) throws BadText {
        if (word.isEmpty()) {
            throw new BadText("empty string");
        }
        if (word.length() < SHORTEST) {
            throw new BadText("string too short to be SA identifier");
        }
        if (word.charAt(0) == '%') {
            Said said = SPECIAL.get(word);
            if (said == null) {
                throw new BadText("unknown % keyword");
            }
            return said;
        }
        int at = word.indexOf('@');
        if (at < 0) {
            throw new BadText("no @ in SA specifier");
        }
        Prefix prefix = prefix(word);
        String spi = word.substring(Math.min(prefix.text.length(), at), at);
        if (spi.isEmpty()) {
            throw new BadText("no SPI in SA specifier");
        }
        return said(prefix.saType, spi, word.substring(at + 1), names);
    }

    private static Said said(
            SaType saType, String spi, String destination, KlipsAddressText.NameLookup names)
            throws BadText {
        KlipsAddressText.Family family;
        Spi number;
        char separator = spi.charAt(0);
        if (separator == '.' || separator == ':') {
            family =
                    separator == '.' ? KlipsAddressText.Family.INET : KlipsAddressText.Family.INET6;
            number = bare(spi.substring(1));
        } else {
            family =
                    destination.indexOf(':') < 0
                            ? KlipsAddressText.Family.INET
                            : KlipsAddressText.Family.INET6;
            number = withBase(spi);
        }
        return new Said(saType, number, KlipsAddressText.parse(destination, family, names));
    }

    private static Prefix prefix(String word) throws BadText {
        for (Prefix prefix : Prefix.values()) {
            if (word.startsWith(prefix.text)) {
                return prefix;
            }
        }
        throw new BadText("SA specifier lacks valid protocol prefix");
    }

    private static Spi bare(String digits) throws BadText {
        if (digits.isEmpty()) {
            throw new BadText("no SPI found in SA specifier");
        }
        return number(digits, 16);
    }

    private static Spi withBase(String digits) throws BadText {
        if (digits.length() > 2 && digits.charAt(0) == '0' && (digits.charAt(1) | 0x20) == 'x') {
            return number(digits.substring(2), 16);
        }
        boolean octal = digits.length() > 1 && digits.charAt(0) == '0';
        return number(digits, octal ? 8 : 10);
    }

    /** The original cuts what is too long to 32 bits; that is an error here. */
    private static Spi number(String digits, int base) throws BadText {
        String kind = base == 16 ? "hex number" : "number";
        long value = 0;
        boolean tooLong = false;
        for (int index = 0; index < digits.length(); index++) {
            int digit = HexText.digit(digits.charAt(index));
            if (digit < 0 || digit >= base) {
                throw new BadText((base == 16 ? "non-hex digit in " : "non-digit in ") + kind);
            }
            value = value * base + digit;
            tooLong |= value > 0xffff_ffffL;
            value &= 0xffff_ffffL;
        }
        if (tooLong) {
            throw new BadText(kind + " too long");
        }
        return new Spi((int) value);
    }

    /** The SAID in a style, as the classic form of KLIPS shows it. */
    public static String format(Said said, Style style) {
        return format(said, style, KlipsForm.CLASSIC);
    }

    /** The SAID in a style; the forms differ in targets of eroutes that have no name. */
    public static String format(Said said, Style style, KlipsForm form) {
        String special = special(said, form);
        if (special != null) {
            return special;
        }
        String dot = said.destination() instanceof Ipv6Address ? ":" : ".";
        String spi =
                switch (style) {
                    case PLAIN -> dot + Integer.toHexString(said.spi().value());
                    case HEXADECIMAL -> "0x" + Integer.toHexString(said.spi().value());
                    case FULL -> dot + String.format("%08x", said.spi().value());
                    case DECIMAL -> String.valueOf(said.spi().unsigned());
                };
        return prefix(said.saType()) + spi + "@" + KlipsAddressText.format(said.destination());
    }

    private static @Nullable String special(Said said, KlipsForm form) {
        long spi = said.spi().unsigned();
        if (said.saType() == SaType.X_INT) {
            if (spi >= FIRST_MAGIC && spi < FIRST_MAGIC + MAGIC.length) {
                return MAGIC[(int) spi - FIRST_MAGIC];
            }
            return form.modern() ? "%unk-" + spi : null;
        }
        boolean nothing =
                said.saType() == SaType.X_IPIP && spi == 0 && said.destination().unspecified();
        return nothing
                ? "%passthrough" + (said.destination() instanceof Ipv6Address ? 6 : 4)
                : null;
    }

    private static String prefix(SaType saType) {
        for (Prefix prefix : Prefix.values()) {
            if (prefix.saType == saType) {
                return prefix.text;
            }
        }
        return "unk" + (saType.known() ? 0 : saType.number());
    }
}
