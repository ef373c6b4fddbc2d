package org.keysock.kernel.engine.klips;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;

/**
 * What a KLIPS kernel shows as files in /proc/net, by their names there: klips.md section 6. They
 * show SAs of every home.
 */
public final class KlipsTables {

    /** The release whose ways these are (klips.md section 0.2). */
    private static final String VERSION = "Openswan version: 2.4.4";

    /** The virtual devices of such a kernel; here nothing is ever attached to one. */
    private static final List<String> DEVICES =
            List.of(
                    "ipsec0 -> NULL mtu=0(0) -> 0",
                    "ipsec1 -> NULL mtu=0(0) -> 0",
                    "ipsec2 -> NULL mtu=0(0) -> 0",
                    "ipsec3 -> NULL mtu=0(0) -> 0");

    private final TreeMap<String, Function<Now, TextTable>> tables = new TreeMap<>();

    /**
     * The tables of a kernel.
     *
     * @param process the id of the process that opened a socket
     */
    public KlipsTables(KeyEngine engine, ToIntFunction<KeySocket> process) {
        tables.put("ipsec_spi", now -> new SpiTable(engine.sadb(), engine.settings(), now));
        tables.put("ipsec_spigrp", now -> new GroupTable(engine.sadb(), engine.settings()));
        tables.put("ipsec_eroute", now -> new ErouteTable(engine.spd()));
        tables.put("ipsec_tncfg", now -> new FixedTable(DEVICES));
        tables.put("ipsec_version", now -> new FixedTable(List.of(VERSION)));
        tables.put("pf_key", now -> new FixedTable(SocketTables.open(engine, process)));
        tables.put(
                "pf_key_registered",
                now -> new FixedTable(SocketTables.registered(engine, process)));
        tables.put("pf_key_supported", now -> new FixedTable(SocketTables.supported()));
    }

    /** The names of all tables, in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(tables.keySet());
    }

    /** A table as of that moment, or null when there is none of that name. */
    public @Nullable TextTable open(String name, Now now) {
        Function<Now, TextTable> table = tables.get(name);
        return table == null ? null : table.apply(now);
    }
}
