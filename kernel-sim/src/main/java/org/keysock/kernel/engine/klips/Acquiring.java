package org.keysock.kernel.engine.klips;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.spd.Eroute;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Selector;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.Extension.Proposal;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * ACQUIRE: klips.md sections 3.9 and 3.10. From the kernel to the sockets registered for ESP; from
 * a key manager that gives up to those registered for its type.
 */
final class Acquiring implements KlipsVerb {

    /** How long one ACQUIRE stands for all packets that want it: our choice. */
    static final long PATIENCE_MILLIS = 30_000;

    private static final int REPLAY_WINDOW = 64;
    private static final int PFS = 1;
    private static final int CIPHER_BITS = 168;
    private static final long SOFT_SECONDS = 57_600;
    private static final long HARD_SECONDS = 86_400;

    private static final Proposal PROPOSAL =
            new Proposal(
                    REPLAY_WINDOW,
                    List.of(
                            combination(AuthAlgorithm.HMAC_MD5, 128),
                            combination(AuthAlgorithm.HMAC_SHA1, 160)));

    private static Proposal.Combination combination(AuthAlgorithm auth, int bits) {
        return new Proposal.Combination(
                auth,
                EncryptionAlgorithm.TRIPLE_DES_CBC,
                PFS,
                bits,
                bits,
                CIPHER_BITS,
                CIPHER_BITS,
                0,
                limit(ExtensionType.LIFETIME_SOFT, SOFT_SECONDS),
                limit(ExtensionType.LIFETIME_HARD, HARD_SECONDS));
    }

    private static Lifetime limit(ExtensionType type, long seconds) {
        return new Lifetime(type, 0, 0, seconds, seconds);
    }

    /** One with errno 0 must have a proposal, which no kernel can process: section 2.6. */
    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SaType saType = request.header().saType();
        if (request.header().errno() == Errno.OK) {
            throw Refusal.invalid("base header: an ACQUIRE from a user has an errno");
        }
        if (engine.sockets(DialectName.KLIPS).stream()
                .noneMatch(socket -> socket.registered().contains(saType))) {
            throw new Refusal(
                    Errno.EPROTONOSUPPORT, "base header: no socket is registered for " + saType);
        }
        return Outcome.of(Outcome.Event.CARRIED_OUT, request, 0);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        Acquire wanted = outcome.acquire();
        if (wanted == null) {
            audience.registered(outcome.saType(), SadbMessage.of(outcome.theRequest().header()));
        } else if (wanted.saType() == SaType.ESP) {
            audience.registered(SaType.ESP, asked(wanted));
        }
    }

    /** The addresses are the packet's own; its protocol and ports only if the eroute names them. */
    private static SadbMessage asked(Acquire wanted) {
        Flow flow = wanted.flow();
        Policy policy = wanted.demand().policy();
        Selector selector = policy == null ? null : policy.selector();
        int protocol = selector == null || selector.protocol() == 0 ? 0 : flow.protocol();
        int sourcePort = selector == null || selector.sourcePort() == 0 ? 0 : flow.sourcePort();
        int destinationPort =
                selector == null || selector.destinationPort() == 0 ? 0 : flow.destinationPort();
        List<Extension> parts = new ArrayList<>();
        parts.add(end(ExtensionType.ADDRESS_SRC, protocol, flow.source(), sourcePort));
        parts.add(end(ExtensionType.ADDRESS_DST, protocol, flow.destination(), destinationPort));
        addIdentities(policy == null ? null : policy.eroute(), parts);
        parts.add(PROPOSAL);
        return SadbMessage.of(
                BaseHeader.of(MessageType.ACQUIRE, SaType.ESP, wanted.number(), 0), parts);
    }

    private static Address end(ExtensionType type, int protocol, IpAddress address, int port) {
        return new Address(type, protocol, 0, Sockaddr.of(address, port));
    }

    private static void addIdentities(@Nullable Eroute eroute, List<Extension> parts) {
        if (eroute != null && eroute.source() != null) {
            parts.add(requireNonNull(eroute.source()));
        }
        if (eroute != null && eroute.destination() != null) {
            parts.add(requireNonNull(eroute.destination()));
        }
    }
}
