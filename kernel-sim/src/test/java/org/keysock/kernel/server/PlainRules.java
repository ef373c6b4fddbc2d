package org.keysock.kernel.server;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Outcome.Event;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Setting;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;

final class PlainRules implements DialectRules {

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    private static IpAddress address(SadbMessage m, ExtensionType type) throws Refusal {
        Extension.Address a = m.address(type);
        IpAddress address = a == null ? null : a.sockaddr().address();
        if (address == null) {
            throw new Refusal(Errno.EINVAL);
        }
        return address;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SadbMessage m = request.message();
        MessageType type = m.type();
        if (type == MessageType.FLUSH) {
            return Outcome.of(Event.FLUSHED, request, engine.flush(request.header().saType()));
        }
        if (type == MessageType.DUMP) {
            if (request.asker().dumping()) {
                throw new Refusal(Errno.EBUSY);
            }
            return Outcome.of(Event.DUMPED, request, 0);
        }
        if (type == MessageType.REGISTER) {
            request.asker().registered().add(request.header().saType());
            return Outcome.of(Event.REGISTERED, request, 0);
        }
        if (type == MessageType.X_PROMISC) {
            request.asker().promiscuous(true);
            return Outcome.NOTHING;
        }
        Extension.Sa sa = m.sa();
        if (sa == null) {
            throw new Refusal(Errno.EINVAL);
        }
        if (type == MessageType.ADD) {
            SecurityAssociation made =
                    new SecurityAssociation(
                            request.asker().dialect(),
                            request.header().saType(),
                            sa.spi(),
                            address(m, ExtensionType.ADDRESS_SRC),
                            address(m, ExtensionType.ADDRESS_DST),
                            Direction.OUTBOUND,
                            SaState.MATURE,
                            SaFlags.NONE,
                            0,
                            SaSecrets.NONE,
                            SaDetails.NONE,
                            request.now().wallSeconds(),
                            request.now().millis());
            made.limits(m.lifetime(ExtensionType.LIFETIME_HARD), null, null);
            if (!engine.insert(made)) {
                throw new Refusal(Errno.EEXIST);
            }
            return Outcome.of(Event.ADDED, request, made);
        }
        SecurityAssociation found =
                engine.sadb()
                        .find(
                                request.header().saType(),
                                address(m, ExtensionType.ADDRESS_DST),
                                sa.spi());
        if (found == null) {
            throw new Refusal(Errno.ESRCH);
        }
        return Outcome.of(Event.GOT, request, found);
    }

    private static SadbMessage describe(BaseHeader header, SecurityAssociation sa) {
        return SadbMessage.of(
                header.withSaType(sa.protocol()),
                Extension.Sa.of(sa.spi()),
                Extension.Address.of(ExtensionType.ADDRESS_SRC, sa.source()),
                Extension.Address.of(ExtensionType.ADDRESS_DST, sa.destination()));
    }

    @Override
    public void hear(Outcome outcome, List<KeySocket> sockets, KeyEngine engine) {
        BaseHeader header =
                outcome.request() == null
                        ? BaseHeader.of(MessageType.EXPIRE, outcome.saType(), 0, 0)
                        : outcome.theRequest().header();
        if (outcome.event() == Event.DUMPED) {
            for (KeySocket socket : sockets) {
                if (outcome.askedBy(socket)) {
                    dump(socket, header, engine);
                }
            }
            return;
        }
        @Nullable SecurityAssociation sa = outcome.sa();
        SadbMessage message =
                outcome.event() == Event.REFUSED
                        ? SadbMessage.of(header.refused(outcome.errno(), outcome.diagnostic()))
                        : sa == null ? SadbMessage.of(header) : describe(header, sa);
        boolean toAll =
                outcome.event() == Event.ADDED
                        || outcome.event() == Event.FLUSHED
                        || outcome.event() == Event.EXPIRED;
        for (KeySocket socket : sockets) {
            if (outcome.askedBy(socket)) {
                engine.mailbox().reply(socket, message);
            } else if (toAll) {
                engine.mailbox().broadcast(socket, message);
            } else if (socket.promiscuous() && outcome.request() != null) {
                engine.mailbox().broadcast(socket, outcome.theRequest().raw());
            }
        }
    }

    private static void dump(KeySocket socket, BaseHeader header, KeyEngine engine) {
        Sadb.Walk walk = engine.sadb().walk(header.saType(), Sadb.Order.INSERTION);
        boolean[] ended = {false};
        engine.dump(
                socket,
                walk,
                () -> {
                    SecurityAssociation sa = walk.next();
                    if (sa != null) {
                        return describe(header.withSequence(1), sa);
                    }
                    if (ended[0]) {
                        return null;
                    }
                    ended[0] = true;
                    return SadbMessage.of(header.withSequence(0));
                });
    }

    @Override
    public long deadline(SecurityAssociation sa, KeyEngine engine) {
        Extension.Lifetime hard = sa.hard();
        return hard == null || hard.addTime() == 0
                ? Long.MAX_VALUE
                : sa.addedMillis() + hard.addTime() * 1000;
    }

    @Override
    public void due(SecurityAssociation sa, Now now, KeyEngine engine) {
        engine.tell(Outcome.expired(sa, ExtensionType.LIFETIME_HARD));
        engine.remove(sa);
    }

    @Override
    public boolean used(
            SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine) {
        return true;
    }

    @Override
    public long patience(Acquire wanted, List<KeySocket> sockets, KeyEngine engine) {
        return 0;
    }
}
