package org.keysock.kernel.engine.linux;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.NatTPort;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * X_NAT_T_NEW_MAPPING: section 8.15. Sockets registered for anything hear where the peer was, as
 * source, and where it is now, as destination.
 */
final class NewMapping {

    private NewMapping() {}

    static void announce(Outcome outcome, Audience audience) {
        SecurityAssociation sa = outcome.theSa();
        @Nullable Sockaddr peer = outcome.peer();
        IpAddress now = peer == null ? null : peer.address();
        if (peer == null || now == null || !now.sameFamily(sa.source())) {
            return;
        }
        // such news is numbered with the ACQUIREs
        int number = audience.engine().acquires().nextNumber();
        audience.registered(
                SadbMessage.of(
                        BaseHeader.of(MessageType.X_NAT_T_NEW_MAPPING, sa.protocol(), number, 0),
                        new Extension.Sa(
                                sa.spi(),
                                0,
                                SaState.LARVAL,
                                AuthAlgorithm.NONE,
                                EncryptionAlgorithm.NONE,
                                SaFlags.NONE),
                        StateMessage.end(ExtensionType.ADDRESS_SRC, sa.source()),
                        new NatTPort(ExtensionType.X_NAT_T_SPORT, sa.details().natSourcePort()),
                        StateMessage.end(ExtensionType.ADDRESS_DST, now),
                        new NatTPort(ExtensionType.X_NAT_T_DPORT, peer.port())));
    }
}
