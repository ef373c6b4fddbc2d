package org.keysock.kernel.engine.solaris;

import static org.keysock.kernel.engine.solaris.Checks.require;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_PROXY;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_INNER_DST;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SadbMessage;

/**
 * SADB_X_INVERSE_ACQUIRE: which SA would the policy want for these addresses? solaris.md section
 * 3.19. There are no policies, so a question that is in order is answered with ENOENT.
 */
final class InverseAcquire implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        Address source = Checks.source(message);
        Address destination = Checks.destination(message);
        Address innerSource = message.address(ADDRESS_PROXY);
        Address innerDestination = message.address(X_ADDRESS_INNER_DST);
        require(
                innerSource == null || innerDestination != null,
                X_ADDRESS_INNER_DST,
                Diagnostic.MISSING_INNER_DST);
        require(
                innerSource != null || innerDestination == null,
                ADDRESS_PROXY,
                Diagnostic.MISSING_INNER_SRC);
        IpAddress from = known(source, Diagnostic.BAD_SRC);
        require(
                !from.multicastOrBroadcast(),
                ADDRESS_SRC,
                Diagnostic.BAD_SRC,
                "multicast or broadcast");
        IpAddress to = known(destination, Diagnostic.BAD_DST);
        require(!to.unspecified(), ADDRESS_DST, Diagnostic.BAD_DST, "unspecified");
        require(from.sameFamily(to), ADDRESS_SRC, Diagnostic.AF_MISMATCH);
        IpAddress innerFrom = innerKnown(innerSource, Diagnostic.MALFORMED_INNER_SRC);
        IpAddress innerTo = innerKnown(innerDestination, Diagnostic.MALFORMED_INNER_DST);
        require(
                innerFrom == null || innerTo == null || innerFrom.sameFamily(innerTo),
                ADDRESS_PROXY,
                Diagnostic.INNER_AF_MISMATCH);
        throw new Refusal(
                Errno.ENOENT,
                "ADDRESS_SRC and ADDRESS_DST: no policy for them, this kernel has none");
    }

    private static @Nullable IpAddress innerKnown(@Nullable Address address, Diagnostic malformed)
            throws Refusal {
        return address == null ? null : known(address, malformed);
    }

    private static IpAddress known(Address address, Diagnostic wrong) throws Refusal {
        IpAddress known = Addresses.unmapped(address).address();
        if (known == null) {
            throw Checks.invalid(address.type(), wrong, address.sockaddr().toString());
        }
        return known;
    }
}
