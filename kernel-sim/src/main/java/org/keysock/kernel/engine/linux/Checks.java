package org.keysock.kernel.engine.linux;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** Small checks that several verbs make. */
final class Checks {

    /** SA types that can be. */
    static final String PROTOCOL_NAMES = "AH, ESP, X_IPCOMP";

    static final int TRANSPORT = 1;
    static final int TUNNEL = 2;
    private static final int HIGHEST_MODE = 3;
    private static final Map<Integer, SaType> PROTOCOLS =
            Map.of(50, SaType.ESP, 51, SaType.AH, 108, SaType.X_IPCOMP);

    private Checks() {}

    /** The two ends of a request. */
    record Ends(IpAddress source, IpAddress destination) {}

    /**
     * EINVAL for that reason unless the condition holds. Reasons with values are for {@link
     * Refusal#invalid}, so that nothing is put together for requests that are right.
     *
     * @throws Refusal EINVAL
     */
    static void require(boolean condition, String reason) throws Refusal {
        if (!condition) {
            throw Refusal.invalid(reason);
        }
    }

    /** An extension that must be there. */
    static <E extends Extension> E present(@Nullable E extension, ExtensionType type)
            throws Refusal {
        if (extension == null) {
            throw Refusal.invalid(Reasons.missing(type));
        }
        return extension;
    }

    /** Both addresses, of one family. */
    static Ends ends(SadbMessage message) throws Refusal {
        IpAddress source = address(message, ADDRESS_SRC);
        IpAddress destination = address(message, ADDRESS_DST);
        if (!source.sameFamily(destination)) {
            throw Refusal.invalid(Reasons.families(source, destination));
        }
        return new Ends(source, destination);
    }

    private static IpAddress address(SadbMessage message, ExtensionType type) throws Refusal {
        return address(present(message.address(type), type));
    }

    /** The IP address in an extension. */
    static IpAddress address(Address extension) throws Refusal {
        IpAddress address = extension.address();
        if (address == null) {
            throw Refusal.invalid(Reasons.family(extension));
        }
        return address;
    }

    /** Whether SAs of that type can be. */
    static boolean isProtocol(SaType saType) {
        return PROTOCOLS.containsValue(saType);
    }

    /** A protocol, or UNSPEC for all of them. */
    static SaType protocolOrAll(SaType saType) throws Refusal {
        if (saType != SaType.UNSPEC && !isProtocol(saType)) {
            throw Refusal.invalid(Reasons.saType(saType, PROTOCOL_NAMES + " or UNSPEC"));
        }
        return saType;
    }

    /** The mode that X_SA2 asks for; any is transport. */
    static int mode(@Nullable Sa2 sa2) throws Refusal {
        if (sa2 == null) {
            return TRANSPORT;
        }
        return mode(sa2.mode(), ExtensionType.X_SA2);
    }

    /** A mode that there is; any is transport. */
    static int mode(int asked, ExtensionType where) throws Refusal {
        if (asked > HIGHEST_MODE) {
            throw Refusal.invalid(where + ": mode " + asked + ", the highest is " + HIGHEST_MODE);
        }
        return Math.max(asked, TRANSPORT);
    }

    /** The SA type of a protocol of IP, which must have one. */
    static SaType protocol(int number) throws Refusal {
        SaType saType = PROTOCOLS.get(number);
        if (saType == null) {
            throw Refusal.invalid(
                    "X_POLICY: a request of protocol "
                            + number
                            + ", not 50 (ESP), 51 (AH) or 108 (IPCOMP)");
        }
        return saType;
    }

    /** The SA type of a protocol of IP, UNSPEC for others. */
    static SaType saType(int number) {
        return PROTOCOLS.getOrDefault(number, SaType.UNSPEC);
    }

    /** The protocol of IP of an SA type, 0 for others. */
    static int number(SaType saType) {
        for (Map.Entry<Integer, SaType> each : PROTOCOLS.entrySet()) {
            if (each.getValue() == saType) {
                return each.getKey();
            }
        }
        return 0;
    }

    /**
     * The SA that DELETE and GET are about: found by type, destination and SPI.
     *
     * @throws Refusal EINVAL when something is missing, ESRCH when there is no such SA
     */
    static SecurityAssociation named(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        Extension.Sa named = present(message.sa(), ExtensionType.SA);
        Ends ends = ends(message);
        SaType saType = request.header().saType();
        if (!isProtocol(saType)) {
            throw new Refusal(Errno.ESRCH, Reasons.saType(saType, PROTOCOL_NAMES));
        }
        SecurityAssociation sa =
                named.spi().value() != 0 // such SAs are in no table
                        ? engine.sadb().find(saType, ends.destination(), named.spi())
                        : null;
        if (sa == null) {
            throw new Refusal(Errno.ESRCH, Reasons.noSa(saType, named.spi(), ends.destination()));
        }
        return sa;
    }
}
