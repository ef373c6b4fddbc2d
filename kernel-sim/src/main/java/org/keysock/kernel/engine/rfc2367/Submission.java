package org.keysock.kernel.engine.rfc2367;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Directions;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.Extension.Sensitivity;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** What ADD, and UPDATE of a larval SA, submit: checked whole before anything is done. */
record Submission(Request request, Extension.Sa sa, Ends ends, SaSecrets secrets) {

    /**
     * Checks what a message submits, its layout having been checked.
     *
     * @throws Refusal EINVAL
     */
    static Submission of(Request request) throws Refusal {
        SadbMessage message = request.message();
        SaType saType = request.header().saType();
        Extension.Sa sa = mature(message);
        Ends ends = Ends.of(message);
        SaSecrets secrets = Algorithms.chosen(saType, message);
        Identities.check(message, ends);
        return new Submission(request, sa, ends, secrets);
    }

    /**
     * The SA extension, which must say MATURE: sections 3.1.2 and 3.1.3.
     *
     * @throws Refusal EINVAL when it says anything else, has strange flags, or the SA type is not
     *     served
     */
    static Extension.Sa mature(SadbMessage message) throws Refusal {
        Layout.requireServed(message.header().saType());
        Extension.Sa sa = Ends.present(message.sa(), ExtensionType.SA);
        if (sa.state() != SaState.MATURE) {
            throw Refusal.invalid("SA: state " + sa.state() + ", not MATURE");
        }
        if (sa.flags().strange() != 0) {
            throw Refusal.invalid(
                    "SA: flags 0x" + Integer.toHexString(sa.flags().strange()) + " mean nothing");
        }
        return sa;
    }

    /** The SA as submitted, in no database yet. */
    SecurityAssociation grown(DialectName home, KeyEngine engine) {
        SadbMessage message = request.message();
        SecurityAssociation grown =
                new SecurityAssociation(
                        home,
                        request.header().saType(),
                        sa.spi(),
                        ends.from(),
                        ends.to(),
                        Directions.between(engine.settings(), ends.from(), ends.to()),
                        SaState.MATURE,
                        sa.flags(),
                        sa.replayWindow(),
                        secrets,
                        details(message),
                        request.now().wallSeconds(),
                        request.now().millis());
        grown.limits(
                message.lifetime(ExtensionType.LIFETIME_HARD),
                message.lifetime(ExtensionType.LIFETIME_SOFT),
                null);
        return grown;
    }

    private SaDetails details(SadbMessage message) {
        int protocol = ends.source().protocol() | ends.destination().protocol();
        @Nullable Address proxy = message.address(ExtensionType.ADDRESS_PROXY);
        @Nullable Identity from = message.find(ExtensionType.IDENTITY_SRC, Identity.class);
        @Nullable Identity to = message.find(ExtensionType.IDENTITY_DST, Identity.class);
        @Nullable Sensitivity label = message.find(ExtensionType.SENSITIVITY, Sensitivity.class);
        SaDetails details =
                new SaDetails(
                        protocol,
                        ends.source().port(),
                        ends.destination().port(),
                        proxy,
                        null,
                        null,
                        null,
                        0,
                        0,
                        0,
                        0,
                        0,
                        from,
                        to,
                        label,
                        null,
                        null,
                        null);
        return details.equals(SaDetails.NONE) ? SaDetails.NONE : details;
    }
}
