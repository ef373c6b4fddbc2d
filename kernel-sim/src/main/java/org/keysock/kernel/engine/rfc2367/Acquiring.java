package org.keysock.kernel.engine.rfc2367;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * ACQUIRE, RFC 2367 section 3.1.6: from the kernel to the sockets registered for the type; from a
 * key manager that gives up, as a base header with an errno; and from a user of SAs in user space,
 * to be passed on to the registered sockets.
 */
final class Acquiring implements RfcVerb {

    /** How long packets wait; the RFC does not say, Linux' {@code net.core.xfrm_acq_expires}. */
    static final long PATIENCE_MILLIS = 30_000;

    /** Ends the wait that an SA is the answer to. */
    static void answer(Request request, SecurityAssociation sa, KeyEngine engine) {
        Acquire answered =
                engine.acquires().answered(request.header().sequence(), sa.destination());
        if (answered != null) {
            engine.acquires().remove(answered);
        }
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        return request.header().errno() == Errno.OK
                ? passOn(request, engine)
                : giveUp(request, engine);
    }

    /** Nobody hears of it, whether or not there was such an ACQUIRE. */
    private static Outcome giveUp(Request request, KeyEngine engine) throws Refusal {
        Layout.BASE.check(request.message());
        Acquire waiting = engine.acquires().find(request.header().sequence());
        if (waiting != null) {
            engine.acquires().remove(waiting);
        }
        return Outcome.NOTHING;
    }

    private static Outcome passOn(Request request, KeyEngine engine) throws Refusal {
        SaType saType = request.header().saType();
        Layout.ACQUIRE.check(request.message());
        Layout.requireServed(saType);
        Identities.check(request.message(), Ends.of(request.message()));
        if (Audience.open(engine).stream().noneMatch(s -> s.registered().contains(saType))) {
            throw new Refusal(
                    Errno.EPROTONOSUPPORT, "base header: no socket is registered for " + saType);
        }
        return Outcome.of(Outcome.Event.ACQUIRE_FORWARDED, request, 0);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        @Nullable Acquire wanted = outcome.acquire();
        if (wanted != null) {
            audience.registered(wanted.saType(), asked(wanted));
        } else if (Layout.served(outcome.saType())) {
            SadbMessage request = outcome.theRequest().message();
            audience.registered(outcome.saType(), request.withHeader(request.header().answered()));
        }
    }

    private static SadbMessage asked(Acquire wanted) {
        List<Extension> parts = new ArrayList<>();
        boolean tunnel = wanted.innerSource() != null;
        @Nullable Flow flow = tunnel ? null : wanted.flow();
        parts.add(end(wanted.source(), flow, flow == null ? 0 : flow.sourcePort()));
        parts.add(end(wanted.destination(), flow, flow == null ? 0 : flow.destinationPort()));
        Address inner = wanted.innerSource();
        if (inner != null) {
            parts.add(
                    new Address(
                            ExtensionType.ADDRESS_PROXY,
                            inner.protocol(),
                            inner.prefixLength(),
                            inner.sockaddr()));
        }
        parts.add(Proposals.of(wanted.saType()));
        return SadbMessage.of(
                BaseHeader.of(MessageType.ACQUIRE, wanted.saType(), wanted.number(), 0), parts);
    }

    /** One host; in transport mode with protocol and port of the packet that wants the SA. */
    private static Address end(Address wanted, @Nullable Flow flow, int port) {
        IpAddress address = requireNonNull(wanted.address());
        return new Address(
                wanted.type(),
                flow == null ? wanted.protocol() : flow.protocol(),
                address.bitLength(),
                Sockaddr.of(address, port));
    }
}
