package org.keysock.kernel.sadb;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/**
 * The security association database, RFC 4301 section 4.4.2. An SA is unique by protocol,
 * destination and SPI (decisions.md 9). Owned by one thread.
 */
public interface Sadb {

    /**
     * Adds an SA as the newest.
     *
     * @return false when protocol, destination and SPI are taken; nothing is changed then
     */
    boolean insert(SecurityAssociation sa);

    /** Takes an SA out and unpairs it; its keys stay readable until {@link #forget}. */
    void remove(SecurityAssociation sa);

    /** Overwrites the keys of an SA that was removed and has been told of. */
    void forget(SecurityAssociation sa);

    /** The SA of that identity, or null. */
    @Nullable SecurityAssociation find(SaType protocol, IpAddress destination, Spi spi);

    /** Whether any SA of the protocol has that SPI, whatever its destination. */
    boolean spiInUse(SaType protocol, Spi spi);

    /** Number of SAs. */
    int size();

    /** Number of SAs of a protocol. */
    int size(SaType protocol);

    /** A walk over all SAs, or those of one protocol ({@link SaType#UNSPEC} for all). */
    Walk walk(SaType protocol, Order order);

    /** In which order a walk goes. */
    enum Order {
        /** Oldest first: KLIPS, RFC 2367. */
        INSERTION,
        /** Newest first: Linux. */
        NEWEST_FIRST,
        /** AH before ESP before others; in each IPv4 outbound, inbound, then IPv6: Solaris. */
        SHELVES
    }

    /**
     * A walk that stands still between steps while the database changes under it: it shows each SA
     * at most once, none that was removed before its turn, and none that was inserted after the
     * walk began. Must be closed.
     */
    interface Walk extends AutoCloseable {

        /** The next SA, or null at the end. */
        @Nullable SecurityAssociation next();

        @Override
        void close();
    }

    /** (Re)computes when this SA's time limits must next be looked at. */
    void schedule(SecurityAssociation sa, long dueMillis);

    /** Takes an SA out of the schedule. */
    void unschedule(SecurityAssociation sa);

    /** The earliest moment at which {@link #due} may find something; Long.MAX_VALUE for never. */
    long nextDue();

    /** Hands over every SA whose moment has come, each unscheduled first, in order of moment. */
    void due(long nowMillis, Consumer<SecurityAssociation> visitor);
}
