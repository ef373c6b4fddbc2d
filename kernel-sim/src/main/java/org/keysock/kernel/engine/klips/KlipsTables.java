package org.keysock.kernel.engine.klips;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.pfkey.model.KlipsExtension.Debug;

/**
 * What a KLIPS kernel shows as files in /proc/net, by their names there: klips.md section 6. They
 * show SAs of every home.
 */
public final class KlipsTables {

    /** The virtual devices that there always are; here nothing is ever attached to one. */
    private static final List<String> DEVICES = List.of("ipsec0", "ipsec1", "ipsec2", "ipsec3");

    /** Numbers of interfaces from which on they are called ipsec: klips.md section 1.4. */
    private static final int FIRST_IPSEC = 49152;

    /** What {@code ipsec_klipsdebug} shows, in this order. */
    private static final List<Debug.Part> DEBUGGED =
            List.of(
                    Debug.Part.TUNNEL,
                    Debug.Part.XFORM,
                    Debug.Part.EROUTE,
                    Debug.Part.SPI,
                    Debug.Part.RADIJ,
                    Debug.Part.ESP,
                    Debug.Part.AH,
                    Debug.Part.RCV,
                    Debug.Part.PFKEY);

    private final KlipsRules rules;
    private final KeyEngine engine;
    private final TreeMap<String, Function<Now, TextTable>> tables = new TreeMap<>();

    /**
     * The tables of a kernel.
     *
     * @param process the id of the process that opened a socket
     */
    public KlipsTables(KlipsRules rules, KeyEngine engine, ToIntFunction<KeySocket> process) {
        this.rules = rules;
        this.engine = engine;
        tables.put("ipsec_spi", this::sas);
        tables.put("ipsec_spigrp", now -> new GroupTable(engine.sadb(), engine.settings()));
        tables.put("ipsec_eroute", now -> new ErouteTable(engine.spd()));
        tables.put("ipsec_tncfg", now -> new FixedTable(devices()));
        tables.put("ipsec_version", now -> new FixedTable(List.of(version())));
        tables.put("ipsec_klipsdebug", now -> new FixedTable(masks()));
        tables.put("pf_key", now -> new FixedTable(SocketTables.open(engine, process)));
        tables.put(
                "pf_key_registered",
                now -> new FixedTable(SocketTables.registered(engine, process)));
        tables.put(
                "pf_key_supported",
                now -> new FixedTable(SocketTables.supported(engine.settings())));
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

    private TextTable sas(Now now) {
        Sadb sadb = engine.sadb();
        boolean debugging = rules.debugMasks().mask(Debug.Part.XFORM) != 0;
        return new SpiTable(sadb, engine.settings(), now, debugging);
    }

    /** The release whose ways these are: klips.md section 0.2. */
    private String version() {
        return switch (KlipsRules.form(engine.settings())) {
            case CLASSIC -> "Openswan version: 2.4.4";
            case MODERN -> "Openswan version: 3.0.0";
            case LIBRESWAN -> "Libreswan version: 3.30";
        };
    }

    private List<String> devices() {
        Set<String> names = new TreeSet<>(DEVICES);
        for (int number : rules.interfaces()) {
            names.add(number < FIRST_IPSEC ? "mast" + number : "ipsec" + (number - FIRST_IPSEC));
        }
        Stream<String> lines = names.stream().map(name -> name + " -> NULL mtu=0(0) -> 0");
        return lines.toList();
    }

    private List<String> masks() {
        Debug masks = rules.debugMasks();
        Function<Debug.Part, String> line =
                part ->
                        String.format(
                                "debug_%s=%08x.",
                                part.name().toLowerCase(Locale.ROOT), masks.mask(part));
        return DEBUGGED.stream().map(line).toList();
    }
}
