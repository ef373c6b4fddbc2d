package org.keysock.kernel.server;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our own errors, whatever they are: the loop goes on after each, for it serves others too. All are
 * counted, and each kind is told once, with its trace, so that whoever can cause one cannot fill
 * the log with it.
 */
final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private final Counters counters;
    private final Set<String> told = new HashSet<>();

    Faults(Counters counters) {
        this.counters = counters;
    }

    /**
     * One more.
     *
     * @param what what could not be done, for people
     */
    void note(String what, Throwable fault) {
        counters.faults++;
        try {
            if (told.add(kind(fault))) {
                LOG.error(what, fault);
            }
        } catch (RuntimeException | Error untold) {
            // what is broken may be what the log needs
        }
    }

    private static String kind(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return fault.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]);
    }
}
