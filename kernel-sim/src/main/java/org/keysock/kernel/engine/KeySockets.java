package org.keysock.kernel.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keysock.pfkey.model.DialectName;

/** The open key sockets, by dialect. */
final class KeySockets {

    private final Map<DialectName, List<KeySocket>> open = new EnumMap<>(DialectName.class);
    private final Map<DialectName, List<KeySocket>> promiscuous = new EnumMap<>(DialectName.class);
    private int last;

    KeySocket open(DialectName dialect) {
        KeySocket socket =
                new KeySocket(
                        ++last,
                        dialect,
                        promiscuous.computeIfAbsent(dialect, any -> new ArrayList<>()));
        open.computeIfAbsent(dialect, any -> new ArrayList<>()).add(socket);
        return socket;
    }

    void close(KeySocket socket) {
        List<KeySocket> ofDialect = open.get(socket.dialect());
        if (ofDialect != null) {
            ofDialect.remove(socket);
            socket.promiscuous(false);
        }
    }

    /** Those of which there ever was a socket. */
    Set<DialectName> dialects() {
        return open.keySet();
    }

    List<KeySocket> all() {
        List<KeySocket> all = new ArrayList<>();
        open.values().forEach(all::addAll);
        all.sort((one, other) -> Integer.compare(one.id(), other.id()));
        return all;
    }

    List<KeySocket> of(DialectName dialect) {
        return Collections.unmodifiableList(open.getOrDefault(dialect, List.of()));
    }

    List<KeySocket> promiscuous(DialectName dialect) {
        return Collections.unmodifiableList(promiscuous.getOrDefault(dialect, List.of()));
    }
}
