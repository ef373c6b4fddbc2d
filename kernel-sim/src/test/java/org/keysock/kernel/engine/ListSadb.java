package org.keysock.kernel.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/** A database that is a plain list: slow, and easy to believe. */
final class ListSadb implements Sadb {

    private final List<SecurityAssociation> all = new ArrayList<>();
    private final Map<SecurityAssociation, Long> schedule = new HashMap<>();

    @Override
    public boolean insert(SecurityAssociation sa) {
        return find(sa.protocol(), sa.destination(), sa.spi()) == null && all.add(sa);
    }

    @Override
    public void remove(SecurityAssociation sa) {
        all.remove(sa);
        sa.unpair();
    }

    @Override
    public void forget(SecurityAssociation sa) {
        sa.secrets().authKey().destroy();
        sa.secrets().encryptKey().destroy();
    }

    @Override
    public @Nullable SecurityAssociation find(SaType protocol, IpAddress destination, Spi spi) {
        return all.stream()
                .filter(
                        sa ->
                                sa.protocol() == protocol
                                        && sa.destination().equals(destination)
                                        && sa.spi().equals(spi))
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean spiInUse(SaType protocol, Spi spi) {
        return all.stream().anyMatch(sa -> sa.protocol() == protocol && sa.spi().equals(spi));
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public int size(SaType protocol) {
        return (int) all.stream().filter(sa -> sa.protocol() == protocol).count();
    }

    @Override
    public Walk walk(SaType protocol, Order order) {
        List<SecurityAssociation> shown = new ArrayList<>(all);
        shown.removeIf(sa -> protocol != SaType.UNSPEC && sa.protocol() != protocol);
        if (order == Order.NEWEST_FIRST) {
            Collections.reverse(shown);
        } else if (order == Order.SHELVES) {
            shown.sort(Comparator.comparingInt(ListSadb::shelf));
        }
        return new Walk() {
            private int at;

            @Override
            public @Nullable SecurityAssociation next() {
                while (at < shown.size()) {
                    SecurityAssociation sa = shown.get(at++);
                    if (all.contains(sa)) {
                        return sa;
                    }
                }
                return null;
            }

            @Override
            public void close() {}
        };
    }

    private static int shelf(SecurityAssociation sa) {
        int type = sa.protocol() == SaType.AH ? 0 : sa.protocol() == SaType.ESP ? 4 : 8;
        int family = sa.destination() instanceof Ipv4Address ? 0 : 2;
        return type + family + (sa.direction().outbound() ? 0 : 1);
    }

    @Override
    public void schedule(SecurityAssociation sa, long dueMillis) {
        schedule.put(sa, dueMillis);
    }

    @Override
    public void unschedule(SecurityAssociation sa) {
        schedule.remove(sa);
    }

    @Override
    public long nextDue() {
        return schedule.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public void due(long nowMillis, Consumer<SecurityAssociation> visitor) {
        schedule.entrySet().stream()
                .filter(entry -> entry.getValue() <= nowMillis)
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(
                        sa -> {
                            if (schedule.remove(sa) != null) {
                                visitor.accept(sa);
                            }
                        });
    }
}
