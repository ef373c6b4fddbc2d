package org.keysock.kernel.engine.klips;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;

/**
 * The tables of key sockets, {@code pf_key}, {@code pf_key_registered} and {@code
 * pf_key_supported}: klips.md section 6.8. Sockets come youngest first, as KLIPS keeps them. Where
 * it prints addresses in its memory, these stand for the number of the socket.
 */
final class SocketTables {

    /** SA types by their numbers. */
    private static final Map<SaType, Integer> TYPES = types();

    private static final int SUPPORTED_AUTH = 14;
    private static final int SUPPORTED_ENCRYPT = 15;

    /** Of every key socket: SOCK_RAW, unconnected, PF_KEY_V2, and bytes it may send at once. */
    private static final int TYPE = 3;

    private static final int STATE = 1;
    private static final int PROTOCOL = 2;
    private static final int SEND_BUFFER = 65535;

    private static final long SOCKETS = 0xc000_0000L;
    private static final long SOCKS = 0xc800_0000L;
    private static final int SPACING = 0x100;

    private SocketTables() {}

    private static Map<SaType, Integer> types() {
        Map<SaType, Integer> types = new LinkedHashMap<>();
        types.put(SaType.AH, 2);
        types.put(SaType.ESP, 3);
        types.put(SaType.RSVP, 5);
        types.put(SaType.OSPFV2, 6);
        types.put(SaType.RIPV2, 7);
        types.put(SaType.MIP, 8);
        types.put(SaType.X_IPIP, 9);
        types.put(SaType.X_IPCOMP, 10);
        types.put(SaType.X_INT, 11);
        return Collections.unmodifiableMap(types);
    }

    /** {@code pf_key}: the open sockets. */
    static List<String> open(KeyEngine engine, ToIntFunction<KeySocket> process) {
        List<String> lines = new ArrayList<>();
        lines.add("    sock   pid   socket     next     prev e n p sndbf    Flags     Type St");
        for (KeySocket socket : youngestFirst(engine)) {
            lines.add(
                    String.format(
                            "%8x %5d %8x %d %d %5d %08X %8X %2X",
                            address(SOCKS, socket),
                            process.applyAsInt(socket),
                            address(SOCKETS, socket),
                            0,
                            PROTOCOL,
                            SEND_BUFFER,
                            0,
                            TYPE,
                            STATE));
        }
        return lines;
    }

    /** {@code pf_key_registered}: who hears of which SA type. */
    static List<String> registered(KeyEngine engine, ToIntFunction<KeySocket> process) {
        List<String> lines = new ArrayList<>();
        lines.add("satype   socket   pid       sk");
        TYPES.forEach(
                (type, number) -> {
                    for (KeySocket socket : youngestFirst(engine)) {
                        if (socket.registered().contains(type)) {
                            lines.add(
                                    String.format(
                                            "    %2d %8x %5d %8x",
                                            number,
                                            address(SOCKETS, socket),
                                            process.applyAsInt(socket),
                                            address(SOCKS, socket)));
                        }
                    }
                });
        return lines;
    }

    private static List<KeySocket> youngestFirst(KeyEngine engine) {
        List<KeySocket> sockets = new ArrayList<>(engine.sockets(DialectName.KLIPS));
        Collections.reverse(sockets);
        return sockets;
    }

    private static long address(long first, KeySocket socket) {
        return first + (long) SPACING * socket.id();
    }

    /** {@code pf_key_supported}: the algorithms on offer, ciphers before authentication. */
    static List<String> supported(KernelSettings settings) {
        List<String> lines = new ArrayList<>();
        lines.add("satype exttype alg_id ivlen minbits maxbits name");
        TYPES.forEach(
                (type, number) -> {
                    List<Supported> lists = new ArrayList<>(Register.offer(type, settings));
                    Collections.reverse(lists);
                    for (Supported list : lists) {
                        list.algorithms().forEach(each -> lines.add(offer(number, list, each)));
                    }
                });
        return lines;
    }

    private static String offer(int type, Supported list, Supported.Algorithm offered) {
        boolean ciphers = list.type() == ExtensionType.SUPPORTED_ENCRYPT;
        Algorithm row = TransformName.row(offered.code());
        return String.format(
                "    %2d      %2d     %2d   %3d     %3d     %3d %20s",
                type,
                ciphers ? SUPPORTED_ENCRYPT : SUPPORTED_AUTH,
                row == null ? 0 : row.number(),
                8 * offered.ivLength(),
                offered.minBits(),
                offered.maxBits(),
                "unknown");
    }
}
