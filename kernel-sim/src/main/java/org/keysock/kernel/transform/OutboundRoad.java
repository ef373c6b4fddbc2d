package org.keysock.kernel.transform;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.packet.PacketFlaw;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.SaState;

/** The road of packets that leave: RFC 4301 section 5.1. */
final class OutboundRoad {

    private static final int LONGEST = 0xffff + 40;

    private final PathFinder paths;
    private final Transforms transforms;
    private final KeyManagement keys;
    private final FateCounts counts;
    private final IpHeaders headers = new IpHeaders();
    private final FlowKey flow = new FlowKey();
    private final HeldPackets held = new HeldPackets();
    private @Nullable Packet waited;

    OutboundRoad(PathFinder paths, Transforms transforms, KeyManagement keys, FateCounts counts) {
        this.paths = paths;
        this.transforms = transforms;
        this.keys = keys;
        this.counts = counts;
    }

    /** What becomes of a packet. */
    Fate send(Packet packet, long wallSeconds, long millis) {
        PacketFlaw flaw = headers.read(packet);
        if (flaw != null) {
            return Fate.of(flaw);
        }
        flow.read(packet.bytes(), headers);
        FlowPath path = paths.take(flow, PolicyDirection.OUT, wallSeconds, millis);
        Policy policy = path.policy();
        if (policy == null) {
            return Fate.PASSED;
        }
        return switch (policy.action()) {
            case NONE -> Fate.PASSED;
            case DISCARD -> Fate.POLICY_DISCARD;
            case REJECT -> Fate.POLICY_REJECT;
            case HOLD -> hold(packet, 0, policy, null);
            case IPSEC, TRAP, TRAP_SUBNET -> {
                Fate wait = ask(packet, path, policy, wallSeconds, millis);
                yield wait != null ? wait : protect(packet, path, wallSeconds, millis);
            }
        };
    }

    /** Asks for what is missing; whether the packet waits or is lost, null when it may go on. */
    private @Nullable Fate ask(
            Packet packet, FlowPath path, Policy policy, long wallSeconds, long millis) {
        if (path.missing().isEmpty()) {
            return null;
        }
        int acquire = 0;
        for (FlowPath.Missing missing : path.missing()) {
            acquire = keys.needSa(missing.flow(), policy, missing.template(), wallSeconds, millis);
        }
        if (!path.waits()) {
            return null;
        }
        if (acquire == 0) {
            return Fate.NO_SA;
        }
        if (policy.eroute() == null) {
            return hold(packet, acquire, policy, missing(path));
        }
        // a trap that was sprung has put an eroute that holds in its place
        Policy holding = paths.path(flow, PolicyDirection.OUT).policy();
        return holding == null || holding == policy ? Fate.NO_SA : hold(packet, 0, holding, null);
    }

    /** What packets of a path wait for, null for nothing. */
    private static @Nullable Template missing(FlowPath path) {
        return path.waits() ? path.missing().get(path.missing().size() - 1).template() : null;
    }

    private Fate hold(Packet packet, int acquire, Policy policy, @Nullable Template missing) {
        int displaced = held.displaced();
        boolean kept = held.keep(acquire, policy, missing, keys.heldPackets(policy), packet);
        if (held.displaced() > displaced) {
            counts.count(Fate.NO_SA);
        }
        return kept ? Fate.HELD : Fate.NO_SA;
    }

    /** Puts all SAs around the packet, innermost first. */
    private Fate protect(Packet packet, FlowPath path, long wallSeconds, long millis) {
        List<SecurityAssociation> sas = path.sas();
        int count = sas.size();
        for (int i = 0; i < count; i++) {
            Fate fate = through(sas.get(i), packet, i > 0, wallSeconds, millis);
            if (fate != Fate.PROTECTED) {
                return fate;
            }
        }
        if (count > 0) {
            return Fate.PROTECTED;
        }
        return path.drops() ? Fate.NO_SA : Fate.PASSED;
    }

    private Fate through(
            SecurityAssociation sa, Packet packet, boolean again, long wallSeconds, long millis) {
        if (sa.state() == SaState.LARVAL || sa.state() == SaState.DEAD) {
            return Fate.SA_STATE;
        }
        SaContext context = Contexts.of(sa);
        if (context == null) {
            return Fate.ALGORITHM;
        }
        if (again) {
            PacketFlaw flaw = headers.read(packet);
            if (flaw != null) {
                return Fate.of(flaw);
            }
        }
        int bytes = packet.length();
        if (context.mode != SaContext.Mode.TUNNEL) {
            bytes -= headers.insertAt() - packet.start();
        }
        Fate fate = transforms.outbound(packet, context);
        if (fate != Fate.PROTECTED) {
            return fate;
        }
        if (context.customs.wholePackets()) {
            bytes = packet.length();
        }
        return context.charge.packet(bytes, keys, wallSeconds, millis)
                ? Fate.PROTECTED
                : Fate.SA_EXPIRED;
    }

    boolean holding() {
        return !held.isEmpty();
    }

    /** Sends what can go now, and drops what waits in vain. */
    void resume(long wallSeconds, long millis, IpsecProcessor.Released listener) {
        if (held.isEmpty()) {
            return;
        }
        if (waited == null) {
            waited = new Packet(LONGEST);
        }
        Packet packet = waited;
        for (HeldPackets.Kept displaced : held.takeDisplaced()) {
            displaced.into(packet);
            listener.released(packet, Fate.NO_SA);
        }
        for (HeldPackets.Want want : held.takeAll()) {
            want.packets().get(0).into(packet);
            if (stillHeld(packet, want)) {
                held.putBack(want);
                continue;
            }
            Template missing = missing(paths.path(flow, PolicyDirection.OUT));
            boolean inVain = missing != null && missing.equals(want.missing);
            for (HeldPackets.Kept kept : want.packets()) {
                kept.into(packet);
                Fate fate = inVain ? Fate.NO_SA : send(packet, wallSeconds, millis);
                counts.count(fate);
                listener.released(packet, fate);
            }
        }
    }

    /** Whether a packet would find all as it was when it was held. */
    private boolean stillHeld(Packet packet, HeldPackets.Want want) {
        headers.read(packet);
        flow.read(packet.bytes(), headers);
        FlowPath path = paths.path(flow, PolicyDirection.OUT);
        return path.policy() == want.hold
                && Objects.equals(missing(path), want.missing)
                && (want.acquire == 0 || keys.waiting(want.acquire));
    }
}
