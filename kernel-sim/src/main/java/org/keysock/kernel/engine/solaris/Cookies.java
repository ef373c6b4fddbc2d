package org.keysock.kernel.engine.solaris;

import static org.keysock.kernel.engine.solaris.Checks.require;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.KmCookie;

/** Key management protocol and cookie of an SA: solaris.md 1.9.12 and 3.7 step 8. */
final class Cookies {

    private static final int IKE = 1;
    private static final int IKEV2 = 3;
    private static final long IKE_COOKIE = 0xffff_ffffL;

    private Cookies() {}

    /** The cookie that the message gives, as it is kept: IKE's has 32 bits. */
    static @Nullable KmCookie stored(SadbMessage message) {
        KmCookie given = message.find(ExtensionType.X_KM_COOKIE, KmCookie.class);
        if (given == null || (given.protocol() == 0 && given.cookie() == 0)) {
            return null;
        }
        return given.protocol() == IKE ? new KmCookie(IKE, given.cookie() & IKE_COOKIE) : given;
    }

    /** An SA keeps its key manager, and its cookie unless that is IKEv2's; 0 never conflicts. */
    static void requireCompatible(SecurityAssociation sa, SadbMessage message) throws Refusal {
        KmCookie asked = stored(message);
        KmCookie held = sa.details().cookie();
        if (asked == null || held == null) {
            return;
        }
        if (asked.protocol() != 0 && held.protocol() != 0 && asked.protocol() != held.protocol()) {
            throw Checks.invalid(
                    ExtensionType.X_KM_COOKIE,
                    Diagnostic.DUPLICATE_KMP,
                    asked.protocol() + ", that of the SA is " + held.protocol());
        }
        require(
                asked.cookie() == 0
                        || held.cookie() == 0
                        || asked.cookie() == held.cookie()
                        || held.protocol() == IKEV2,
                ExtensionType.X_KM_COOKIE,
                Diagnostic.DUPLICATE_KMC);
    }

    /** Stores what the message gives. */
    static void change(SecurityAssociation sa, SadbMessage message) {
        KmCookie asked = stored(message);
        if (asked == null) {
            return;
        }
        KmCookie held = sa.details().cookie();
        KmCookie changed =
                held == null
                        ? asked
                        : new KmCookie(
                                asked.protocol() != 0 ? asked.protocol() : held.protocol(),
                                asked.cookie() != 0 ? asked.cookie() : held.cookie());
        sa.details(sa.details().withCookie(changed));
    }

    /** Whether a cookie to select by matches that of an SA: 0 and none match all. */
    static boolean selects(@Nullable KmCookie wanted, SecurityAssociation sa) {
        if (wanted == null) {
            return true;
        }
        KmCookie held = sa.details().cookie();
        int protocol = held == null ? 0 : held.protocol();
        long cookie = held == null ? 0 : held.cookie();
        return (wanted.protocol() == 0 || wanted.protocol() == protocol)
                && (wanted.cookie() == 0 || wanted.cookie() == cookie);
    }
}
