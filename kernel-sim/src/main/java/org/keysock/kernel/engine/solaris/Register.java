package org.keysock.kernel.engine.solaris;

import static org.keysock.kernel.engine.solaris.Checks.present;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.ExtendedRegister;

/**
 * SADB_REGISTER, normal and extended: solaris.md section 3.13. A socket is the one or the other.
 * {@link KeySocket#extended} of an extended-registered socket holds UNSPEC besides the types it
 * listed, which may be none.
 */
final class Register implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        KeySocket asker = request.asker();
        SaType saType = request.header().saType();
        if (saType == SaType.UNSPEC) {
            ExtendedRegister list =
                    present(
                            request.message().find(ExtensionType.X_EREG, ExtendedRegister.class),
                            ExtensionType.X_EREG,
                            Diagnostic.SATYPE_NEEDED);
            requireFree(asker.registered(), "this socket has registered the normal way");
            asker.extended().add(SaType.UNSPEC);
            asker.extended().addAll(served(list));
        } else {
            Checks.requireServed(saType);
            Checks.requireNoneUnwanted(request.message());
            requireFree(asker.extended(), "this socket has registered the extended way");
            asker.registered().add(saType);
        }
        return Outcome.of(Outcome.Event.REGISTERED, request, 0);
    }

    /** Whether the socket is extended-registered. */
    static boolean isExtended(KeySocket socket) {
        return socket.extended().contains(SaType.UNSPEC);
    }

    /** The SA types of the list that AH and ESP serve, each once. */
    static Set<SaType> served(ExtendedRegister list) {
        Set<SaType> types = new LinkedHashSet<>(list.saTypes());
        types.removeIf(type -> !Checks.served(type));
        return types;
    }

    /** The algorithms on offer for an SA type, under that type. */
    static SadbMessage answer(BaseHeader header, SaType saType) {
        Supported auth = supported(ExtensionType.SUPPORTED_AUTH, Algorithm.Kind.AUTH);
        BaseHeader answered = header.answered().withSaType(saType);
        return saType == SaType.ESP
                ? SadbMessage.of(
                        answered,
                        auth,
                        supported(ExtensionType.SUPPORTED_ENCRYPT, Algorithm.Kind.ENCRYPT))
                : SadbMessage.of(answered, auth);
    }

    private static Supported supported(ExtensionType type, Algorithm.Kind kind) {
        List<Supported.Algorithm> algorithms =
                KeyRules.ALGORITHMS.listed(kind).stream().map(Algorithm::supported).toList();
        return new Supported(type, algorithms);
    }

    private static void requireFree(Set<SaType> otherKind, String taken) throws Refusal {
        if (!otherKind.isEmpty()) {
            throw new Refusal(Errno.EBUSY, "base header: " + taken);
        }
    }
}
