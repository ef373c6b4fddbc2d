package org.keysock.kernel.engine.klips;

import java.util.ArrayList;
import java.util.List;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.Group;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.SadbMessage;

/**
 * X_GRPSA: klips.md section 3.6. Makes two SAs neighbours, the first inside the second, or takes a
 * whole group apart. All hear the request again, with references.
 */
final class Grouping implements KlipsVerb {

    private final Scratch scratch;

    Grouping(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SecurityAssociation inside = Checks.named(request, Errno.ENOENT, engine);
        SadbMessage message = request.message();
        if (message.has(ExtensionType.X_SATYPE2)
                || message.has(ExtensionType.X_GRP_SA2)
                || message.has(ExtensionType.X_ADDRESS_DST2)) {
            SecurityAssociation outside = second(message, engine);
            require(inside.outer() == null, inside + " has an outer neighbour");
            require(outside.inner() == null, outside + " has an inner neighbour");
            require(!Group.reaches(outside, inside), inside + " is outside already");
            engine.sadb().join(inside, outside);
        } else {
            engine.sadb().ungroup(inside);
        }
        return Outcome.of(Outcome.Event.CARRIED_OUT, request, 0);
    }

    /**
     * The second SA.
     *
     * @throws Refusal ENOENT, also when it is named in part only
     */
    private static SecurityAssociation second(SadbMessage message, KeyEngine engine)
            throws Refusal {
        KlipsExtension.SaType2 saType =
                message.find(ExtensionType.X_SATYPE2, KlipsExtension.SaType2.class);
        KlipsExtension.Sa2 named = message.find(ExtensionType.X_GRP_SA2, KlipsExtension.Sa2.class);
        if (saType == null || named == null || !message.has(ExtensionType.X_ADDRESS_DST2)) {
            throw new Refusal(
                    Errno.ENOENT, "X_GRP_SA2: the second SA needs X_SATYPE2 and X_ADDRESS_DST2");
        }
        SecurityAssociation sa =
                Checks.find(
                        saType.saType(),
                        named.sa(),
                        Checks.address(message, ExtensionType.X_ADDRESS_DST2),
                        engine);
        if (sa == null) {
            throw new Refusal(
                    Errno.ENOENT,
                    "X_GRP_SA2: there is no SA " + saType.saType() + " " + named.sa().spi());
        }
        return sa;
    }

    private static void require(boolean condition, String otherwise) throws Refusal {
        if (!condition) {
            throw new Refusal(Errno.EEXIST, "SA: " + otherwise);
        }
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        Request request = outcome.theRequest();
        List<Extension> parts = new ArrayList<>();
        for (Extension part : request.message().extensions()) {
            if (part instanceof Extension.Sa sa) {
                parts.add(scratch.first(sa));
            } else if (part instanceof KlipsExtension.Sa2 second) {
                parts.add(new KlipsExtension.Sa2(scratch.second(second.sa())));
            } else {
                parts.add(part);
            }
        }
        audience.all(SadbMessage.of(request.header().answered(), Ascending.of(parts)));
    }
}
