package org.keysock.kernel.engine.solaris;

import static org.keysock.pfkey.model.Errno.EINVAL;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Refusal;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** Small checks that several verbs make; each answers EINVAL with its diagnostic. */
final class Checks {

    private static final List<ExtensionType> SUPPORTED =
            List.of(ExtensionType.SUPPORTED_AUTH, ExtensionType.SUPPORTED_ENCRYPT);

    private Checks() {}

    /** EINVAL with that diagnostic, about an extension. */
    static Refusal invalid(ExtensionType extension, Diagnostic diagnostic) {
        return new Refusal(EINVAL, diagnostic, extension + ": " + diagnostic.wording());
    }

    /** EINVAL with that diagnostic, about an extension; {@code detail} says more to people. */
    static Refusal invalid(ExtensionType extension, Diagnostic diagnostic, String detail) {
        return new Refusal(EINVAL, diagnostic, reason(extension, diagnostic, detail));
    }

    /** What people are told of an extension. */
    static String reason(ExtensionType extension, Diagnostic diagnostic, String detail) {
        return extension + ": " + diagnostic.wording() + ": " + detail;
    }

    /** EINVAL with that diagnostic, about the base header. */
    static Refusal invalidHeader(Diagnostic diagnostic, Code seen) {
        return new Refusal(
                EINVAL, diagnostic, "base header: " + diagnostic.wording() + ": " + seen);
    }

    static void require(boolean condition, ExtensionType extension, Diagnostic diagnostic)
            throws Refusal {
        if (!condition) {
            throw invalid(extension, diagnostic);
        }
    }

    /** Details with values are for {@code invalid}: nothing is put together for right requests. */
    static void require(
            boolean condition, ExtensionType extension, Diagnostic diagnostic, String detail)
            throws Refusal {
        if (!condition) {
            throw invalid(extension, diagnostic, detail);
        }
    }

    static Address source(SadbMessage message) throws Refusal {
        return present(
                message.address(ExtensionType.ADDRESS_SRC),
                ExtensionType.ADDRESS_SRC,
                Diagnostic.MISSING_SRC);
    }

    static Address destination(SadbMessage message) throws Refusal {
        return present(
                message.address(ExtensionType.ADDRESS_DST),
                ExtensionType.ADDRESS_DST,
                Diagnostic.MISSING_DST);
    }

    static Extension.Sa sa(SadbMessage message) throws Refusal {
        return present(message.sa(), ExtensionType.SA, Diagnostic.MISSING_SA);
    }

    static <E extends Extension> E present(
            @Nullable E extension, ExtensionType type, Diagnostic missing) throws Refusal {
        if (extension == null) {
            throw invalid(type, missing);
        }
        return extension;
    }

    /** Whether AH or ESP serve this SA type. */
    static boolean served(SaType saType) {
        return saType == SaType.AH || saType == SaType.ESP;
    }

    /** The type must be AH or ESP: diagnostics 5 and 4. */
    static void requireServed(SaType saType) throws Refusal {
        if (saType == SaType.UNSPEC) {
            throw invalidHeader(Diagnostic.SATYPE_NEEDED, saType);
        }
        requireServedOrAll(saType);
    }

    /** The type must be AH, ESP or UNSPEC: diagnostic 4. */
    static void requireServedOrAll(SaType saType) throws Refusal {
        if (saType != SaType.UNSPEC && !served(saType)) {
            throw invalidHeader(Diagnostic.UNKNOWN_SATYPE, saType);
        }
    }

    /** A message that takes no extensions besides {@code allowed}: diagnostic 7. */
    static void requireNone(SadbMessage message, @Nullable Extension allowed) throws Refusal {
        for (Extension extension : message.extensions()) {
            if (extension != allowed) {
                throw invalid(extension.type(), Diagnostic.NO_EXT);
            }
        }
    }

    /** What no message that reaches AH or ESP may carry: solaris.md 3.2 step 5. */
    static void requireNoneUnwanted(SadbMessage message) throws Refusal {
        require(
                message.header().saType() != SaType.AH || !message.has(ExtensionType.KEY_ENCRYPT),
                ExtensionType.KEY_ENCRYPT,
                Diagnostic.EKEY_PRESENT);
        require(
                !message.has(ExtensionType.PROPOSAL),
                ExtensionType.PROPOSAL,
                Diagnostic.PROP_PRESENT);
        for (ExtensionType list : SUPPORTED) {
            require(!message.has(list), list, Diagnostic.SUPP_PRESENT);
        }
    }
}
