package org.keysock.tools.setkey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/** What the client library looks at before a message is shown: section 11 of the sheet. */
final class LibraryChecks {

    private static final int HIGHEST_EXTENSION = 25;
    private static final int HIGHEST_MESSAGE = 24;
    private static final int TCP_SIGNATURE = 11;

    private LibraryChecks() {}

    /** What is wrong with a message, or null. */
    static @Nullable LibraryError fault(Reading reading) {
        return reading instanceof Reading.Whole whole
                ? fault(whole.message())
                : LibraryError.INVALID_MESSAGE;
    }

    private static @Nullable LibraryError fault(SadbMessage message) {
        LibraryError fault = extensions(message);
        if (fault != null) {
            return fault;
        }
        BaseHeader header = message.header();
        if (header.version() != BaseHeader.PF_KEY_V2) {
            return LibraryError.INVALID_VERSION;
        }
        if (Numbers.of(header.type()) > HIGHEST_MESSAGE) {
            return LibraryError.INVALID_MESSAGE_TYPE;
        }
        fault = saType(header);
        return fault != null ? fault : ends(message);
    }

    private static @Nullable LibraryError extensions(SadbMessage message) {
        int seen = 0;
        for (int index = 0; index < message.size(); index++) {
            Extension extension = message.extension(index);
            int number = Numbers.of(extension.type());
            boolean known = number > 0 && number <= HIGHEST_EXTENSION;
            if (!known
                    || extension.type() == ExtensionType.X_KMPRIVATE
                    || (seen & 1 << number) != 0) {
                return LibraryError.INVALID_EXTENSION_TYPE;
            }
            seen |= 1 << number;
        }
        return null;
    }

    private static @Nullable LibraryError saType(BaseHeader header) {
        MessageType type = header.type();
        int number = Numbers.of(header.saType());
        boolean wrong =
                switch (number) {
                    case 0 -> aboutOneSa(type);
                    case 2, 3, 9, TCP_SIGNATURE -> aboutPolicies(type);
                    case 5, 6, 7, 8 -> false;
                    case 1 -> type != MessageType.X_PROMISC;
                    default -> type != MessageType.X_SPDFLUSH;
                };
        if (wrong) {
            return LibraryError.INVALID_SA_TYPE;
        }
        return number >= 5 && number <= 8 ? LibraryError.NOT_SUPPORTED : null;
    }

    private static boolean aboutOneSa(MessageType type) {
        return type == MessageType.GETSPI
                || type == MessageType.UPDATE
                || type == MessageType.ADD
                || type == MessageType.DELETE
                || type == MessageType.GET
                || type == MessageType.ACQUIRE
                || type == MessageType.EXPIRE
                || type == MessageType.X_NAT_T_NEW_MAPPING;
    }

    private static boolean aboutPolicies(MessageType type) {
        return type == MessageType.X_SPDADD
                || type == MessageType.X_SPDDELETE
                || type == MessageType.X_SPDGET
                || type == MessageType.X_SPDDUMP
                || type == MessageType.X_SPDFLUSH;
    }

    private static @Nullable LibraryError ends(SadbMessage message) {
        Address source = message.address(ExtensionType.ADDRESS_SRC);
        Address destination = message.address(ExtensionType.ADDRESS_DST);
        if (source == null || destination == null) {
            return null;
        }
        if (source.protocol() != destination.protocol()) {
            return LibraryError.PROTOCOL_MISMATCH;
        }
        if (source.address() == null || destination.address() == null) {
            return LibraryError.INVALID_FAMILY;
        }
        return source.sockaddr().getClass() == destination.sockaddr().getClass()
                ? null
                : LibraryError.FAMILY_MISMATCH;
    }
}
