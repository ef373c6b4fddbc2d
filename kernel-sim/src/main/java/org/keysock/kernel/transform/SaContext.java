package org.keysock.kernel.transform;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.crypto.EspProtection;
import org.keysock.kernel.crypto.Integrity;
import org.keysock.kernel.sadb.ReplayWindow;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;

/**
 * What the packet path keeps ready of one SA in one direction: made at its first packet, used by
 * one thread. Keys are inside {@link EspProtection} and {@link Integrity} alone.
 */
final class SaContext {

    /** How much of a packet the SA protects. */
    enum Mode {
        /** What the IP header carries. */
        TRANSPORT,
        /** The whole packet, in a new IP header. */
        TUNNEL,
        /** What the IP header carries, between other addresses than the SA's: BEET. */
        BEET
    }

    private static final Mode[] MODES = Mode.values();

    /** X_NAT_T_TYPE 1: eight zero bytes precede ESP, on IKE's old port. */
    static final int NON_IKE = 1;

    /** In place of a number that a packet may have: the very last, which nobody reaches. */
    static final long REFUSED = -1;

    private static final long LAST_SHORT = 0xffff_ffffL;

    /** Packets of the window with which extended numbers are told that have none: section 3.3.3. */
    private static final int SMALLEST_EXTENDED_WINDOW = 32;

    private static final int LARGEST_WINDOW = 4096;

    final SecurityAssociation sa;
    final @Nullable EspProtection protection;
    final @Nullable Integrity integrity;
    final Mode mode;
    final int spi;

    /** Whether the SA's ends are IPv6 addresses. */
    final boolean six;

    final long sourceHigh;
    final long sourceLow;
    final long destinationHigh;
    final long destinationLow;

    /** The addresses of packets before BEET changed them, null where nothing says. */
    final @Nullable IpAddress innerSource;

    final @Nullable IpAddress innerDestination;

    /** Whether sequence numbers have 64 bits. */
    final boolean extended;

    /** Bytes to which a tunnel's payload is filled up. */
    final int tfcLength;

    final boolean noEcn;
    final boolean noPathMtu;
    final boolean decapDscp;

    /** 0, {@link #NON_IKE} or {@link SaDetails#IN_UDP}. */
    final int encapsulation;

    final int sourcePort;
    final int destinationPort;

    /** What AH's length is a multiple of over IPv4: 4 by the RFC, 8 on Linux. */
    final int ahAlignment;

    /** Who counts its packets. */
    final Charge charge;

    /** What its home does otherwise than others. */
    final Customs customs;

    private final SaDetails details;
    private final SaUse use;
    private boolean sends;

    /**
     * The context of an SA.
     *
     * @param protection what ESP does, null for other protocols
     * @param integrity what AH does, null for other protocols
     */
    SaContext(
            SecurityAssociation sa,
            @Nullable EspProtection protection,
            @Nullable Integrity integrity) {
        this.sa = sa;
        this.protection = protection;
        this.integrity = integrity;
        details = sa.details();
        use = sa.ownUse();
        charge = new Charge(sa);
        customs = Customs.of(sa.home());
        spi = sa.spi().value();
        six = sa.destination() instanceof Ipv6Address;
        sourceHigh = high(sa.source());
        sourceLow = low(sa.source());
        destinationHigh = high(sa.destination());
        destinationLow = low(sa.destination());
        innerSource = address(details.proxy());
        innerDestination = address(details.innerDestination());
        mode = MODES[sa.mode() - 1];
        extended = details.packets().extendedSequence();
        tfcLength = details.packets().tfcLength();
        SaFlags flags = sa.flags();
        noEcn = flags.has(SaFlag.NOECN);
        noPathMtu = flags.has(SaFlag.NOPMTUDISC);
        decapDscp = flags.has(SaFlag.DECAP_DSCP);
        encapsulation = details.udpForm();
        sourcePort = details.udpSourcePort();
        destinationPort = details.udpDestinationPort();
        ahAlignment = sa.home() == DialectName.LINUX ? 8 : 4;
    }

    /** Whether the SA is still as it was when this was made. */
    boolean current() {
        return details == sa.details();
    }

    /** The number of the next packet that leaves, 0 when there is none left. */
    long nextSequence() {
        long last = use.sequence();
        return !extended && (last & LAST_SHORT) == LAST_SHORT ? 0 : last + 1;
    }

    /** A packet of that number leaves. */
    void sent(long sequence) {
        use.sequence(sequence);
        sends = true;
    }

    /**
     * The number that the bits of an arrived packet stand for, if it is one to go on with.
     *
     * @return 64 bits; {@link #REFUSED} when such a packet was received before, cannot be or is too
     *     old, which is counted
     */
    long arriving(int low) {
        ReplayWindow window = window();
        if (window == null) {
            return Integer.toUnsignedLong(low);
        }
        long sequence = extended ? window.extended(low) : Integer.toUnsignedLong(low);
        if (window.acceptable(sequence)) {
            return sequence;
        }
        use.replayed();
        return REFUSED;
    }

    /** A packet of that number has been authenticated. */
    void received(long sequence) {
        ReplayWindow window = use.window();
        if (window != null) {
            window.received(sequence);
            use.sequence(Math.max(use.sequence(), window.highest()));
        }
    }

    /** Counts a packet whose integrity check value was wrong. */
    Fate forged() {
        use.forged();
        return Fate.AUTHENTICATION;
    }

    /** Counts a packet whose ciphertext is not whole blocks. */
    Fate misSized() {
        use.misSized();
        return Fate.BLOCK_SIZE;
    }

    /** Counts a packet whose padding was wrong. */
    Fate misPadded() {
        use.misPadded();
        return Fate.PADDING;
    }

    /** Counts what compression did. */
    void compressed(int before, int after) {
        use.compressed(before, after);
    }

    private @Nullable ReplayWindow window() {
        ReplayWindow window = use.window();
        int size =
                extended
                        ? Math.max(sa.replayWindow(), SMALLEST_EXTENDED_WINDOW)
                        : sa.replayWindow();
        if (window == null && size > 0) {
            // an SA that sends, too, has received nothing yet: both ends are one emulator
            long received = sends ? 0 : use.sequence();
            window = new ReplayWindow(Math.min(size, LARGEST_WINDOW), received);
            use.window(window);
        }
        return window;
    }

    private static @Nullable IpAddress address(@Nullable Address extension) {
        return extension == null ? null : extension.sockaddr().address();
    }

    static long high(IpAddress address) {
        return address instanceof Ipv6Address six ? six.high() : 0;
    }

    static long low(IpAddress address) {
        return address instanceof Ipv6Address six
                ? six.low()
                : Integer.toUnsignedLong(((Ipv4Address) address).bits());
    }
}
