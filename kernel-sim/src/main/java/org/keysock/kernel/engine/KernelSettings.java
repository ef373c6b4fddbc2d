package org.keysock.kernel.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;

/**
 * What the emulated kernel is told at start: the host's own addresses, the source of random choices
 * and the switches of the dialects' rules.
 */
public final class KernelSettings {

    private final Set<IpAddress> local;
    private final RandomGenerator random;
    private final Map<String, Setting> known = new TreeMap<>();
    private final Map<Setting, String> values = new HashMap<>();

    /**
     * Settings with the given switches.
     *
     * @param local the emulated host's own addresses; direction and pairing follow from them
     * @param random seeded by the caller
     * @param rules whose switches there are
     * @param assignments {@code DIALECT.NAME=VALUE} each
     * @throws IllegalArgumentException for a switch that does not exist or cannot have that value;
     *     the text is for people
     */
    public KernelSettings(
            Collection<IpAddress> local,
            RandomGenerator random,
            Collection<? extends DialectRules> rules,
            Collection<String> assignments) {
        this.local = Set.copyOf(local);
        this.random = random;
        for (DialectRules each : rules) {
            for (Setting setting : each.settings()) {
                known.put(setting.name(), setting);
            }
        }
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            Setting setting = known.get(equals < 0 ? assignment : assignment.substring(0, equals));
            if (equals < 0 || setting == null) {
                throw new IllegalArgumentException(
                        "no such switch: " + assignment + "; there are " + known.keySet());
            }
            values.put(setting, setting.checked(assignment.substring(equals + 1)));
        }
    }

    /** Whether the address is one of the emulated host's own. */
    public boolean mine(@Nullable IpAddress address) {
        return address != null && local.contains(address);
    }

    /** The emulated host's own addresses. */
    public Set<IpAddress> local() {
        return local;
    }

    /** Every random choice of the kernel comes from here. */
    public RandomGenerator random() {
        return random;
    }

    /** All switches, by name. */
    public List<Setting> switches() {
        return Collections.unmodifiableList(new ArrayList<>(known.values()));
    }

    /** The value of a switch. */
    public String value(Setting setting) {
        return values.getOrDefault(setting, setting.initial());
    }

    /** The value of a switch that is a number. */
    public long number(Setting setting) {
        return Long.parseLong(value(setting));
    }

    /** Whether a switch has that value. */
    public boolean is(Setting setting, String value) {
        return value(setting).equals(value);
    }
}
