package org.keysock.kernel.engine.rfc2367;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;

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
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/** The two ends that a request names. */
record Ends(Address source, Address destination, IpAddress from, IpAddress to) {

    /**
     * The ends of a request.
     *
     * @throws Refusal EINVAL when one is missing, of a strange family, or of another than the other
     */
    static Ends of(SadbMessage message) throws Refusal {
        Address source = present(message.address(ADDRESS_SRC), ADDRESS_SRC);
        Address destination = present(message.address(ADDRESS_DST), ADDRESS_DST);
        IpAddress from = address(source);
        IpAddress to = address(destination);
        if (!from.sameFamily(to)) {
            throw Refusal.invalid(Reasons.families(from, to));
        }
        return new Ends(source, destination, from, to);
    }

    /**
     * The SA that a request names by type, SPI and destination; its source does not count.
     *
     * @throws Refusal EINVAL when it names none, ESRCH when there is none
     */
    static SecurityAssociation namedSa(Request request, KeyEngine engine) throws Refusal {
        Extension.Sa named = present(request.message().sa(), ExtensionType.SA);
        Ends ends = of(request.message());
        SecurityAssociation sa =
                engine.sadb().find(request.header().saType(), ends.to(), named.spi());
        if (sa == null) {
            throw new Refusal(
                    Errno.ESRCH, Reasons.noSa(request.header().saType(), named.spi(), ends.to()));
        }
        return sa;
    }

    /** An address extension as this dialect shows it, without port. */
    static Address shown(ExtensionType type, IpAddress address) {
        return new Address(type, 0, address.bitLength(), Sockaddr.of(address, 0));
    }

    private static IpAddress address(Address extension) throws Refusal {
        IpAddress address = extension.address();
        if (address == null) {
            throw Refusal.invalid(Reasons.family(extension));
        }
        return address;
    }

    /** An extension that must be there. */
    static <E extends Extension> E present(@Nullable E extension, ExtensionType type)
            throws Refusal {
        if (extension == null) {
            throw Refusal.invalid(Reasons.missing(type));
        }
        return extension;
    }
}
