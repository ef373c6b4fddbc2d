package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.spd.Selector;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.SadbMessage;

/** The packets that X_ADDFLOW and X_DELFLOW name: klips.md section 3.14. */
final class FlowRequest {

    private FlowRequest() {}

    /**
     * Networks, ports and transport protocol of a request. Bits outside the masks are cleared.
     *
     * @throws Refusal EINVAL for two families, and for a mask that is no prefix
     */
    static Selector selector(SadbMessage message) throws Refusal {
        IpAddress source = Checks.address(message, ExtensionType.X_ADDRESS_SRC_FLOW);
        IpAddress destination = Checks.address(message, ExtensionType.X_ADDRESS_DST_FLOW);
        if (!source.sameFamily(destination)) {
            throw Refusal.invalid(
                    "X_ADDRESS_SRC_FLOW and X_ADDRESS_DST_FLOW: families differ, "
                            + source
                            + " and "
                            + destination);
        }
        int sourcePrefix = prefix(message, ExtensionType.X_ADDRESS_SRC_MASK, source);
        int destinationPrefix = prefix(message, ExtensionType.X_ADDRESS_DST_MASK, destination);
        KlipsExtension.Protocol protocol =
                message.find(ExtensionType.X_PROTOCOL, KlipsExtension.Protocol.class);
        return new Selector(
                network(source, sourcePrefix),
                sourcePrefix,
                network(destination, destinationPrefix),
                destinationPrefix,
                protocol == null ? 0 : protocol.protocol(),
                port(message, ExtensionType.X_ADDRESS_SRC_FLOW, ExtensionType.X_ADDRESS_SRC_MASK),
                port(message, ExtensionType.X_ADDRESS_DST_FLOW, ExtensionType.X_ADDRESS_DST_MASK));
    }

    /** The packets of a selector, for people. */
    static String phrase(Selector selector) {
        return selector.source()
                + "/"
                + selector.sourcePrefix()
                + " to "
                + selector.destination()
                + "/"
                + selector.destinationPrefix();
    }

    private static int port(SadbMessage message, ExtensionType flow, ExtensionType mask)
            throws Refusal {
        Address network = Checks.present(message.address(flow), flow);
        return network.port() & Checks.present(message.address(mask), mask).port();
    }

    private static int prefix(SadbMessage message, ExtensionType type, IpAddress network)
            throws Refusal {
        IpAddress mask = Checks.address(message, type);
        int bits = mask.bitLength();
        if (!mask.sameFamily(network)) {
            throw Refusal.invalid(type + ": of another family than " + network);
        }
        int prefix = bits;
        while (prefix > 0 && !network(all(mask), prefix).equals(mask)) {
            prefix--;
        }
        if (prefix == 0 && !mask.unspecified()) {
            throw Refusal.invalid(type + ": " + mask + " is the mask of no prefix");
        }
        return prefix;
    }

    private static IpAddress all(IpAddress like) {
        return like instanceof Ipv4Address ? new Ipv4Address(-1) : new Ipv6Address(-1, -1);
    }

    /** The first bits of an address. */
    static IpAddress network(IpAddress address, int prefix) {
        if (address instanceof Ipv4Address four) {
            return new Ipv4Address(prefix == 0 ? 0 : four.bits() & -1 << (32 - prefix));
        }
        Ipv6Address six = (Ipv6Address) address;
        long high = prefix == 0 ? 0 : six.high() & -1L << (64 - Math.min(prefix, 64));
        long low = prefix <= 64 ? 0 : six.low() & -1L << (128 - prefix);
        return new Ipv6Address(high, low);
    }
}
