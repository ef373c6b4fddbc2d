package org.keysock.kernel.engine;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;

/**
 * What a policy asks for and no SA gives.
 *
 * @param saType the missing protocol
 * @param policy that asks, null for none
 * @param mode of the SA as in X_SA2: 1 transport, 2 tunnel, 3 BEET
 * @param reqid that the SA must carry, 0 for any
 * @param unique whether the SA is for this flow's ports and protocol only
 * @param tunnelSource outer source, null together with {@code tunnelDestination} in transport mode
 * @param tunnelDestination outer destination
 * @param selectorSource in tunnel mode, what the policy protects, with prefix; null: the flow alone
 * @param selectorDestination as {@code selectorSource}
 */
public record Demand(
        SaType saType,
        @Nullable Policy policy,
        int mode,
        int reqid,
        boolean unique,
        @Nullable IpAddress tunnelSource,
        @Nullable IpAddress tunnelDestination,
        @Nullable Address selectorSource,
        @Nullable Address selectorDestination) {

    private static final int TRANSPORT = 1;
    private static final int TUNNEL = 2;

    /** Transport mode between the two ends of a flow, without a policy. */
    public static Demand transport(SaType saType) {
        return transport(saType, false);
    }

    /** As {@link #transport(SaType)}, perhaps for the flow's ports and protocol only. */
    public static Demand transport(SaType saType, boolean unique) {
        return new Demand(saType, null, TRANSPORT, 0, unique, null, null, null, null);
    }

    /** A tunnel for a flow, without a policy. */
    public static Demand tunnel(SaType saType, IpAddress source, IpAddress destination) {
        return new Demand(saType, null, TUNNEL, 0, false, source, destination, null, null);
    }

    /** What one of a policy's templates asks for. */
    public static Demand of(Policy policy, Template template) {
        boolean tunnel = template.source() != null && template.destination() != null;
        Selector selector = policy.selector();
        return new Demand(
                template.protocol(),
                policy,
                template.mode(),
                template.reqid(),
                false,
                tunnel ? template.source() : null,
                tunnel ? template.destination() : null,
                tunnel
                        ? inner(
                                ExtensionType.ADDRESS_PROXY,
                                selector,
                                selector.source(),
                                selector.sourcePrefix(),
                                selector.sourcePort())
                        : null,
                tunnel
                        ? inner(
                                ExtensionType.X_ADDRESS_INNER_DST,
                                selector,
                                selector.destination(),
                                selector.destinationPrefix(),
                                selector.destinationPort())
                        : null);
    }

    private static Address inner(
            ExtensionType type, Selector selector, IpAddress address, int prefix, int port) {
        return new Address(type, selector.protocol(), prefix, Sockaddr.of(address, port));
    }

    /** Number of the policy, 0 for none. */
    public int policyId() {
        return policy == null ? 0 : policy.id();
    }
}
