package org.keysock.kernel.engine.klips;

import static java.util.Objects.requireNonNull;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Sa;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.NatTPort;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * X_NAT_T_NEW_MAPPING: klips.md section 3.15. Told to those registered for ESP: where packets of an
 * SA came from before, as source, and come from now, as destination. Users may not say it.
 */
final class NewMapping implements KlipsVerb {

    private static final int ESP = 50;

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        throw Refusal.invalid(Reasons.noVerb(request.header().type()));
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        SecurityAssociation sa = outcome.theSa();
        Sockaddr now = requireNonNull(outcome.peer());
        int sequence = audience.engine().acquires().nextNumber();
        audience.registered(
                SaType.ESP,
                SadbMessage.of(
                        BaseHeader.of(MessageType.X_NAT_T_NEW_MAPPING, SaType.ESP, sequence, 0),
                        Description.referring(Sa.of(sa.spi()), sa.reference()),
                        end(ExtensionType.ADDRESS_SRC, sa.source()),
                        end(ExtensionType.ADDRESS_DST, requireNonNull(now.address())),
                        new NatTPort(ExtensionType.X_NAT_T_SPORT, sa.details().natSourcePort()),
                        new NatTPort(ExtensionType.X_NAT_T_DPORT, now.port())));
    }

    private static Address end(ExtensionType type, IpAddress address) {
        return new Address(type, ESP, 0, Sockaddr.of(address, 0));
    }
}
