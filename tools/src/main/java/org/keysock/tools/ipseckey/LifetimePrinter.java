package org.keysock.tools.ipseckey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.tools.cli.Dates;

/** Shows the lifetimes of a message, which stand together at its end: solaris.md 5.1. */
final class LifetimePrinter {

    private final StringBuilder text;
    private final Dates dates;
    private final long now;
    private final boolean raw;
    private @Nullable Lifetime current;
    private @Nullable Lifetime soft;
    private @Nullable Lifetime hard;
    private @Nullable Lifetime idle;

    /**
     * A printer.
     *
     * @param now seconds since 1970
     * @param raw whether dates are also shown as numbers
     */
    LifetimePrinter(StringBuilder text, Dates dates, long now, boolean raw) {
        this.text = text;
        this.dates = dates;
        this.now = now;
        this.raw = raw;
    }

    /** Keeps a lifetime for later; of two of a kind the last is shown. */
    void keep(Lifetime lifetime) {
        ExtensionType type = lifetime.type();
        if (type == ExtensionType.LIFETIME_CURRENT) {
            current = lifetime;
        } else if (type == ExtensionType.LIFETIME_SOFT) {
            soft = lifetime;
        } else if (type == ExtensionType.LIFETIME_HARD) {
            hard = lifetime;
        } else {
            idle = lifetime;
        }
    }

    /** Shows what was kept. */
    void print() {
        if (current == null && soft == null && hard == null && idle == null) {
            return;
        }
        text.append(" LT: Lifetime information\n");
        if (current != null) {
            current(current);
        }
        if (soft != null) {
            limits("SLT: ", "Soft", soft);
        }
        if (hard != null) {
            limits("HLT: ", "Hard", hard);
        }
        if (idle != null) {
            text.append("ILT: Idle lifetime information:\n");
            times("ILT: ", idle);
        }
    }

    private void current(Lifetime used) {
        text.append("CLT: Current lifetime information:\nCLT: ");
        bytes(used.bytes());
        text.append("protected, ");
        text.append(Integer.toUnsignedString(used.allocations())).append(" allocations used.\n");
        text.append("CLT: SA added at time: ");
        date("CLT: ", used.addTime(), "");
        if (used.useTime() != 0) {
            text.append("CLT: SA first used at time ");
            date("CLT: ", used.useTime(), "");
        }
        text.append("CLT: Time now is ");
        date("CLT: ", now, "");
    }

    private void limits(String prefix, String name, Lifetime limit) {
        text.append(prefix).append(name).append(" lifetime information:\n").append(prefix);
        bytes(limit.bytes());
        text.append("of lifetime, ");
        text.append(Integer.toUnsignedString(limit.allocations())).append(" allocations.\n");
        times(prefix, limit);
        Lifetime used = current;
        if (used == null) {
            return;
        }
        if (limit.bytes() != 0) {
            boolean over = Long.compareUnsigned(used.bytes(), limit.bytes()) >= 0;
            text.append(prefix);
            bytes(over ? 0 : limit.bytes() - used.bytes());
            text.append("more can be protected.\n");
        }
        boolean byUse = limit.useTime() != 0 && used.useTime() != 0;
        if (limit.addTime() == 0 && !byUse) {
            return;
        }
        long end = Long.MAX_VALUE;
        if (limit.addTime() != 0) {
            end = used.addTime() + limit.addTime();
        }
        if (byUse) {
            end = Math.min(end, used.useTime() + limit.useTime());
        }
        text.append(prefix).append(name).append(" expiration occur");
        if (end >= now) {
            text.append("s in ").append(end - now).append(" seconds");
            int before = text.length();
            if (Amounts.appendSeconds(text, end - now)) {
                text.insert(before, ' ');
            }
        } else {
            text.append("red");
        }
        text.append('\n').append(prefix).append("Time of expiration: ");
        date(prefix, end, ".");
    }

    private void times(String prefix, Lifetime limit) {
        seconds(prefix, limit.addTime(), "post-add");
        seconds(prefix, limit.useTime(), "post-use");
    }

    private void seconds(String prefix, long seconds, String kind) {
        text.append(prefix).append(Long.toUnsignedString(seconds)).append(" seconds ");
        text.append(Amounts.appendSeconds(text, seconds) ? " of " : "of ");
        text.append(kind).append(" lifetime.\n");
    }

    private void bytes(long bytes) {
        text.append(Long.toUnsignedString(bytes)).append(" bytes ");
        Amounts.appendBytes(text, bytes);
    }

    private void date(String prefix, long seconds, String end) {
        dates.append(text, seconds);
        text.append(end).append('\n');
        if (raw) {
            text.append(prefix).append("\t(raw time value ").append(seconds).append(")\n");
        }
    }
}
