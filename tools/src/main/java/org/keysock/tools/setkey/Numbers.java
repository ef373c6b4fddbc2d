package org.keysock.tools.setkey;

import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.wire.Dialect;

/** The numbers of the Linux dialect, where this command shows or takes them. */
final class Numbers {

    /** What this command speaks. */
    static final Dialect LINUX = Dialect.of(DialectName.LINUX);

    /** Its algorithms by number and by the words that people write. */
    static final AlgorithmTable ALGORITHMS = AlgorithmTable.of(DialectName.LINUX);

    /** IPSEC_ULPROTO_ANY: the upper-layer protocol of a selector that names none. */
    static final int ANY_PROTOCOL = 255;

    private Numbers() {}

    static SaType saType(int number) {
        return LINUX.saTypes().code(number);
    }

    static int of(SaType saType) {
        return LINUX.saTypes().number(saType);
    }

    static int of(MessageType type) {
        return LINUX.messageTypes().number(type);
    }

    static int of(ExtensionType type) {
        return LINUX.extensionTypes().number(type);
    }

    static int of(SaState state) {
        return LINUX.states().number(state);
    }

    static int of(AuthAlgorithm algorithm) {
        return LINUX.authAlgorithms().number(algorithm);
    }

    static int of(EncryptionAlgorithm algorithm, SaType saType) {
        return LINUX.encryptionAlgorithms(saType).number(algorithm);
    }

    /** The number of an algorithm in a list that REGISTER gives, which has no compression. */
    static int of(Code algorithm) {
        return algorithm instanceof AuthAlgorithm auth
                ? of(auth)
                : of((EncryptionAlgorithm) algorithm, SaType.ESP);
    }

    static int of(SaFlags flags) {
        return LINUX.flags().word(flags);
    }

    static SaFlags flags(int word) {
        return LINUX.flags().flags(word);
    }

    /** Bits of a whole address: the longest prefix. */
    static int bits(IpAddress address) {
        return address instanceof Ipv4Address ? 32 : 128;
    }
}
