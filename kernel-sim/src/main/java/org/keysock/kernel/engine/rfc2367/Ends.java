package org.keysock.kernel.engine.rfc2367;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;

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
        Address source = present(message.address(ADDRESS_SRC));
        Address destination = present(message.address(ADDRESS_DST));
        IpAddress from = present(source.address());
        IpAddress to = present(destination.address());
        Layout.require(from.sameFamily(to));
        return new Ends(source, destination, from, to);
    }

    /**
     * The SA that a request names by type, SPI and destination; its source does not count.
     *
     * @throws Refusal EINVAL when it names none, ESRCH when there is none
     */
    static SecurityAssociation namedSa(Request request, KeyEngine engine) throws Refusal {
        Extension.Sa named = present(request.message().sa());
        Ends ends = of(request.message());
        SecurityAssociation sa =
                engine.sadb().find(request.header().saType(), ends.to(), named.spi());
        if (sa == null) {
            throw new Refusal(Errno.ESRCH);
        }
        return sa;
    }

    /** An address extension as this dialect shows it, without port. */
    static Address shown(ExtensionType type, IpAddress address) {
        return new Address(type, 0, address.bitLength(), Sockaddr.of(address, 0));
    }

    static <T> T present(@Nullable T thing) throws Refusal {
        if (thing == null) {
            throw new Refusal(Errno.EINVAL);
        }
        return thing;
    }
}
