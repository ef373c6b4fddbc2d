package org.keysock.kernel.engine.linux;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Directions;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.SpiChoice;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.SpiRange;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/**
 * GETSPI: section 8.4. The asker alone hears of it. What it answers is no longer shown as waiting,
 * but as the larval SA that it has become. Unlike that kernel, a failure leaves no larval SA
 * behind, and SPI 0 is never given out (decisions.md 14).
 */
final class GetSpi implements LinuxVerb {

    private static final SpiRange ANY = new SpiRange(new Spi(0x100), new Spi(0x0fffffff));
    private static final long HIGHEST_CPI = 0xffff;

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        Checks.Ends ends = Checks.ends(message);
        SaType saType = request.header().saType();
        if (!Checks.isProtocol(saType)) {
            throw Refusal.invalid(Reasons.saType(saType, Checks.PROTOCOL_NAMES));
        }
        @Nullable Sa2 sa2 = message.find(ExtensionType.X_SA2, Sa2.class);
        int mode = Checks.mode(sa2);
        SpiRange given = message.find(ExtensionType.SPIRANGE, SpiRange.class);
        SpiRange range = given == null ? ANY : given;
        if (range.min().compareTo(range.max()) > 0) {
            throw Refusal.invalid(Reasons.reversed(range.min(), range.max()));
        }
        if (saType == SaType.X_IPCOMP && range.max().unsigned() > HIGHEST_CPI) {
            throw Refusal.invalid(
                    "SPIRANGE: up to " + range.max() + ", an index of X_IPCOMP has 16 bits");
        }
        Spi spi =
                SpiChoice.draw(
                        range.min(),
                        range.max(),
                        engine.settings().random(),
                        drawn -> drawn.value() == 0 || engine.sadb().spiInUse(saType, drawn));
        if (spi == null) {
            throw new Refusal(Errno.ENOENT, Reasons.noSpiFree(saType, range.min(), range.max()));
        }
        int reqid = sa2 == null ? 0 : sa2.reqid();
        Acquire wanted =
                Waiting.answeredBy(request.header().sequence(), saType, ends, mode, reqid, engine);
        SecurityAssociation sa =
                wanted == null
                        ? larval(
                                saType,
                                spi,
                                ends,
                                details(mode, reqid, null),
                                request.now(),
                                engine)
                        : larval(
                                saType,
                                spi,
                                ends(wanted),
                                details(wanted.demand().mode(), wanted.demand().reqid(), null),
                                wanted.made(),
                                engine);
        if (!engine.insert(sa)) {
            throw new IllegalStateException("not free: " + sa);
        }
        if (wanted != null) {
            engine.acquires().progress(wanted, Acquire.Progress.BEGUN);
        }
        return Outcome.of(Outcome.Event.LARVAL, request, sa);
    }

    private static Checks.Ends ends(Acquire wanted) throws Refusal {
        return new Checks.Ends(
                Checks.address(wanted.source()), Checks.address(wanted.destination()));
    }

    /** One that has lived since that moment. */
    private static SecurityAssociation larval(
            SaType saType,
            Spi spi,
            Checks.Ends ends,
            SaDetails details,
            Now since,
            KeyEngine engine) {
        SecurityAssociation sa =
                new SecurityAssociation(
                        DialectName.LINUX,
                        saType,
                        spi,
                        ends.source(),
                        ends.destination(),
                        Directions.between(engine.settings(), ends.source(), ends.destination()),
                        SaState.LARVAL,
                        SaFlags.NONE,
                        0,
                        SaSecrets.NONE,
                        details,
                        since.wallSeconds(),
                        since.millis());
        sa.limits(Waiting.life(engine), null, null);
        return sa;
    }

    /** What few SAs have, of a larval one. */
    static SaDetails details(int mode, int reqid, @Nullable Address inner) {
        return mode == Checks.TRANSPORT && reqid == 0 && inner == null
                ? SaDetails.NONE
                : new SaDetails(
                        0, 0, 0, inner, null, null, null, 0, 0, 0, mode, reqid, null, null, null,
                        null, null, null);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.asker(
                StateMessage.whole(
                        MessageType.GETSPI,
                        outcome.theRequest().header(),
                        outcome.theSa(),
                        audience.engine()));
    }
}
