package org.keysock.kernel.engine;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;

/**
 * An SA that traffic needs and that does not exist: RFC 2367 section 3.1.6. Two packets want the
 * same one when their {@link Want} is the same.
 *
 * @param number counted from 1 over the engine's life; each dialect makes its sequence number of it
 * @param saType the missing protocol
 * @param source of the SA, with ports and protocol as the policy asks; prefix 0
 * @param destination of the SA
 * @param innerSource in tunnel mode, what the policy protects, with prefix
 * @param innerDestination as {@code innerSource}
 * @param demand of the policy
 * @param flow of the packet that wanted it first
 * @param made when it was made
 * @param expiresMillis when packets stop waiting for it, monotonic
 */
public record Acquire(
        int number,
        SaType saType,
        Address source,
        Address destination,
        @Nullable Address innerSource,
        @Nullable Address innerDestination,
        Demand demand,
        Flow flow,
        Now made,
        long expiresMillis) {

    private static final int IPV4_IN_IP = 4;
    private static final int IPV6_IN_IP = 41;

    /** What the policy wants for the flow. */
    static Acquire of(int number, Flow flow, Demand demand, Now now) {
        IpAddress outerSource = demand.tunnelSource();
        IpAddress outerDestination = demand.tunnelDestination();
        boolean tunnel = outerSource != null && outerDestination != null;
        int protocol =
                tunnel
                        ? flow.source() instanceof Ipv4Address ? IPV4_IN_IP : IPV6_IN_IP
                        : demand.unique() ? flow.protocol() : 0;
        boolean ports = !tunnel && demand.unique();
        return new Acquire(
                number,
                demand.saType(),
                end(
                        ExtensionType.ADDRESS_SRC,
                        outerSource != null && tunnel ? outerSource : flow.source(),
                        protocol,
                        ports ? flow.sourcePort() : 0),
                end(
                        ExtensionType.ADDRESS_DST,
                        outerDestination != null && tunnel ? outerDestination : flow.destination(),
                        protocol,
                        ports ? flow.destinationPort() : 0),
                tunnel
                        ? inner(ExtensionType.ADDRESS_PROXY, flow.source(), demand.selectorSource())
                        : null,
                tunnel
                        ? inner(
                                ExtensionType.X_ADDRESS_INNER_DST,
                                flow.destination(),
                                demand.selectorDestination())
                        : null,
                demand,
                flow,
                now,
                Long.MAX_VALUE);
    }

    private static Address end(ExtensionType type, IpAddress address, int protocol, int port) {
        return new Address(type, protocol, 0, Sockaddr.of(address, port));
    }

    private static Address inner(
            ExtensionType type, IpAddress address, @Nullable Address selector) {
        return selector == null
                ? new Address(type, 0, address.bitLength(), Sockaddr.of(address, 0))
                : new Address(
                        type, selector.protocol(), selector.prefixLength(), selector.sockaddr());
    }

    Acquire expiring(long whenMillis) {
        return new Acquire(
                number,
                saType,
                source,
                destination,
                innerSource,
                innerDestination,
                demand,
                flow,
                made,
                whenMillis);
    }

    Want want() {
        return new Want(
                saType,
                source,
                destination,
                innerSource,
                innerDestination,
                demand.policyId(),
                demand.mode(),
                demand.reqid());
    }

    /** What makes two of them the same. */
    record Want(
            SaType saType,
            Address source,
            Address destination,
            @Nullable Address innerSource,
            @Nullable Address innerDestination,
            int policyId,
            int mode,
            int reqid) {}

    /** How far the answer has come. */
    public enum Progress {
        /** Nobody has answered. */
        OPEN,
        /** A larval SA was made for it. */
        BEGUN,
        /** A key manager gave up: packets are dropped, and nobody is asked again until the end. */
        GIVEN_UP
    }
}
