package org.keysock.kernel.server;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.wire.MessageWriter;

/** Requests for tests; the sequence number of each is the SPI it is about. */
final class Messages {

    static final int PID = 4711;

    private static final Ipv4Address SOURCE = new Ipv4Address(0x0a000001);
    private static final Ipv4Address DESTINATION = new Ipv4Address(0x0a000002);
    private static final int HMAC_MD5_BYTES = 16;

    private Messages() {}

    /** An AH SA with an HMAC-MD5 key. */
    static SadbMessage add(int spi) {
        byte[] key = new byte[HMAC_MD5_BYTES];
        for (int index = 0; index < key.length; index++) {
            key[index] = (byte) (spi + 17 * index + 1);
        }
        return of(
                MessageType.ADD,
                spi,
                sa(spi),
                address(ExtensionType.ADDRESS_SRC, SOURCE),
                address(ExtensionType.ADDRESS_DST, DESTINATION),
                new Extension.Key(ExtensionType.KEY_AUTH, 8 * key.length, 0, KeyMaterial.of(key)));
    }

    /** As {@link #add}, with a hard limit on the SA's age. */
    static SadbMessage addLasting(int spi, long seconds) {
        SadbMessage add = add(spi);
        Extension[] extensions = new Extension[add.size() + 1];
        for (int index = 0; index < add.size(); index++) {
            extensions[index] = add.extension(index);
        }
        extensions[add.size()] =
                new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, seconds, 0);
        return SadbMessage.of(add.header(), extensions);
    }

    static SadbMessage get(int spi) {
        return of(
                MessageType.GET,
                spi,
                Extension.Sa.of(new Spi(spi)),
                address(ExtensionType.ADDRESS_DST, DESTINATION));
    }

    static SadbMessage dump() {
        return of(MessageType.DUMP, 1);
    }

    static SadbMessage flush() {
        return of(MessageType.FLUSH, 1);
    }

    static SadbMessage register() {
        return of(MessageType.REGISTER, 1);
    }

    /** The bytes of a message. */
    static byte[] bytes(SadbMessage message) {
        byte[] bytes = new MessageWriter(TestKernel.DIALECT).toBytes(message);
        if (bytes == null) {
            throw new AssertionError(message + " cannot be said");
        }
        return bytes;
    }

    /** The message that was read; fails the test when there is none. */
    static SadbMessage in(@Nullable Reading reading) {
        if (reading instanceof Reading.Whole whole) {
            return whole.message();
        }
        throw new AssertionError(reading == null ? "nothing to be read" : reading.toString());
    }

    /** The sequence number of the message that was read. */
    static int sequence(@Nullable Reading reading) {
        return in(reading).header().sequence();
    }

    private static SadbMessage of(MessageType type, int sequence, Extension... extensions) {
        return SadbMessage.of(BaseHeader.of(type, SaType.AH, sequence, PID), extensions);
    }

    private static Extension.Sa sa(int spi) {
        return new Extension.Sa(
                new Spi(spi),
                0,
                SaState.MATURE,
                AuthAlgorithm.HMAC_MD5,
                EncryptionAlgorithm.NONE,
                SaFlags.NONE);
    }

    private static Extension.Address address(ExtensionType type, Ipv4Address address) {
        return Extension.Address.of(type, address);
    }
}
