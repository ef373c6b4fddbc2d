package org.keysock.kernel.engine.solaris;

import static org.keysock.pfkey.model.ExtensionType.LIFETIME_HARD;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_SOFT;
import static org.keysock.pfkey.model.ExtensionType.X_LIFETIME_IDLE;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;

/** The limits an SA gets from ADD, and how UPDATE changes them: solaris.md 3.7 and 3.15. */
final class LimitChanges {

    private static final long FUZZ_LEAST = 8;
    private static final int FUZZ_WIDTH = 16;

    private LimitChanges() {}

    /** Gives a new SA the limits of the message that adds it. */
    static void set(SecurityAssociation sa, SadbMessage message, KernelSettings settings) {
        Lifetime hard = said(message.lifetime(LIFETIME_HARD));
        Lifetime soft = said(message.lifetime(LIFETIME_SOFT));
        Lifetime idle = said(message.lifetime(X_LIFETIME_IDLE));
        if (idle == null
                && hard != null
                && hard.addTime() != 0
                && settings.is(SolarisSettings.IDLE_DEFAULT, "manual")) {
            idle = new Lifetime(X_LIFETIME_IDLE, 0, 0, Math.max(1, hard.addTime() / 2), 0);
        }
        boolean fuzzy = sa.direction() == Direction.OUTBOUND;
        sa.limits(hard, fuzzy ? fuzzed(soft, settings) : soft, idle);
    }

    /** Changes the limits of a grown SA as the message says; a zero field changes nothing. */
    static void change(
            SecurityAssociation sa, SadbMessage message, boolean named, KeyEngine engine) {
        Lifetime hard = merged(LIFETIME_HARD, sa.hard(), message.lifetime(LIFETIME_HARD));
        Lifetime soft = merged(LIFETIME_SOFT, sa.soft(), message.lifetime(LIFETIME_SOFT));
        Lifetime idle = merged(X_LIFETIME_IDLE, sa.idle(), message.lifetime(X_LIFETIME_IDLE));
        if (message.has(LIFETIME_SOFT) && soft != null && hard != null) {
            soft =
                    new Lifetime(
                            LIFETIME_SOFT,
                            soft.allocations(),
                            atMost(soft.bytes(), hard.bytes()),
                            soft.addTime(),
                            atMost(soft.useTime(), hard.useTime()));
        }
        if (named && sa.state() == SaState.MATURE) {
            soft = fuzzed(soft, engine.settings()); // whatever the direction
        }
        engine.limit(sa, hard, soft, idle);
    }

    /** A limit clamped to another one that is set; the original clamped to unlimited as to 0. */
    private static long atMost(long limit, long upper) {
        return upper != 0 && Long.compareUnsigned(limit, upper) > 0 ? upper : limit;
    }

    private static @Nullable Lifetime merged(
            ExtensionType type, @Nullable Lifetime old, @Nullable Lifetime change) {
        if (change == null || change.zero()) {
            return old;
        }
        if (old == null) {
            return change;
        }
        return new Lifetime(
                type,
                change.allocations() != 0 ? change.allocations() : old.allocations(),
                change.bytes() != 0 ? change.bytes() : old.bytes(),
                change.addTime() != 0 ? change.addTime() : old.addTime(),
                change.useTime() != 0 ? change.useTime() : old.useTime());
    }

    private static @Nullable Lifetime said(@Nullable Lifetime lifetime) {
        return lifetime == null || lifetime.zero() ? null : lifetime;
    }

    private static @Nullable Lifetime fuzzed(@Nullable Lifetime soft, KernelSettings settings) {
        if (soft == null || soft.addTime() == 0 || settings.is(SolarisSettings.SOFT_FUZZ, "off")) {
            return soft;
        }
        long fuzz = FUZZ_LEAST + settings.random().nextInt(FUZZ_WIDTH);
        return new Lifetime(
                LIFETIME_SOFT,
                soft.allocations(),
                soft.bytes(),
                Long.compareUnsigned(soft.addTime(), fuzz) > 0 ? soft.addTime() - fuzz : 1,
                soft.useTime());
    }
}
