package org.keysock.tools.ipseckey;

import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.wire.Dialect;

/** The numbers of the Solaris dialect, where this command shows or takes them. */
final class Numbers {

    /** What this command speaks. */
    static final Dialect SOLARIS = Dialect.of(DialectName.SOLARIS);

    private Numbers() {}

    static SaType saType(int number) {
        return SOLARIS.saTypes().code(number);
    }

    static int of(SaType saType) {
        return SOLARIS.saTypes().number(saType);
    }

    static int of(MessageType type) {
        return SOLARIS.messageTypes().number(type);
    }

    static int of(SaState state) {
        return SOLARIS.states().number(state);
    }

    static int of(ExtensionType type) {
        return SOLARIS.extensionTypes().number(type);
    }

    static int of(IdentityType type) {
        return SOLARIS.identityTypes().number(type);
    }

    static int of(Errno errno) {
        return SOLARIS.errnos().number(errno);
    }

    /** The number of an authentication or encryption algorithm. */
    static int of(Code algorithm) {
        return algorithm instanceof AuthAlgorithm auth
                ? SOLARIS.authAlgorithms().number(auth)
                : SOLARIS.encryptionAlgorithms(SaType.ESP).number((EncryptionAlgorithm) algorithm);
    }

    static int of(SaFlags flags) {
        return SOLARIS.flags().word(flags);
    }

    static IdentityType identityType(int number) {
        return SOLARIS.identityTypes().code(number);
    }

    static AuthAlgorithm authentication(int number) {
        return SOLARIS.authAlgorithms().code(number);
    }

    static EncryptionAlgorithm encryption(int number) {
        return SOLARIS.encryptionAlgorithms(SaType.ESP).code(number);
    }
}
