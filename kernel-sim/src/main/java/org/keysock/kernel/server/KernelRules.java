package org.keysock.kernel.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.klips.KlipsRules;
import org.keysock.kernel.engine.linux.LinuxRules;
import org.keysock.kernel.engine.rfc2367.Rfc2367Rules;
import org.keysock.kernel.engine.solaris.SolarisRules;
import org.keysock.pfkey.model.DialectName;

/** The dialects this server speaks: a new one is a row here. */
final class KernelRules {

    private static final Map<DialectName, Supplier<DialectRules>> ROWS =
            Map.of(
                    DialectName.RFC2367, Rfc2367Rules::new,
                    DialectName.SOLARIS, SolarisRules::new,
                    DialectName.LINUX, LinuxRules::new,
                    DialectName.KLIPS, KlipsRules::new);

    private KernelRules() {}

    /** Whether there is a kernel of that dialect. */
    static boolean has(DialectName dialect) {
        return ROWS.containsKey(dialect);
    }

    /** Fresh rules of every dialect, for one kernel. */
    static Map<DialectName, DialectRules> all() {
        Map<DialectName, DialectRules> rules = new EnumMap<>(DialectName.class);
        ROWS.forEach((name, row) -> rules.put(name, row.get()));
        return rules;
    }
}
