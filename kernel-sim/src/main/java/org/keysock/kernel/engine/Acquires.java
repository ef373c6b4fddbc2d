package org.keysock.kernel.engine;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;

/** The ACQUIREs that packets wait for: one for each want, however many packets want it. */
public final class Acquires {

    private final Map<Integer, Acquire> byNumber = new LinkedHashMap<>();
    private final Map<Acquire, Acquire> byWant = new HashMap<>();
    private int lastNumber;
    private long earliest = Long.MAX_VALUE;

    int nextNumber() {
        return ++lastNumber;
    }

    @Nullable Acquire same(Acquire wanted) {
        return byWant.get(wanted.key());
    }

    void add(Acquire acquire) {
        byNumber.put(acquire.number(), acquire);
        byWant.put(acquire.key(), acquire);
        earliest = Math.min(earliest, acquire.expiresMillis());
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
        byWant.remove(acquire.key());
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
        removeIf(acquire -> saType == SaType.UNSPEC || acquire.saType() == saType);
    }

    void expire(long nowMillis) {
        if (nowMillis < earliest) {
            return;
        }
        removeIf(acquire -> acquire.expiresMillis() <= nowMillis);
        earliest = Long.MAX_VALUE;
        for (Acquire acquire : byNumber.values()) {
            earliest = Math.min(earliest, acquire.expiresMillis());
        }
    }

    /** When {@link #expire} may next find something; may be too early, never too late. */
    long nextExpiry() {
        return earliest;
    }

    private void removeIf(Predicate<Acquire> ended) {
        for (Iterator<Acquire> all = byNumber.values().iterator(); all.hasNext(); ) {
            Acquire acquire = all.next();
            if (ended.test(acquire)) {
                all.remove();
                byWant.remove(acquire.key());
            }
        }
    }
}
