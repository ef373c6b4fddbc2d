package org.keysock.kernel.engine.linux;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
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

    static final int TRANSPORT = 1;
    static final int TUNNEL = 2;
    private static final int HIGHEST_MODE = 3;
    private static final Map<Integer, SaType> PROTOCOLS =
            Map.of(50, SaType.ESP, 51, SaType.AH, 108, SaType.X_IPCOMP);

    private Checks() {}

    /** The two ends of a request. */
    record Ends(IpAddress source, IpAddress destination) {}

    /**
     * EINVAL unless the condition holds.
     *
     * @throws Refusal EINVAL
     */
    static void require(boolean condition) throws Refusal {
        if (!condition) {
            throw new Refusal(Errno.EINVAL);
        }
    }

    static <T> T present(@Nullable T thing) throws Refusal {
        if (thing == null) {
            throw new Refusal(Errno.EINVAL);
        }
        return thing;
    }

    /** Both addresses, of one family. */
    static Ends ends(SadbMessage message) throws Refusal {
        IpAddress source = address(message, ADDRESS_SRC);
        IpAddress destination = address(message, ADDRESS_DST);
        require(source.sameFamily(destination));
        return new Ends(source, destination);
    }

    private static IpAddress address(SadbMessage message, ExtensionType type) throws Refusal {
        Address address = present(message.address(type));
        return present(address.address());
    }

    /** Whether SAs of that type can be. */
    static boolean isProtocol(SaType saType) {
        return PROTOCOLS.containsValue(saType);
    }

    /** A protocol, or UNSPEC for all of them. */
    static SaType protocolOrAll(SaType saType) throws Refusal {
        require(saType == SaType.UNSPEC || isProtocol(saType));
        return saType;
    }

    /** The mode that X_SA2 asks for; any is transport. */
    static int mode(@Nullable Sa2 sa2) throws Refusal {
        if (sa2 == null) {
            return TRANSPORT;
        }
        return mode(sa2.mode());
    }

    /** A mode that there is; any is transport. */
    static int mode(int asked) throws Refusal {
        require(asked <= HIGHEST_MODE);
        return Math.max(asked, TRANSPORT);
    }

    /** The SA type of a protocol of IP, which must have one. */
    static SaType protocol(int number) throws Refusal {
        return present(PROTOCOLS.get(number));
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
        Extension.Sa named = present(message.sa());
        Ends ends = ends(message);
        SaType saType = request.header().saType();
        SecurityAssociation sa =
                isProtocol(saType) && named.spi().value() != 0 // such SAs are in no table
                        ? engine.sadb().find(saType, ends.destination(), named.spi())
                        : null;
        if (sa == null) {
            throw new Refusal(Errno.ESRCH);
        }
        return sa;
    }
}
