package org.keysock.kernel.engine.solaris;

import static org.keysock.pfkey.model.Errno.EINVAL;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Refusal;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** Small checks that several verbs make; each answers EINVAL with its diagnostic. */
final class Checks {

    private Checks() {}

    /** EINVAL with that diagnostic. */
    static Refusal invalid(Diagnostic diagnostic) {
        return new Refusal(EINVAL, diagnostic);
    }

    static void require(boolean condition, Diagnostic diagnostic) throws Refusal {
        if (!condition) {
            throw invalid(diagnostic);
        }
    }

    static Address source(SadbMessage message) throws Refusal {
        return present(message.address(ExtensionType.ADDRESS_SRC), Diagnostic.MISSING_SRC);
    }

    static Address destination(SadbMessage message) throws Refusal {
        return present(message.address(ExtensionType.ADDRESS_DST), Diagnostic.MISSING_DST);
    }

    static Extension.Sa sa(SadbMessage message) throws Refusal {
        return present(message.sa(), Diagnostic.MISSING_SA);
    }

    static <E extends Extension> E present(@Nullable E extension, Diagnostic missing)
            throws Refusal {
        if (extension == null) {
            throw invalid(missing);
        }
        return extension;
    }

    /** Whether AH or ESP serve this SA type. */
    static boolean served(SaType saType) {
        return saType == SaType.AH || saType == SaType.ESP;
    }

    /** The type must be AH or ESP: diagnostics 5 and 4. */
    static void requireServed(SaType saType) throws Refusal {
        require(saType != SaType.UNSPEC, Diagnostic.SATYPE_NEEDED);
        require(served(saType), Diagnostic.UNKNOWN_SATYPE);
    }

    /** What no message that reaches AH or ESP may carry: solaris.md 3.2 step 5. */
    static void requireNoneUnwanted(SadbMessage message) throws Refusal {
        require(
                message.header().saType() != SaType.AH || !message.has(ExtensionType.KEY_ENCRYPT),
                Diagnostic.EKEY_PRESENT);
        require(!message.has(ExtensionType.PROPOSAL), Diagnostic.PROP_PRESENT);
        require(
                !message.has(ExtensionType.SUPPORTED_AUTH)
                        && !message.has(ExtensionType.SUPPORTED_ENCRYPT),
                Diagnostic.SUPP_PRESENT);
    }
}
