package org.keysock.tools.ipseckey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.tools.cli.Dates;

/** Shows the lifetimes of a message, which stand together at its end: solaris.md 5.1. */
final class LifetimePrinter {

    /** The words of a kind of limits, put together once for the many SAs of a dump. */
    private enum Kind {
        SOFT("SLT: ", "Soft"),
        HARD("HLT: ", "Hard"),
        IDLE("ILT: ", "Idle");

        private final String prefix;
        private final String heading;
        private final String occurs;
        private final String occurred;
        private final String end;
        private final String afterAdd;

        Kind(String prefix, String name) {
            this.prefix = prefix;
            heading = prefix + name + " lifetime information:\n" + prefix;
            occurs = prefix + name + " expiration occurs in ";
            occurred = prefix + name + " expiration occurred\n";
            end = prefix + "Time of expiration: ";
            afterAdd = "post-add lifetime.\n" + prefix;
        }
    }

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
            limits(Kind.SOFT, soft);
        }
        if (hard != null) {
            limits(Kind.HARD, hard);
        }
        if (idle != null) {
            text.append(Kind.IDLE.heading);
            times(Kind.IDLE, idle);
        }
    }

    private void current(Lifetime used) {
        text.append("CLT: Current lifetime information:\nCLT: ");
        bytes(used.bytes());
        text.append("protected, ");
        text.append(Integer.toUnsignedLong(used.allocations())).append(" allocations used.\n");
        text.append("CLT: SA added at time: ");
        date("CLT: ", used.addTime(), "");
        if (used.useTime() != 0) {
            text.append("CLT: SA first used at time ");
            date("CLT: ", used.useTime(), "");
        }
        text.append("CLT: Time now is ");
        date("CLT: ", now, "");
    }

    private void limits(Kind kind, Lifetime limit) {
        text.append(kind.heading);
        bytes(limit.bytes());
        text.append("of lifetime, ").append(Integer.toUnsignedLong(limit.allocations()));
        text.append(" allocations.\n").append(kind.prefix);
        times(kind, limit);
        Lifetime used = current;
        if (used == null) {
            return;
        }
        if (limit.bytes() != 0) {
            boolean over = Long.compareUnsigned(used.bytes(), limit.bytes()) >= 0;
            text.append(kind.prefix);
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
        if (end >= now) {
            text.append(kind.occurs).append(end - now).append(" seconds");
            int before = text.length();
            if (Amounts.appendSeconds(text, end - now)) {
                text.insert(before, ' ');
            }
            text.append('\n');
        } else {
            text.append(kind.occurred);
        }
        text.append(kind.end);
        date(kind.prefix, end, ".");
    }

    /** Shows the limits of time; the prefix of the first line is there. */
    private void times(Kind kind, Lifetime limit) {
        seconds(limit.addTime(), kind.afterAdd);
        seconds(limit.useTime(), "post-use lifetime.\n");
    }

    private void seconds(long seconds, String end) {
        unsigned(seconds);
        text.append(" seconds ");
        text.append(Amounts.appendSeconds(text, seconds) ? " of " : "of ").append(end);
    }

    private void unsigned(long value) {
        if (value >= 0) {
            text.append(value);
        } else {
            text.append(Long.toUnsignedString(value));
        }
    }

    private void bytes(long bytes) {
        unsigned(bytes);
        text.append(" bytes ");
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
