package org.keysock.kernel.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Template;

/**
 * Copies of packets that wait for an SA: of each ACQUIRE, or of each %hold eroute, the first, or
 * the first and the latest. Bounded.
 */
final class HeldPackets {

    /** Wants that packets can wait for at once. */
    private static final int MOST_WANTS = 1024;

    private List<Want> wants = new ArrayList<>();
    private List<Kept> displaced = new ArrayList<>();

    /**
     * A packet that waits.
     *
     * @param origin who wants to know what becomes of it, null for nobody
     */
    record Kept(byte[] bytes, @Nullable Object origin) {

        /** Puts it where it can be worked on. */
        void into(Packet packet) {
            packet.load(bytes, 0, bytes.length);
            packet.origin(origin);
        }
    }

    /** Packets that wait for one thing. */
    static final class Want {
        final int acquire;
        final @Nullable Policy hold;
        final @Nullable Template missing;
        private final List<Kept> packets = new ArrayList<>(1);

        private Want(int acquire, @Nullable Policy hold, @Nullable Template missing) {
            this.acquire = acquire;
            this.hold = hold;
            this.missing = missing;
        }

        /** Oldest first. */
        List<Kept> packets() {
            return packets;
        }
    }

    /** Whether none waits. */
    boolean isEmpty() {
        return wants.isEmpty();
    }

    /** Takes all wants out. */
    List<Want> takeAll() {
        List<Want> taken = wants;
        wants = new ArrayList<>();
        return taken;
    }

    /** Puts a want back, whose packets go on waiting. */
    void putBack(Want want) {
        wants.add(want);
    }

    /**
     * A packet waits.
     *
     * @param acquire that it waits for, 0 for none
     * @param hold the policy that holds it, null for none
     * @param missing what the ACQUIRE asks for, null without one
     * @param most packets to keep of one want: one for the first, two for the latest besides
     * @return whether it is kept
     */
    boolean keep(
            int acquire,
            @Nullable Policy hold,
            @Nullable Template missing,
            int most,
            Packet packet) {
        Want want = find(acquire, hold);
        if (most == 0 || (want == null && wants.size() == MOST_WANTS)) {
            return false;
        }
        if (want == null) {
            want = new Want(acquire, hold, missing);
            wants.add(want);
        }
        if (want.packets.size() >= most) {
            if (most == 1) {
                return false;
            }
            displaced.add(want.packets.remove(most - 1));
        }
        byte[] bytes = Arrays.copyOfRange(packet.bytes(), packet.start(), packet.end());
        want.packets.add(new Kept(bytes, packet.origin()));
        return true;
    }

    /** How many have lost their place since they were taken out. */
    int displaced() {
        return displaced.size();
    }

    /** Takes out those whose place others have taken. */
    List<Kept> takeDisplaced() {
        List<Kept> taken = displaced;
        displaced = new ArrayList<>(0);
        return taken;
    }

    private @Nullable Want find(int acquire, @Nullable Policy hold) {
        for (Want want : wants) {
            if (want.acquire == acquire && want.hold == hold) {
                return want;
            }
        }
        return null;
    }
}
