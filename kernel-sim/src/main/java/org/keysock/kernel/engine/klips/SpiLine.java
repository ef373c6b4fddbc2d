package org.keysock.kernel.engine.klips;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.sadb.InitialVector;
import org.keysock.kernel.sadb.ReplayWindow;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.sadb.TunnelPolicy;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.text.KlipsAddressText;
import org.keysock.pfkey.text.SaidText;

/**
 * An SA as a line of {@code ipsec_spi}: klips.md section 6.2, whose rows the methods follow one
 * after the other. Each field brings its own leading blank; inside {@code life} there is none.
 */
final class SpiLine {

    /** How often an SA is allocated: what KLIPS counts at ADD, and nothing more after that. */
    private static final long ALLOCATIONS = 1;

    /** References to an SA that is being printed, without those of its neighbours. */
    private static final int HOLDERS = 3;

    /** KLIPS keeps references in tables of 256 entries. */
    private static final int REFERENCE_BITS = 8;

    private static final String[] ENCAPSULATIONS = {"none", "nonike", "nonesp"};

    /** Bits of the flags' word, from the second on; the first is said by {@code dir}. */
    private static final SaFlag[] FLAGS = {
        SaFlag.X_REPLACEFLOW, SaFlag.X_CLEARFLOW, SaFlag.X_INFLOW, SaFlag.X_POLICYONLY
    };

    private final TableForm form;
    private final Now now;
    private final boolean debugging;
    private final StringBuilder line = new StringBuilder(256);

    /**
     * Lines that tell ages as of that moment.
     *
     * @param debugging whether the place of the reference is told too
     */
    SpiLine(TableForm form, Now now, boolean debugging) {
        this.form = form;
        this.now = now;
        this.debugging = debugging;
    }

    /** The line of an SA. */
    String of(SecurityAssociation sa, boolean inbound) {
        line.setLength(0);
        line.append(said(sa, form)).append(' ');
        line.append(TransformName.of(sa, form)).append(':');
        line.append(inbound ? " dir=in" : " dir=out");
        line.append(inbound && form.kernel() ? " " : "");
        line.append(" src=").append(KlipsAddressText.format(sa.source()));
        Algorithm cipher = TransformName.row(sa.secrets().encrypt());
        Algorithm authentication = TransformName.row(sa.secrets().auth());
        policy(sa);
        initialVector(sa.details().initialVector(), inbound);
        if (cipher != null || authentication != null) {
            received(sa);
        }
        flags(sa);
        unlessZero(" alen=", authentication == null ? 0 : authentication.maxBits());
        unlessZero(" aklen=", sa.secrets().authBits());
        unlessZero(" auth_errs=", sa.use().authenticationErrors());
        unlessZero(" eklen=", sa.secrets().encryptBits());
        unlessZero(" encr_size_errs=", sa.use().sizeErrors());
        unlessZero(" encr_pad_errs=", sa.use().paddingErrors());
        if (form == TableForm.LIBRESWAN) {
            line.append(" jiffies=").append(now.millis());
        }
        life(sa);
        if (sa.use().used()) {
            line.append(" idle=").append(since(sa.use().lastUse()));
        }
        ratio(sa);
        if (form.kernel()) {
            tail(sa);
        }
        return line.toString();
    }

    /** An SA's name. */
    static String said(SecurityAssociation sa, TableForm form) {
        return SaidText.format(new Said(sa.protocol(), sa.spi(), sa.destination()), form.saids());
    }

    private void unlessZero(String label, long value) {
        if (value != 0) {
            line.append(label).append(Long.toUnsignedString(value));
        }
    }

    private void policy(SecurityAssociation sa) {
        TunnelPolicy policy = sa.details().tunnelPolicy();
        if (policy != null && sa.protocol() == SaType.X_IPIP) {
            line.append(" policy=");
            network(policy.source(), policy.sourcePrefix());
            line.append("->");
            network(policy.destination(), policy.destinationPrefix());
        }
    }

    private void network(IpAddress address, int prefix) {
        line.append(KlipsAddressText.format(address)).append('/').append(prefix);
    }

    /** The manual page shows none of an SA whose packets bring their own. */
    private void initialVector(@Nullable InitialVector vector, boolean inbound) {
        boolean shown = vector != null && (form.kernel() || !(inbound || vector.zero()));
        if (vector != null && shown) {
            line.append(" iv_bits=").append(vector.bits()).append("bits iv=0x").append(vector);
        }
    }

    private void received(SecurityAssociation sa) {
        SaUse use = sa.use();
        ReplayWindow window = use.window();
        unlessZero(" ooowin=", sa.replayWindow());
        unlessZero(" ooo_errs=", use.replayErrors());
        unlessZero(" seq=", use.sequence());
        if (window != null && window.bits() != 0) {
            line.append(" bit=0x").append(Long.toHexString(window.bits()));
        }
        unlessZero(" max_seq_diff=", window == null ? 0 : window.largestGap());
    }

    private void flags(SecurityAssociation sa) {
        int word = 0;
        for (int index = 0; index < FLAGS.length; index++) {
            word |= sa.flags().has(FLAGS[index]) ? 2 << index : 0;
        }
        if (word != 0) {
            line.append(" flags=0x").append(Integer.toHexString(word)).append("<>");
        }
    }

    private void life(SecurityAssociation sa) {
        SaUse use = sa.use();
        line.append(" life(c,s,h)=");
        counter("alloc", sa, ALLOCATIONS, each -> Integer.toUnsignedLong(each.allocations()));
        counter("bytes", sa, use.bytes(), Lifetime::bytes);
        time(form.added(), sa, since(sa.addedWall()), true, Lifetime::addTime);
        long sinceUse = use.used() ? since(use.firstUse()) : sinceNever();
        time(form.used(), sa, sinceUse, use.used(), Lifetime::useTime);
        counter("packets", sa, use.packets(), each -> Integer.toUnsignedLong(each.packets()));
    }

    /** Seconds since the moment 0, when the machine was started: what a kernel makes of it. */
    private long sinceNever() {
        return form.kernel() ? now.millis() / 1000 : 0;
    }

    private void counter(
            String label, SecurityAssociation sa, long count, ToLongFunction<Lifetime> of) {
        time(label, sa, count, Long.compareUnsigned(count, 1) > 0, of);
    }

    private void time(
            String label,
            SecurityAssociation sa,
            long current,
            boolean telling,
            ToLongFunction<Lifetime> of) {
        long soft = limit(sa.soft(), of);
        long hard = limit(sa.hard(), of);
        if (telling || soft != 0 || hard != 0) {
            line.append(label).append('(').append(Long.toUnsignedString(current));
            line.append(',').append(Long.toUnsignedString(soft));
            line.append(',').append(Long.toUnsignedString(hard)).append(')');
        }
    }

    private static long limit(@Nullable Lifetime lifetime, ToLongFunction<Lifetime> of) {
        return lifetime == null ? 0 : of.applyAsLong(lifetime);
    }

    /** Seconds since a moment of the wall clock, which may have been set back. */
    private long since(long wallSeconds) {
        return Math.max(0, now.wallSeconds() - wallSeconds);
    }

    private void ratio(SecurityAssociation sa) {
        long plain = sa.use().plainBytes();
        long compressed = sa.use().compressedBytes();
        if (sa.protocol() == SaType.X_IPCOMP && (plain != 0 || compressed != 0)) {
            line.append(" ratio=").append(plain).append(':').append(compressed);
        }
    }

    private void tail(SecurityAssociation sa) {
        SaDetails details = sa.details();
        int type = details.encapsulation();
        boolean named = type >= 0 && type < ENCAPSULATIONS.length;
        line.append(" natencap=").append(named ? ENCAPSULATIONS[type] : "unknown");
        line.append(" natsport=").append(details.natSourcePort());
        line.append(" natdport=").append(details.natDestinationPort());
        int neighbours = (sa.inner() == null ? 0 : 1) + (sa.outer() == null ? 0 : 1);
        line.append(" refcount=").append(HOLDERS + neighbours);
        line.append(" ref=").append(Integer.toUnsignedString(sa.reference()));
        line.append(form.modern() ? " refhim=0" : "");
        if (debugging) {
            line.append(" reftable=").append(sa.reference() >>> REFERENCE_BITS);
            line.append(" refentry=").append(sa.reference() & (1 << REFERENCE_BITS) - 1);
        }
    }
}
