package org.keysock.kernel.engine.rfc2367;

import static org.keysock.kernel.engine.rfc2367.Layout.require;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Succession;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;

/**
 * UPDATE, RFC 2367 section 3.1.2. It makes a larval SA mature; of a grown one it changes nothing
 * but the limits, and a dying one is mature again. All hear of it, without keys.
 */
final class Update implements RfcVerb {

    private static final String CHANGES = " the SA has; UPDATE changes limits alone";

    private final GetSpi larval;

    Update(GetSpi larval) {
        this.larval = larval;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Layout.UPDATE.check(request.message());
        Submission.mature(request.message());
        SecurityAssociation old = Ends.namedSa(request, engine);
        require(old.state() != SaState.DEAD, "SA: the one there is DEAD");
        SecurityAssociation sa =
                old.state() == SaState.LARVAL
                        ? mature(old, request, engine)
                        : prolong(old, request, engine);
        Acquiring.answer(request, sa, engine);
        return Outcome.of(Outcome.Event.UPDATED, request, sa);
    }

    private SecurityAssociation mature(SecurityAssociation old, Request request, KeyEngine engine)
            throws Refusal {
        if (!larval.mayMature(old, request.asker(), engine)) {
            throw new Refusal(Errno.EACCES, "SA: another socket made this LARVAL one by GETSPI");
        }
        Submission submission = Submission.of(request);
        require(
                old.source().unspecified() || old.source().equals(submission.ends().from()),
                "ADDRESS_SRC: not that of the LARVAL SA");
        SecurityAssociation grown = submission.grown(old.home(), engine);
        Succession.of(old, grown, engine);
        return grown;
    }

    private static SecurityAssociation prolong(
            SecurityAssociation sa, Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        requireUnchanged(sa, message);
        @Nullable Lifetime hard = message.lifetime(ExtensionType.LIFETIME_HARD);
        @Nullable Lifetime soft = message.lifetime(ExtensionType.LIFETIME_SOFT);
        sa.state(SaState.MATURE);
        engine.limit(
                sa, hard == null ? sa.hard() : hard, soft == null ? sa.soft() : soft, sa.idle());
        return sa;
    }

    /** All that is given, besides limits, must be as it was. */
    private static void requireUnchanged(SecurityAssociation sa, SadbMessage message)
            throws Refusal {
        Extension.Sa given = Ends.present(message.sa(), ExtensionType.SA);
        SaSecrets secrets = sa.secrets();
        requireSame(Ends.of(message).from().equals(sa.source()), "ADDRESS_SRC: not the source");
        requireSame(given.auth() == secrets.auth(), "SA: not the authentication algorithm");
        requireSame(given.encrypt() == secrets.encrypt(), "SA: not the encryption algorithm");
        requireSame(given.replayWindow() == sa.replayWindow(), "SA: not the replay window");
        requireSame(
                given.flags().has(SaFlag.PFS) == sa.flags().has(SaFlag.PFS),
                "SA: not the flag PFS");
        requireSame(message, ExtensionType.KEY_AUTH, secrets.authKey());
        requireSame(message, ExtensionType.KEY_ENCRYPT, secrets.encryptKey());
        requireSame(message, ExtensionType.ADDRESS_PROXY, sa.details().proxy());
        requireSame(message, ExtensionType.IDENTITY_SRC, sa.details().sourceIdentity());
        requireSame(message, ExtensionType.IDENTITY_DST, sa.details().destinationIdentity());
        requireSame(message, ExtensionType.SENSITIVITY, sa.details().sensitivity());
    }

    private static void requireSame(boolean same, String what) throws Refusal {
        if (!same) {
            throw Refusal.invalid(what + CHANGES);
        }
    }

    private static void requireSame(SadbMessage message, ExtensionType type, KeyMaterial stored)
            throws Refusal {
        Extension.@Nullable Key given = message.key(type);
        if (given != null && !given.material().equals(stored)) {
            throw Refusal.invalid(type + ": not the key" + CHANGES);
        }
    }

    private static void requireSame(
            SadbMessage message, ExtensionType type, @Nullable Extension stored) throws Refusal {
        Extension given = message.find(type);
        if (given != null && !given.equals(stored)) {
            throw Refusal.invalid(type + ": not what" + CHANGES);
        }
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                Description.of(
                                MessageType.UPDATE,
                                outcome.header(MessageType.UPDATE),
                                outcome.theSa())
                        .association()
                        .limits()
                        .current()
                        .ends()
                        .proxy()
                        .names()
                        .message());
    }
}
