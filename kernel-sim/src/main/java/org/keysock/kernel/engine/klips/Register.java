package org.keysock.kernel.engine.klips;

import java.util.ArrayList;
import java.util.List;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * REGISTER: klips.md section 3.9. Whoever is registered for the type hears what is on offer; to
 * register again changes nothing (section 2.8).
 */
final class Register implements KlipsVerb {

    /** Bits of a 3DES key without those of parity, which are counted in ADD alone. */
    private static final int EFFECTIVE_3DES = 168;

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) {
        request.asker().registered().add(request.header().saType());
        return Outcome.of(Outcome.Event.REGISTERED, request, 0);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        if (outcome.request() != null && !audience.askedHere()) {
            return;
        }
        SaType saType = outcome.saType();
        BaseHeader header = outcome.header(MessageType.REGISTER);
        audience.registered(
                saType,
                SadbMessage.of(
                        BaseHeader.of(
                                MessageType.REGISTER, saType, header.sequence(), header.pid()),
                        offer(saType, audience.engine().settings())));
    }

    /** The algorithms that are told of a type, one list or two or none. */
    static List<Supported> offer(SaType saType, KernelSettings settings) {
        List<Supported> lists = new ArrayList<>();
        if (saType == SaType.AH || saType == SaType.ESP) {
            lists.add(list(ExtensionType.SUPPORTED_AUTH, Algorithm.Kind.AUTH, settings));
        }
        if (saType == SaType.ESP) {
            lists.add(list(ExtensionType.SUPPORTED_ENCRYPT, Algorithm.Kind.ENCRYPT, settings));
        } else if (saType == SaType.X_IPIP) {
            lists.add(list(ExtensionType.SUPPORTED_ENCRYPT, Algorithm.Kind.TUNNEL, settings));
        } else if (saType == SaType.X_IPCOMP) {
            lists.add(list(ExtensionType.SUPPORTED_ENCRYPT, Algorithm.Kind.COMPRESS, settings));
        }
        return lists;
    }

    private static Supported list(
            ExtensionType type, Algorithm.Kind kind, KernelSettings settings) {
        return new Supported(
                type, Algorithms.listed(kind, settings).stream().map(Register::supported).toList());
    }

    private static Supported.Algorithm supported(Algorithm row) {
        return row.code() == EncryptionAlgorithm.TRIPLE_DES_CBC
                ? new Supported.Algorithm(
                        row.code(), row.ivBytes(), EFFECTIVE_3DES, EFFECTIVE_3DES, 0, 0)
                : row.supported();
    }
}
