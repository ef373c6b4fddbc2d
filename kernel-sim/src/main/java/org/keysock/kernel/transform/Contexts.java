package org.keysock.kernel.transform;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.crypto.Protections;
import org.keysock.kernel.crypto.Suite;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.SaType;

/** Makes the contexts of SAs at their first packet, and keeps them at the SAs. */
final class Contexts {

    private Contexts() {}

    /** The context of an SA, null when there is no cryptography for what it asks for. */
    static @Nullable SaContext of(SecurityAssociation sa) {
        if (sa.prepared() instanceof SaContext ready && ready.current()) {
            return ready;
        }
        try {
            SaContext made = make(sa);
            sa.prepared(made);
            return made;
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private static SaContext make(SecurityAssociation sa) {
        SaSecrets secrets = sa.secrets();
        if (sa.protocol() == SaType.ESP) {
            Suite suite =
                    new Suite(
                            secrets.encrypt(),
                            secrets.encryptKey(),
                            secrets.saltBits(),
                            secrets.auth(),
                            secrets.authKey(),
                            secrets.icvBits(),
                            sa.details().packets().extendedSequence());
            return new SaContext(sa, Protections.esp(suite), null);
        }
        if (sa.protocol() == SaType.AH) {
            return new SaContext(
                    sa,
                    null,
                    Protections.integrity(secrets.auth(), secrets.authKey(), secrets.icvBits()));
        }
        return new SaContext(sa, null, null);
    }
}
