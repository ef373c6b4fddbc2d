package org.keysock.tools.klips;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.text.BadText;
import org.keysock.pfkey.text.KlipsAddressText;
import org.keysock.pfkey.text.KlipsAddressText.Family;
import org.keysock.pfkey.text.SaidText;

/**
 * What {@code ipsec spi} is told of an SA, option by option in their order: klips.md 5.2, 5.3. An
 * address is null until it or a family has been given; a family makes all addresses that were given
 * before unspecified ones.
 */
final class SaParts {

    private static final int LAST_RESERVED_SPI = 0xff;

    private final Tool tool;
    private Family family = Family.ANY;
    private @Nullable IpAddress destination;
    private @Nullable IpAddress source;
    private int spi;
    private @Nullable SaType saType;

    /** What the options said, in the user's words. */
    private @Nullable String afWord;

    private @Nullable String edstWord;
    private @Nullable String spiWord;
    private @Nullable String protoWord;
    private @Nullable String srcWord;
    private @Nullable String dstWord;
    private @Nullable String saidWord;

    SaParts(Tool tool) {
        this.tool = tool;
    }

    /** The destination, or null. */
    @Nullable IpAddress destination() {
        return destination;
    }

    /** The source, or null. */
    @Nullable IpAddress source() {
        return source;
    }

    /** The SPI, 0 when there is none. */
    int spi() {
        return spi;
    }

    /** The type of the SA, or null. */
    @Nullable SaType saType() {
        return saType;
    }

    /** Whether a SAID said all of it. */
    boolean named() {
        return saidWord != null;
    }

    /** {@code --af}. */
    void af(String word) throws Stop {
        unlessSaid("ADDRESS FAMILY", word);
        once("ADDRESS FAMILY", word, afWord);
        Family named = Protocols.family(word);
        if (named == null) {
            throw tool.fail("Invalid ADDRESS FAMILY parameter: " + word + ".");
        }
        family = named;
        afWord = word;
        destination = unspecified(family);
        source = unspecified(family);
    }

    /** {@code --ip4} and {@code --ip6}: the family of what follows. */
    void tunnel(Family inner) {
        family = inner;
    }

    /** {@code --edst}. */
    void edst(String word) throws Stop {
        unlessSaid("EDST", word);
        once("EDST", word, edstWord);
        destination = address("--edst", word);
        edstWord = word;
    }

    /** {@code --spi}. */
    void spi(String word) throws Stop {
        unlessSaid("SPI", word);
        once("SPI", word, spiWord);
        Integer number = CNumber.parse(word);
        if (number == null) {
            throw tool.fail("Invalid character in SPI parameter: " + word);
        }
        if (Integer.compareUnsigned(number, LAST_RESERVED_SPI) <= 0) {
            throw tool.fail(
                    "Illegal reserved spi: "
                            + word
                            + " => 0x"
                            + Integer.toHexString(number)
                            + " Must be larger than 0x100.");
        }
        spi = number;
        spiWord = word;
    }

    /** {@code --proto}. */
    void proto(String word) throws Stop {
        unlessSaid("PROTO", word);
        once("PROTO", word, protoWord);
        SaType named = Protocols.saType(word);
        if (named == null) {
            throw tool.fail("Invalid PROTO parameter: " + word);
        }
        saType = named;
        protoWord = word;
    }

    /** {@code --said}. */
    void said(String word) throws Stop {
        unlessSaid("SAID", word);
        unlessInParts("PROTO", word, protoWord);
        unlessInParts("EDST", word, edstWord);
        unlessInParts("SPI", word, spiWord);
        Said said;
        try {
            said = SaidText.parse(word, tool.machine().names());
        } catch (BadText e) {
            throw bad(e, "--sa", word);
        }
        Family own = familyOf(said.destination());
        if (family == Family.ANY) {
            family = own;
        } else if (family != own) {
            throw tool.fail(
                    "Error, specified address family ("
                            + (family == Family.INET ? 2 : 10)
                            + ") is different that of SAID: "
                            + word);
        }
        saType = said.saType();
        spi = said.spi().value();
        destination = said.destination();
        source = unspecified(family);
        saidWord = word;
    }

    /** {@code --src}. */
    void src(String word) throws Stop {
        once("SRC", word, srcWord);
        source = address("--src", word);
        srcWord = word;
    }

    /** {@code --dst}: looked at and never sent. */
    void dst(String word) throws Stop {
        once("DST", word, dstWord);
        address("--dst", word);
        dstWord = word;
    }

    /** Complains of what is missing; a SAID says everything. */
    void needAll() throws Stop {
        if (saidWord != null) {
            return;
        }
        if (destination != null && destination.unspecified()) {
            throw tool.fail("SA destination not specified.");
        }
        if (spi == 0) {
            throw tool.fail("SA SPI not specified.");
        }
        if (saType == null) {
            throw tool.fail("SA PROTO not specified.");
        }
    }

    /** Complains of a family that is not the destination's. */
    void needOneFamily() throws Stop {
        if (destination != null && family != Family.ANY && family != familyOf(destination)) {
            throw tool.fail("Defined address family and address family of SA missmatch.");
        }
    }

    private void unlessSaid(String name, String word) throws Stop {
        if (saidWord != null) {
            throw redefined(name, word, "already defined in SA:" + saidWord);
        }
    }

    private void once(String name, String word, @Nullable String before) throws Stop {
        if (before != null) {
            throw redefined(name, word, "already defined as:" + before);
        }
    }

    private void unlessInParts(String name, String word, @Nullable String before) throws Stop {
        if (before != null) {
            throw redefined(name, " in SA", word, "already defined as:" + before);
        }
    }

    private Stop redefined(String name, String word, String already) {
        return redefined(name, "", word, already);
    }

    private Stop redefined(String name, String where, String word, String already) {
        return tool.fail(
                "Error, " + name + " parameter redefined" + where + ":" + word + ", " + already);
    }

    private IpAddress address(String option, String word) throws Stop {
        try {
            return KlipsAddressText.parse(word, family, tool.machine().names());
        } catch (BadText e) {
            throw bad(e, option, word);
        }
    }

    private Stop bad(BadText why, String option, String word) {
        return tool.fail(
                "Error, " + why.getMessage() + " converting " + option + " argument:" + word);
    }

    private static Family familyOf(IpAddress address) {
        return address instanceof Ipv4Address ? Family.INET : Family.INET6;
    }

    private static IpAddress unspecified(Family family) {
        return family == Family.INET ? Ipv4Address.ANY : Ipv6Address.ANY;
    }
}
