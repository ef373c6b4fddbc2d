package org.keysock.kernel.engine.linux;

import static org.keysock.kernel.engine.linux.Checks.require;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.Policy;
import org.keysock.pfkey.model.SaType;

/**
 * One pair of X_MIGRATE's requests: what stood between the old ends stands between the new ones.
 *
 * @param from what moves
 */
record Move(From from, IpAddress newSource, IpAddress newDestination) {

    private static final int MOST = 6;

    /**
     * What moves.
     *
     * @param reqid 0 for any
     */
    record From(SaType protocol, int mode, int reqid, IpAddress source, IpAddress destination) {}

    /**
     * The pairs of a request: old, new, old, new.
     *
     * @throws Refusal EINVAL for none, an odd one, too many, and pairs that do not agree
     */
    static List<Move> all(List<Policy.Request> requests) throws Refusal {
        int count = requests.size();
        require(count != 0, "X_POLICY: no requests, they come in pairs of old and new");
        require(count % 2 == 0, "X_POLICY: an odd number of requests, not pairs of old and new");
        require(count <= 2 * MOST, "X_POLICY: more than " + MOST + " pairs of requests");
        List<Move> moves = new ArrayList<>();
        for (int index = 0; index < requests.size(); index += 2) {
            moves.add(of(requests.get(index), requests.get(index + 1)));
        }
        return moves;
    }

    private static Move of(Policy.Request old, Policy.Request now) throws Refusal {
        IpAddress oldSource = PolicyRequest.address(old.source());
        IpAddress oldDestination = PolicyRequest.address(old.destination());
        IpAddress newSource = PolicyRequest.address(now.source());
        IpAddress newDestination = PolicyRequest.address(now.destination());
        require(old.protocol() == now.protocol(), "X_POLICY: protocols of a pair differ");
        require(old.mode() == now.mode(), "X_POLICY: modes of a pair differ");
        require(old.reqid() == now.reqid(), "X_POLICY: reqids of a pair differ");
        return new Move(
                new From(
                        Checks.saType(old.protocol()),
                        Checks.mode(old.mode(), ExtensionType.X_POLICY),
                        old.reqid(),
                        oldSource,
                        oldDestination),
                newSource,
                newDestination);
    }

    /** Whether a template asks for what moves: in transport mode the ends do not count. */
    boolean matches(Template template) {
        return template.protocol() == from.protocol
                && template.mode() == from.mode
                && (from.reqid == 0 || template.reqid() == from.reqid)
                && (from.mode == Checks.TRANSPORT
                        || (from.source.equals(template.source())
                                && from.destination.equals(template.destination())));
    }

    /** The template after the move. */
    Template of(Template template) {
        return template.mode() == Checks.TRANSPORT
                ? template
                : new Template(
                        template.protocol(),
                        template.mode(),
                        template.level(),
                        template.reqid(),
                        newSource,
                        newDestination);
    }

    /** The SA that moves, or null: the newest, should there be several. */
    @Nullable SecurityAssociation sa(Sadb sadb) {
        try (Sadb.Walk walk = sadb.walk(from.protocol, Sadb.Order.NEWEST_FIRST)) {
            for (SecurityAssociation sa = walk.next(); sa != null; sa = walk.next()) {
                if (sa.protocol() == from.protocol // and not all of them, for an unknown one
                        && sa.source().equals(from.source)
                        && sa.destination().equals(from.destination)
                        && Math.max(sa.details().mode(), Checks.TRANSPORT) == from.mode
                        && (from.reqid == 0 || sa.details().reqid() == from.reqid)) {
                    return sa;
                }
            }
        }
        return null;
    }
}
