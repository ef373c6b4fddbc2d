package org.keysock.tools.setkey;

import java.util.List;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Sa;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KameExtension.Policy;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.wire.MessageWriter;

/** Messages of a kernel. */
final class Samples {

    /** Where the protocol of the source address stands in {@link #dumped}. */
    static final int SOURCE_PROTOCOL = 16 + 16 + 16 + 4;

    /** Where the state of the SA stands there. */
    static final int STATE = 16 + 9;

    private Samples() {}

    /** An ESP SA: SA, SA2, SRC, DST. */
    static byte[] dumped() {
        SadbMessage message =
                SadbMessage.of(
                        BaseHeader.of(MessageType.DUMP, SaType.ESP, 0, 7),
                        new Sa(
                                new Spi(4097),
                                0,
                                SaState.MATURE,
                                AuthAlgorithm.NONE,
                                EncryptionAlgorithm.NULL,
                                SaFlags.NONE),
                        new Sa2(2, 0, 0),
                        address(ExtensionType.ADDRESS_SRC, 1),
                        address(ExtensionType.ADDRESS_DST, 2));
        return bytes(message);
    }

    /** A policy without a selector, of a socket if its direction is 4 or 5. */
    static byte[] policy(int direction) {
        SadbMessage message =
                SadbMessage.of(
                        BaseHeader.of(MessageType.X_SPDDUMP, SaType.UNSPEC, 0, 7),
                        new Policy(3, direction, 35, 0, List.of()));
        return bytes(message);
    }

    private static byte[] bytes(SadbMessage message) {
        byte[] bytes = new MessageWriter(Numbers.LINUX).toBytes(message);
        if (bytes == null) {
            throw new IllegalStateException("a message that cannot be written");
        }
        return bytes;
    }

    private static Address address(ExtensionType type, int last) {
        return new Address(type, 0, 32, Sockaddr.of(Ipv4Address.of(10, 0, 0, last), 0));
    }
}
