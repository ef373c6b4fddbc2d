package org.keysock.kernel.engine;

import java.util.List;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Eroute;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.model.Spi;

/** KLIPS' eroutes as policies of the one database: klips.md sections 3.10, 3.14 and 3.16. */
public final class Eroutes {

    /** What key managers are asked for when a trap is sprung. */
    private static final List<Template> WANTED =
            List.of(new Template(SaType.ESP, 1, Template.Level.REQUIRE, 0, null, null));

    private Eroutes() {}

    /**
     * An eroute as a policy that no database holds yet.
     *
     * @param id of the policy
     */
    public static Policy policy(int id, Selector selector, Eroute eroute, Now now) {
        Action action = eroute.action();
        boolean trap = action == Action.TRAP || action == Action.TRAP_SUBNET;
        return new Policy(
                DialectName.KLIPS,
                id,
                PolicyDirection.OUT,
                selector,
                action,
                Eroute.priority(selector),
                trap ? WANTED : List.of(),
                null,
                null,
                null,
                eroute,
                now.wallSeconds(),
                now.millis());
    }

    /**
     * Key managers have been asked: if that was because of a trap, further packets are held. The
     * two hosts of the packet get an eroute of their own, or %trapsubnet becomes %hold itself.
     */
    static void sprung(Acquire acquire, KeyEngine engine) {
        Policy trap = acquire.demand().policy();
        Eroute eroute = trap == null ? null : trap.eroute();
        if (trap == null || eroute == null) {
            return;
        }
        Selector held =
                trap.action() == Action.TRAP_SUBNET
                        ? trap.selector()
                        : hosts(acquire.flow(), trap.selector());
        Policy there = engine.spd().find(PolicyDirection.OUT, held);
        if (there != null && there != trap) {
            return; // another dialect's
        }
        int id = there == null ? engine.spd().nextId(PolicyDirection.OUT) : there.id();
        Said target = new Said(SaType.X_INT, new Spi(Eroute.HOLD), any(held));
        Policy hold =
                policy(
                        id,
                        held,
                        new Eroute(target, eroute.source(), eroute.destination()),
                        engine.now());
        engine.spd().replace(hold);
        engine.tell(
                Outcome.of(
                        there == null ? Outcome.Event.POLICY_ADDED : Outcome.Event.POLICY_UPDATED,
                        null,
                        hold));
    }

    /** The two hosts of a packet; protocol and ports only if the trap names them. */
    private static Selector hosts(Flow flow, Selector trap) {
        int bits = flow.source().bitLength();
        return new Selector(
                flow.source(),
                bits,
                flow.destination(),
                bits,
                trap.protocol(),
                trap.sourcePort(),
                trap.destinationPort());
    }

    private static IpAddress any(Selector selector) {
        return selector.source() instanceof Ipv4Address ? Ipv4Address.ANY : Ipv6Address.ANY;
    }
}
