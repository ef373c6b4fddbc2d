package org.keysock.kernel.engine.rfc2367;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * REGISTER, RFC 2367 section 3.1.7. The sockets registered for the type hear of it, with the
 * algorithms on offer. As on Linux, UNSPEC registers for nothing and is answered, and registering
 * twice is EEXIST.
 */
final class Register implements RfcVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Layout.BASE.check(request.message());
        SaType saType = request.header().saType();
        Layout.requireServedOrAll(saType);
        if (saType != SaType.UNSPEC && !request.asker().registered().add(saType)) {
            throw new Refusal(Errno.EEXIST, Reasons.registered(saType));
        }
        return Outcome.of(Outcome.Event.REGISTERED, request, 0);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        SaType saType = outcome.saType();
        Request request = outcome.request();
        if (saType == SaType.UNSPEC) {
            audience.asker(offer(saType, request));
        } else if (Layout.served(saType)) {
            audience.registered(saType, offer(saType, request));
        }
    }

    private static SadbMessage offer(SaType saType, @Nullable Request request) {
        BaseHeader header =
                request == null
                        ? BaseHeader.of(MessageType.REGISTER, saType, 0, 0)
                        : BaseHeader.of(
                                MessageType.REGISTER,
                                saType,
                                request.header().sequence(),
                                request.header().pid());
        List<Extension> lists = new ArrayList<>();
        lists.add(list(ExtensionType.SUPPORTED_AUTH, Algorithm.Kind.AUTH));
        if (saType == SaType.ESP || saType == SaType.UNSPEC) {
            lists.add(list(ExtensionType.SUPPORTED_ENCRYPT, Algorithm.Kind.ENCRYPT));
        }
        return SadbMessage.of(header, lists);
    }

    private static Supported list(ExtensionType type, Algorithm.Kind kind) {
        return new Supported(
                type, Algorithms.TABLE.listed(kind).stream().map(Algorithm::supported).toList());
    }
}
