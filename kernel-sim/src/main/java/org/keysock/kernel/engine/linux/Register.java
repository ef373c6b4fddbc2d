package org.keysock.kernel.engine.linux;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * REGISTER: section 8.3. The asker and all sockets registered for anything hear the lists of all
 * algorithms; UNSPEC registers for nothing.
 */
final class Register implements LinuxVerb {

    /**
     * SADB_SATYPE_MAX: numbers up to it can be registered for, whether or not they mean something.
     */
    private static final int HIGHEST_SA_TYPE = 9;

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SaType saType = request.header().saType();
        if (!saType.known() && saType.number() > HIGHEST_SA_TYPE) {
            throw Refusal.invalid(
                    "base header: SA type "
                            + saType.number()
                            + ", the highest is "
                            + HIGHEST_SA_TYPE);
        }
        if (saType != SaType.UNSPEC && !request.asker().registered().add(saType)) {
            throw new Refusal(Errno.EEXIST, Reasons.registered(saType));
        }
        return Outcome.of(Outcome.Event.REGISTERED, request, 0);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        @Nullable Request request = outcome.request();
        audience.registered(
                SadbMessage.of(
                        BaseHeader.of(
                                MessageType.REGISTER,
                                outcome.saType(),
                                request == null ? 0 : request.header().sequence(),
                                request == null ? 0 : request.header().pid()),
                        list(ExtensionType.SUPPORTED_AUTH, Algorithm.Kind.AUTH, audience),
                        list(ExtensionType.SUPPORTED_ENCRYPT, Algorithm.Kind.ENCRYPT, audience)));
    }

    private static Supported list(ExtensionType type, Algorithm.Kind kind, Audience audience) {
        KernelSettings settings = audience.engine().settings();
        return new Supported(
                type,
                StateMessage.ALGORITHMS.rows(kind).stream()
                        .filter(row -> Algorithms.usable(row, settings))
                        .map(Algorithm::supported)
                        .toList());
    }
}
