package org.keysock.tools.klips;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.text.BadText;
import org.keysock.pfkey.text.KlipsAddressText;
import org.keysock.pfkey.text.KlipsAddressText.Family;
import org.keysock.pfkey.text.SaidText;

/** What an eroute points to: a SAID in one word or in four options, each given once at most. */
final class ErouteTarget {

    private static final int RESERVED = 0x100;

    private final Tool tool;
    private @Nullable String saidWord;
    private @Nullable String familyWord;
    private @Nullable String destinationWord;
    private @Nullable String spiWord;
    private @Nullable String protocolWord;
    private Family family = Family.ANY;
    private @Nullable IpAddress destination;
    private Spi spi = new Spi(0);
    private SaType saType = SaType.UNSPEC;

    ErouteTarget(Tool tool) {
        this.tool = tool;
    }

    /** Its type; that of no SA when none was named. */
    SaType saType() {
        return saType;
    }

    /** Its SPI, 0 when none was named. */
    Spi spi() {
        return spi;
    }

    /** The SAID, or null when a part of it is missing. */
    @Nullable Said said() {
        boolean named = familyWord != null && spiWord != null && protocolWord != null;
        return destination == null || !(named || saidWord != null)
                ? null
                : new Said(saType, spi, destination);
    }

    /** {@code --said}. */
    void said(String word) throws Stop {
        if (saidWord != null) {
            throw redefined("SAID", word, " in SA", saidWord);
        }
        once("PROTO parameter", " in SA:" + word, protocolWord);
        once("EDST parameter", " in SA:" + word, destinationWord);
        once("SPI parameter", " in SA:" + word, spiWord);
        once("address family parameter", " in SA:" + word, familyWord);
        Said said;
        try {
            said = SaidText.parse(word, tool.machine().names());
        } catch (BadText e) {
            throw tool.fail("Error, " + e.getMessage() + " converting --sa argument:" + word);
        }
        if (said.spi().unsigned() < RESERVED) {
            throw tool.fail(
                    "Illegal reserved spi: "
                            + word
                            + " => 0x"
                            + Integer.toHexString(asStored(said.spi()))
                            + " Must be larger than or equal to 0x100.");
        }
        saidWord = word;
        saType = said.saType();
        spi = said.spi();
        destination = said.destination();
    }

    /** The original shows the number as it lies in its memory. */
    private static int asStored(Spi spi) {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        return little ? Integer.reverseBytes(spi.value()) : spi.value();
    }

    /** {@code --af}, which may follow a SAID. */
    void family(String word) throws Stop {
        once("address family of SAID", ":" + word, familyWord);
        Family named = Protocols.family(word);
        if (named == null) {
            throw tool.fail("Invalid address family parameter for SAID: " + word);
        }
        familyWord = word;
        family = named;
    }

    /** {@code --edst}. */
    void destination(String word) throws Stop {
        notInSaid("EDST", word);
        once("EDST parameter", ":" + word, destinationWord);
        try {
            destination = KlipsAddressText.parse(word, family, tool.machine().names());
        } catch (BadText e) {
            throw tool.fail("Error, " + e.getMessage() + " converting --edst argument:" + word);
        }
        destinationWord = word;
    }

    /** {@code --spi}. */
    void spi(String word) throws Stop {
        notInSaid("SPI", word);
        once("SPI parameter", ":" + word, spiWord);
        Integer number = CNumber.parse(word);
        if (number == null) {
            throw tool.fail("Invalid character in SPI parameter: " + word);
        }
        if (Integer.compareUnsigned(number, RESERVED) < 0) {
            throw tool.fail(
                    "Illegal reserved spi: "
                            + word
                            + " => 0x"
                            + Integer.toHexString(number)
                            + " Must be larger than 0x100.");
        }
        spiWord = word;
        spi = new Spi(number);
    }

    /** {@code --proto}. */
    void protocol(String word) throws Stop {
        notInSaid("PROTO", word);
        once("PROTO parameter", ":" + word, protocolWord);
        SaType named = Protocols.saType(word);
        if (named == null) {
            throw tool.fail("Invalid PROTO parameter: " + word);
        }
        protocolWord = word;
        saType = named;
    }

    private void notInSaid(String what, String word) throws Stop {
        if (saidWord != null) {
            throw redefined(what, word, " in SA", saidWord);
        }
    }

    private Stop redefined(String what, String word, String where, String before) {
        return tool.fail(
                "Error, "
                        + what
                        + " parameter redefined:"
                        + word
                        + ", already defined"
                        + where
                        + ":"
                        + before);
    }

    private void once(String what, String word, @Nullable String before) throws Stop {
        if (before != null) {
            throw tool.fail(
                    "Error, " + what + " redefined" + word + ", already defined as:" + before);
        }
    }
}
