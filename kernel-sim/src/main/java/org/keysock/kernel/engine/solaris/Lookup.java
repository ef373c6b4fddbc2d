package org.keysock.kernel.engine.solaris;

import static org.keysock.pfkey.model.Errno.ESRCH;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SadbMessage;

/**
 * How a request names an SA: by type, destination and SPI, and by a source that matches when one of
 * the two is unspecified (solaris.md 3.5). One identity stands in one table only, so the direction
 * flags of the request make no difference.
 */
final class Lookup {

    private Lookup() {}

    /**
     * The SA that the message names.
     *
     * @throws Refusal EINVAL without destination or SA extension, in that order; ESRCH when there
     *     is no such SA
     */
    static SecurityAssociation named(SadbMessage message, KeyEngine engine) throws Refusal {
        IpAddress destination = address(Checks.destination(message));
        Extension.Sa sa = Checks.sa(message);
        SecurityAssociation found =
                engine.sadb().find(message.header().saType(), destination, sa.spi());
        if (found == null) {
            throw new Refusal(
                    ESRCH,
                    Diagnostic.SA_NOTFOUND,
                    Reasons.noSa(message.header().saType(), sa.spi(), destination));
        }
        if (!sourceMatches(found, message.address(ExtensionType.ADDRESS_SRC))) {
            throw new Refusal(
                    ESRCH,
                    Diagnostic.SA_NOTFOUND,
                    "ADDRESS_SRC: the SA " + sa.spi() + " there is from " + found.source());
        }
        return found;
    }

    private static boolean sourceMatches(
            SecurityAssociation sa, Extension.@Nullable Address asked) {
        return asked == null || matches(sa.source(), address(asked));
    }

    /** Whether two sources match: equal, or one of them unspecified. */
    static boolean matches(IpAddress one, IpAddress other) {
        return one.unspecified() || other.unspecified() || one.equals(other);
    }

    /** The IP address of an extension in normal form. */
    static IpAddress address(Extension.Address extension) {
        IpAddress address = extension.address();
        if (address == null) {
            throw new IllegalArgumentException("not in normal form: " + extension);
        }
        return address;
    }
}
