package org.keysock.kernel.sadb;

import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/** SAs for tests and benchmarks. */
public final class Samples {

    private Samples() {}

    /** The address 10.x.y.z of a number below 2^24. */
    public static Ipv4Address four(int number) {
        return new Ipv4Address(0x0a000000 | number);
    }

    /** An address in 2001:db8::/32. */
    public static Ipv6Address six(int number) {
        return new Ipv6Address(0x20010db8_00000000L, number);
    }

    /** A mature SA with neither keys nor limits, added at moment 0. */
    public static SecurityAssociation bare(
            SaType protocol, int spi, IpAddress destination, Direction direction) {
        return with(SaSecrets.NONE, protocol, spi, destination, direction);
    }

    /** A mature ESP SA with AES-128 and HMAC-SHA1 keys of its own. */
    public static SecurityAssociation keyed(int spi, IpAddress destination) {
        SaSecrets secrets =
                new SaSecrets(
                        AuthAlgorithm.HMAC_SHA1,
                        160,
                        KeyMaterial.of(filled(20, spi)),
                        EncryptionAlgorithm.AES_CBC,
                        128,
                        0,
                        KeyMaterial.of(filled(16, ~spi)),
                        96);
        return with(secrets, SaType.ESP, spi, destination, Direction.OUTBOUND);
    }

    /** An ESP SA that leaves, without keys, which a demand may choose. */
    public static SecurityAssociation choosable(
            int spi, IpAddress source, IpAddress destination, SaState state, SaDetails details) {
        return new SecurityAssociation(
                DialectName.LINUX,
                SaType.ESP,
                new Spi(spi),
                source,
                destination,
                Direction.OUTBOUND,
                state,
                SaFlags.NONE,
                32,
                SaSecrets.NONE,
                details,
                1_230_000_000L,
                0);
    }

    /** Details of an SA bound to protocol and ports. */
    public static SaDetails bound(int mode, int reqid, int protocol, int source, int destination) {
        return new SaDetails(
                protocol,
                source,
                destination,
                null,
                null,
                null,
                null,
                0,
                0,
                0,
                mode,
                reqid,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static SecurityAssociation with(
            SaSecrets secrets,
            SaType protocol,
            int spi,
            IpAddress destination,
            Direction direction) {
        return new SecurityAssociation(
                DialectName.RFC2367,
                protocol,
                new Spi(spi),
                destination.bitLength() == 32 ? four(0xfffff0 - (spi & 0xffff)) : six(-spi),
                destination,
                direction,
                SaState.MATURE,
                SaFlags.NONE,
                32,
                secrets,
                SaDetails.NONE,
                1_230_000_000L,
                0);
    }

    private static byte[] filled(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = (byte) (seed * 31 + index * 7 + 1);
        }
        return bytes;
    }
}
