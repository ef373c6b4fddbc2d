package org.keysock.kernel.engine;

import java.util.List;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Reading;

/**
 * How one dialect's kernel behaves: the seam at which a dialect is added. What happens to the
 * databases is neutral and lives in {@link KeyEngine}; the order of checks, the errnos, who hears
 * what and how it is put are here.
 *
 * <p>Rules act for the sockets of their dialect ({@link #arrived}, {@link #carryOut}, {@link
 * #hear}) and for the SAs whose home is their dialect ({@link #deadline}, {@link #due}, {@link
 * #used}).
 */
public interface DialectRules {

    /** The documented switches of these rules. */
    List<Setting> settings();

    /** The engine has been made, and nothing has happened yet. */
    default void begin(KeyEngine engine) {}

    /**
     * A socket of this dialect wrote a record that {@code send} accepted, well formed or not;
     * nothing has been done with it. For kernels that show such records to promiscuous sockets.
     */
    default void arrived(KeySocket asker, Reading reading, KeyEngine engine) {}

    /**
     * Judges a well-formed request and carries it out.
     *
     * @return what happened, which the engine tells; {@link Outcome#NOTHING} when nobody hears
     * @throws Refusal when this dialect's kernel says no; it becomes the outcome
     */
    Outcome carryOut(Request request, KeyEngine engine) throws Refusal;

    /**
     * Composes and posts what this dialect's sockets hear of an outcome, whichever dialect caused
     * it. The asker, if it is among the sockets, gets its answer from here too.
     *
     * @param sockets all open sockets of this dialect, oldest first; never empty
     */
    void hear(Outcome outcome, List<KeySocket> sockets, KeyEngine engine);

    /**
     * When {@link #due} must next look at an SA of this home, seen from {@link KeyEngine#now}:
     * monotonic milliseconds, Long.MAX_VALUE for never. Asked after every change of the SA.
     */
    long deadline(SecurityAssociation sa, KeyEngine engine);

    /**
     * The deadline of an SA of this home has come. Must change it so that the next deadline is
     * later, or remove it; the engine schedules it again afterwards.
     */
    void due(SecurityAssociation sa, Now now, KeyEngine engine);

    /**
     * Whether SAs of this home that reached a hard limit stay visible, dead, until {@link #due}.
     */
    default boolean deadLinger() {
        return false;
    }

    /**
     * Packets want to use an SA of this home: charges them and looks at the byte, packet and first
     * use limits. The engine schedules the SA again afterwards.
     *
     * @return whether they may pass; false drops them
     */
    boolean used(SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine);

    /**
     * How long this dialect's kernel would let packets wait for an SA that one of these sockets is
     * asked for: milliseconds, 0 when none of them hears such an ACQUIRE.
     */
    long patience(Acquire wanted, List<KeySocket> sockets, KeyEngine engine);

    /**
     * How many packets this dialect's kernel keeps of those that wait for one SA: none, the first,
     * or with 2 the first and the latest.
     */
    default int heldPackets(KeyEngine engine) {
        return 1;
    }
}
