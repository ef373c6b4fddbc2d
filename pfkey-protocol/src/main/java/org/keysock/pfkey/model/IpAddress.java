package org.keysock.pfkey.model;

/** An IPv4 or IPv6 address, without port or scope. Never looked up in a name service. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {

    /** Width of the family's addresses: 32 or 128 bits. */
    int bitLength();

    /** 0.0.0.0 or ::. */
    boolean unspecified();

    /** IPv4 multicast or limited broadcast, IPv6 multicast. */
    boolean multicastOrBroadcast();

    /**
     * This address with all bits behind the prefix cleared.
     *
     * @param prefixLength 0 to {@link #bitLength()}
     * @throws IllegalArgumentException if the prefix is out of that range
     */
    IpAddress masked(int prefixLength);

    /** The unspecified address of this address's family. */
    IpAddress any();

    /** Network order, 4 or 16 bytes. */
    byte[] toBytes();

    /**
     * Whether this address lies in the network that the first bits of another name.
     *
     * @param prefixLength how many bits of {@code network} count
     */
    default boolean in(IpAddress network, int prefixLength) {
        return sameFamily(network) && masked(prefixLength).equals(network.masked(prefixLength));
    }

    /** Whether both addresses are of one family. */
    default boolean sameFamily(IpAddress other) {
        return bitLength() == other.bitLength();
    }

    /**
     * The address in network order.
     *
     * @throws IllegalArgumentException unless there are 4 or 16 bytes
     */
    static IpAddress ofBytes(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> Ipv4Address.ofBytes(bytes);
            case 16 -> Ipv6Address.ofBytes(bytes);
            default ->
                    throw new IllegalArgumentException(
                            "an address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    /** A prefix length checked against the width of its family. */
    static int checkedPrefix(int prefixLength, int bitLength) {
        if (prefixLength < 0 || prefixLength > bitLength) {
            throw new IllegalArgumentException(
                    "prefix length " + prefixLength + " is not in 0.." + bitLength);
        }
        return prefixLength;
    }
}
