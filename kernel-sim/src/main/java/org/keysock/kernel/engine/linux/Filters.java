package org.keysock.kernel.engine.linux;

import java.util.Arrays;
import java.util.function.Predicate;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.Filter;
import org.keysock.pfkey.model.SadbMessage;

/** X_FILTER of a DUMP: section 8.9. */
final class Filters {

    private static final int WIDEST_PREFIX = 128;
    private static final int IPV4_BYTES = 4;
    private static final int AF_INET = 2;

    private Filters() {}

    /**
     * Which SAs a request asks for; all of them without a filter, or with one of family 0.
     *
     * @throws Refusal EINVAL for a prefix wider than any address
     */
    static Predicate<SecurityAssociation> of(SadbMessage message) throws Refusal {
        Filter filter = message.find(ExtensionType.X_FILTER, Filter.class);
        if (filter == null) {
            return sa -> true;
        }
        requirePrefix("source", filter.sourcePrefix());
        requirePrefix("destination", filter.destinationPrefix());
        if (filter.family() == 0) {
            return sa -> true;
        }
        boolean four = filter.family() == AF_INET;
        IpAddress source = address(filter.source(), four);
        IpAddress destination = address(filter.destination(), four);
        return sa ->
                within(sa.source(), source, filter.sourcePrefix())
                        && within(sa.destination(), destination, filter.destinationPrefix());
    }

    private static void requirePrefix(String end, int prefix) throws Refusal {
        if (prefix > WIDEST_PREFIX) {
            throw Refusal.invalid(
                    "X_FILTER: "
                            + end
                            + " prefix of "
                            + prefix
                            + " bits, the longest has "
                            + WIDEST_PREFIX);
        }
    }

    private static IpAddress address(byte[] bytes, boolean four) {
        return IpAddress.ofBytes(four ? Arrays.copyOf(bytes, IPV4_BYTES) : bytes);
    }

    /** Longer prefixes than the family has count as its full length. */
    private static boolean within(IpAddress address, IpAddress network, int prefix) {
        int length = Math.min(prefix, network.bitLength());
        return address.sameFamily(network) && address.masked(length).equals(network.masked(length));
    }
}
