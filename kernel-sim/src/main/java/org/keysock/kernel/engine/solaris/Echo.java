package org.keysock.kernel.engine.solaris;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.SadbMessage;

/**
 * Replies that repeat the request, its addresses already in normal form and without any key, with
 * errno and diagnostic 0: solaris.md 3.6 and 3.10.
 */
final class Echo {

    private Echo() {}

    /** As it was asked. */
    static SadbMessage plain(Request request) {
        return echo(request, part -> part);
    }

    /** With the SA's real flags: ADD and UPDATE. */
    static SadbMessage withFlags(Request request, SecurityAssociation sa) {
        return echo(
                request,
                part ->
                        part instanceof Extension.Sa asked
                                ? new Extension.Sa(
                                        asked.spi(),
                                        asked.replayWindow(),
                                        asked.state(),
                                        asked.auth(),
                                        asked.encrypt(),
                                        sa.flags())
                                : part);
    }

    /** With the SPI that was drawn in the place of the range: GETSPI. */
    static SadbMessage withSpi(Request request, SecurityAssociation sa) {
        return echo(
                request,
                part -> part instanceof Extension.SpiRange ? Extension.Sa.of(sa.spi()) : part);
    }

    private static SadbMessage echo(Request request, UnaryOperator<Extension> change) {
        List<Extension> parts = new ArrayList<>(request.message().size());
        for (Extension part : request.message().extensions()) {
            if (!(part instanceof Extension.Key)) {
                parts.add(change.apply(part));
            }
        }
        return SadbMessage.of(request.header().answered(), parts);
    }
}
