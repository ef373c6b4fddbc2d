package org.keysock.kernel.engine.rfc2367;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Enclosed;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * X_PROMISC, RFC 2367 section 3.1.11. The control form turns promiscuous reception on (SA type 1)
 * and off (0), and all hear of it. The data form encloses a message for the process whose pid is
 * its sequence number, or for all (0), which get it as it is, its contents unchecked.
 */
final class Promiscuity implements RfcVerb {

    private static final SaType ON = SaType.unknown(1);

    /** Whose socket it is, as far as is known: by the pid in what it wrote last. */
    private final Map<KeySocket, Integer> processes = new WeakHashMap<>();

    /**
     * Notes who wrote a message and shows it to the promiscuous others before it is looked at. Of a
     * data form they see what it encloses, since an enclosure cannot be enclosed again.
     */
    void arrived(KeySocket asker, SadbMessage message, KeyEngine engine) {
        processes.put(asker, message.header().pid());
        SadbMessage shown =
                message.find(ExtensionType.X_ENCLOSED) instanceof Enclosed enclosed
                        ? enclosed.message()
                        : message;
        for (KeySocket socket : engine.promiscuous(DialectName.RFC2367)) {
            if (socket != asker) {
                engine.mailbox().broadcast(socket, Audience.enclosed(shown));
            }
        }
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        if (message.find(ExtensionType.X_ENCLOSED) instanceof Enclosed enclosed) {
            Layout.ENCLOSING.check(message);
            deliver(enclosed.message(), request.header().sequence(), engine);
            return Outcome.NOTHING;
        }
        Layout.BASE.check(message);
        SaType saType = request.header().saType();
        if (saType != SaType.UNSPEC && !saType.equals(ON)) {
            throw Refusal.invalid(Reasons.saType(saType, "0 (off) or 1 (on)"));
        }
        request.asker().promiscuous(saType.equals(ON));
        return Outcome.of(Outcome.Event.PROMISCUOUS, request, 0);
    }

    private void deliver(SadbMessage message, int pid, KeyEngine engine) throws Refusal {
        List<KeySocket> targets =
                Audience.open(engine).stream()
                        .filter(socket -> pid == 0 || processes.getOrDefault(socket, 0) == pid)
                        .toList();
        if (targets.isEmpty()) {
            throw new Refusal(
                    Errno.ESRCH, "base header: no socket is known to be of process " + pid);
        }
        for (KeySocket target : targets) {
            engine.mailbox().broadcast(target, message);
        }
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        BaseHeader request = outcome.theRequest().header();
        audience.all(
                SadbMessage.of(
                        BaseHeader.of(
                                MessageType.X_PROMISC,
                                request.saType(),
                                request.sequence(),
                                request.pid())));
    }
}
