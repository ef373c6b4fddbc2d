package org.keysock.kernel.engine;

import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/**
 * Reasons of refusals that several dialects give: the extension first, or the base header, then
 * what was seen and what the rule is.
 */
public final class Reasons {

    private Reasons() {}

    /** A message type that nobody serves. */
    public static String noVerb(MessageType type) {
        return "base header: message type " + type + " is no request to this kernel";
    }

    /** An SA type that a verb does not take; {@code taken} are those that it does. */
    public static String saType(SaType saType, String taken) {
        return "base header: SA type " + saType + ", not " + taken;
    }

    /** An extension that must be there. */
    public static String missing(ExtensionType type) {
        return type + ": missing";
    }

    /** An address of a family other than IPv4 and IPv6. */
    public static String family(Address address) {
        return address.type() + ": " + address.sockaddr() + ", neither IPv4 nor IPv6";
    }

    /** Two ends of different families. */
    public static String families(IpAddress source, IpAddress destination) {
        return "ADDRESS_SRC and ADDRESS_DST: families differ, " + source + " and " + destination;
    }

    /** A range that is empty. */
    public static String reversed(Spi min, Spi max) {
        return "SPIRANGE: the lowest SPI, " + min + ", is above the highest, " + max;
    }

    /** A range whose SPIs are all taken. */
    public static String noSpiFree(SaType saType, Spi min, Spi max) {
        return "SPIRANGE: no SPI of " + saType + " is free in " + min + " to " + max;
    }

    /** An SA that is not there. */
    public static String noSa(SaType saType, Spi spi, IpAddress destination) {
        return "SA: there is no " + saType + " SA " + spi + " to " + destination;
    }

    /** An identity that another SA has. */
    public static String taken(SecurityAssociation sa) {
        return "SA: there is a "
                + sa.protocol()
                + " SA "
                + sa.spi()
                + " to "
                + sa.destination()
                + " already";
    }

    /** One dump at a time. */
    public static String dumping() {
        return "base header: a dump to this socket is under way";
    }

    /** An SA type that a socket has registered for before. */
    public static String registered(SaType saType) {
        return "base header: this socket is registered for " + saType + " already";
    }

    /** A key whose length an algorithm does not take. */
    public static String keyBits(ExtensionType type, int bits, Algorithm algorithm) {
        int min = algorithm.minBits();
        int max = algorithm.maxBits();
        return type
                + ": "
                + bits
                + " bits, "
                + algorithm.code()
                + " takes "
                + min
                + (max == min ? "" : " to " + max)
                + (max == min || algorithm.increment() <= 1
                        ? ""
                        : " in steps of " + algorithm.increment());
    }

    /** An extension that the verb does not take. */
    public static String unwanted(SadbMessage message, ExtensionType type) {
        return type + ": not allowed in " + message.type();
    }
}
