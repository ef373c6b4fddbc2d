package org.keysock.kernel.engine.solaris;

import java.util.ArrayList;
import java.util.List;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * Replies that repeat the request, its addresses already in normal form, with errno and diagnostic
 * 0: solaris.md 3.6 and 3.10.
 */
final class Echo {

    private Echo() {}

    /** As it was asked. */
    static SadbMessage whole(Request request) {
        return request.message().withHeader(request.header().answered());
    }

    /** Without keys, and with the SA's real flags: ADD and UPDATE. */
    static SadbMessage withoutKeys(Request request, SecurityAssociation sa) {
        List<Extension> parts = new ArrayList<>(request.message().size());
        for (Extension part : request.message().extensions()) {
            if (part instanceof Extension.Sa asked) {
                parts.add(
                        new Extension.Sa(
                                asked.spi(),
                                asked.replayWindow(),
                                asked.state(),
                                asked.auth(),
                                asked.encrypt(),
                                sa.flags()));
            } else if (part.type() != ExtensionType.KEY_AUTH
                    && part.type() != ExtensionType.KEY_ENCRYPT) {
                parts.add(part);
            }
        }
        return SadbMessage.of(request.header().answered(), parts);
    }

    /** With the SPI that was drawn in the place of the range: GETSPI. */
    static SadbMessage withSpi(Request request, SecurityAssociation sa) {
        List<Extension> parts = new ArrayList<>(request.message().size());
        for (Extension part : request.message().extensions()) {
            parts.add(part instanceof Extension.SpiRange ? Extension.Sa.of(sa.spi()) : part);
        }
        return SadbMessage.of(request.header().answered(), parts);
    }
}
