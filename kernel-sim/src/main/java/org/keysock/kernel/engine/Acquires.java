package org.keysock.kernel.engine;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;

/** The ACQUIREs that packets wait for: one for each want, however many packets want it. */
public final class Acquires {

    private final Map<Integer, Acquire> byNumber = new LinkedHashMap<>();
    private final Map<Acquire.Want, Acquire> byWant = new HashMap<>();
    private final NavigableSet<Acquire> byExpiry =
            new TreeSet<>(
                    Comparator.comparingLong(Acquire::expiresMillis)
                            .thenComparingInt(Acquire::number));
    private final Map<Integer, Acquire.Progress> progress = new HashMap<>();
    private int lastNumber;

    /** A number that no ACQUIRE had before, nor any other news that is numbered with them. */
    public int nextNumber() {
        return ++lastNumber;
    }

    @Nullable Acquire same(Acquire wanted) {
        return byWant.get(wanted.want());
    }

    void add(Acquire acquire) {
        byNumber.put(acquire.number(), acquire);
        byWant.put(acquire.want(), acquire);
        byExpiry.add(acquire);
    }

    /** The outstanding one of that number, or null. */
    public @Nullable Acquire find(int number) {
        return byNumber.get(number);
    }

    /** All that are outstanding, oldest first. */
    public Collection<Acquire> all() {
        return Collections.unmodifiableCollection(byNumber.values());
    }

    /** Ends one: an SA came, or a key manager gave up. */
    public void remove(Acquire acquire) {
        byNumber.remove(acquire.number());
        byWant.remove(acquire.want());
        byExpiry.remove(acquire);
        progress.remove(acquire.number());
    }

    /** How far the answer to an outstanding one has come. */
    public Acquire.Progress progress(Acquire acquire) {
        return progress.getOrDefault(acquire.number(), Acquire.Progress.OPEN);
    }

    /** Says how far the answer to an outstanding one has come. */
    public void progress(Acquire acquire, Acquire.Progress now) {
        if (byNumber.containsKey(acquire.number())) {
            progress.put(acquire.number(), now);
        }
    }

    /** The outstanding one of that number that asks for an SA to that destination, or null. */
    public @Nullable Acquire answered(int number, IpAddress destination) {
        Acquire acquire = byNumber.get(number);
        return acquire != null && destination.equals(acquire.destination().address())
                ? acquire
                : null;
    }

    /** Ends all of a protocol; {@link SaType#UNSPEC} for all. */
    void flush(SaType saType) {
        for (Acquire acquire : List.copyOf(byNumber.values())) {
            if (saType == SaType.UNSPEC || acquire.saType() == saType) {
                remove(acquire);
            }
        }
    }

    /** Ends those whose time is over, earliest first; each is shown while it is still there. */
    void expire(long nowMillis, Consumer<Acquire> visitor) {
        while (nextExpiry() <= nowMillis) {
            Acquire ended = byExpiry.first();
            visitor.accept(ended);
            remove(ended);
        }
    }

    /** When the next one expires; Long.MAX_VALUE when there is none. */
    long nextExpiry() {
        return byExpiry.isEmpty() ? Long.MAX_VALUE : byExpiry.first().expiresMillis();
    }
}
