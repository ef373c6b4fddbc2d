package org.keysock.kernel.engine.linux;

import static org.keysock.kernel.engine.linux.Checks.require;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Moving;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * X_MIGRATE: section 8.14. A policy's templates and the SAs between their old ends move to new
 * ones. All hear of it, as news of the kernel's own, and that is the only reply.
 */
final class Migrate implements LinuxVerb {

    private static final int IPSEC = 2;

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        Checks.ends(message);
        KameExtension.Policy asked = PolicyRequest.extension(message);
        require(
                managers(message) != null || message.find(ExtensionType.X_KMADDRESS) == null,
                "X_KMADDRESS: not two addresses of one family");
        PolicyRequest.direction(asked);
        List<Move> moves = Move.all(asked.requests());
        for (Move move : moves) {
            require(!move.newSource().unspecified(), "X_POLICY: a new source that is unspecified");
            require(
                    !move.newDestination().unspecified(),
                    "X_POLICY: a new destination that is unspecified");
        }
        require(
                new HashSet<>(moves.stream().map(Move::from).toList()).size() == moves.size(),
                "X_POLICY: two pairs whose old requests are the same");
        Policy policy = PolicyRequest.bySelector(message, engine);
        List<SecurityAssociation> movers = new ArrayList<>();
        for (Move move : moves) {
            movers.add(move.sa(engine.sadb()));
        }
        requireRoom(moves, movers, engine);
        List<Template> templates = moved(policy.templates(), moves);
        for (int index = 0; index < moves.size(); index++) {
            @Nullable SecurityAssociation sa = movers.get(index);
            if (sa != null && engine.sadb().holds(sa)) { // two moves may be about one
                Move move = moves.get(index);
                Moving.between(sa, move.newSource(), move.newDestination(), engine);
            }
        }
        engine.spd().replace(with(policy, templates));
        return Outcome.of(Outcome.Event.MIGRATED, request, policy);
    }

    /** No SA may take the place of another. */
    private static void requireRoom(
            List<Move> moves, List<@Nullable SecurityAssociation> movers, KeyEngine engine)
            throws Refusal {
        for (int index = 0; index < moves.size(); index++) {
            @Nullable SecurityAssociation sa = movers.get(index);
            Move move = moves.get(index);
            if (sa != null
                    && !sa.destination().equals(move.newDestination())
                    && engine.sadb().find(sa.protocol(), move.newDestination(), sa.spi()) != null) {
                throw new Refusal(
                        Errno.ENODATA,
                        "X_POLICY: the place of the moved SA is taken, "
                                + sa.protocol()
                                + " "
                                + sa.spi()
                                + " to "
                                + move.newDestination());
            }
        }
    }

    private static List<Template> moved(List<Template> templates, List<Move> moves) throws Refusal {
        List<Template> moved = new ArrayList<>();
        boolean any = false;
        for (Template template : templates) {
            Template now = template;
            for (Move move : moves) {
                if (move.matches(now)) {
                    any = true;
                    now = move.of(now);
                }
            }
            moved.add(now);
        }
        if (!any) {
            throw new Refusal(
                    Errno.ENODATA,
                    "X_POLICY: no template of the policy is one of the old requests");
        }
        return moved;
    }

    private static Policy with(Policy policy, List<Template> templates) {
        return new Policy(
                policy.home(),
                policy.id(),
                policy.direction(),
                policy.selector(),
                policy.action(),
                policy.priority(),
                templates,
                policy.hard(),
                policy.soft(),
                policy.securityContext(),
                policy.eroute(),
                policy.addedWall(),
                policy.addedMillis());
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        SadbMessage request = outcome.theRequest().message();
        KameExtension.Policy asked =
                request.find(ExtensionType.X_POLICY, KameExtension.Policy.class);
        if (asked == null) {
            return; // never: carried out without one
        }
        List<Extension> parts = new ArrayList<>();
        KameExtension.KmAddress managers = managers(request);
        if (managers != null) {
            parts.add(managers);
        }
        for (ExtensionType type : List.of(ExtensionType.ADDRESS_SRC, ExtensionType.ADDRESS_DST)) {
            Address end = request.address(type);
            if (end != null) {
                parts.add(new Address(type, 0, end.prefixLength(), end.sockaddr().withPort(0)));
            }
        }
        parts.add(
                new KameExtension.Policy(
                        IPSEC,
                        asked.direction(),
                        0,
                        0,
                        asked.requests().stream().map(Migrate::shown).toList()));
        audience.all(
                SadbMessage.of(
                        BaseHeader.of(
                                MessageType.X_MIGRATE,
                                Checks.saType(asked.requests().get(0).protocol()),
                                0,
                                0),
                        parts));
    }

    /** The key managers' addresses, when they are there and can be read. */
    private static KameExtension.@Nullable KmAddress managers(SadbMessage request) {
        return request.find(ExtensionType.X_KMADDRESS, KameExtension.KmAddress.class);
    }

    private static KameExtension.Policy.Request shown(KameExtension.Policy.Request asked) {
        return new KameExtension.Policy.Request(
                asked.protocol(),
                Math.max(asked.mode(), Checks.TRANSPORT),
                PolicyMessage.level(asked.reqid()),
                asked.reqid(),
                withoutPort(asked.source()),
                withoutPort(asked.destination()));
    }

    private static @Nullable Sockaddr withoutPort(@Nullable Sockaddr sockaddr) {
        return sockaddr == null ? null : sockaddr.withPort(0);
    }
}
