package org.keysock.kernel.engine.rfc2367;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_PROXY;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;
import static org.keysock.pfkey.model.ExtensionType.IDENTITY_DST;
import static org.keysock.pfkey.model.ExtensionType.IDENTITY_SRC;
import static org.keysock.pfkey.model.ExtensionType.KEY_AUTH;
import static org.keysock.pfkey.model.ExtensionType.KEY_ENCRYPT;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_CURRENT;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_HARD;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_SOFT;
import static org.keysock.pfkey.model.ExtensionType.PROPOSAL;
import static org.keysock.pfkey.model.ExtensionType.SA;
import static org.keysock.pfkey.model.ExtensionType.SENSITIVITY;
import static org.keysock.pfkey.model.ExtensionType.SPIRANGE;
import static org.keysock.pfkey.model.ExtensionType.X_ENCLOSED;
import static org.keysock.pfkey.model.ExtensionType.X_KMPRIVATE;

import java.util.List;
import java.util.Set;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * Which extensions a request must and may have: the tables "user to kernel" of RFC 2367 section
 * 3.1. Unknown extensions and X_KMPRIVATE are always let pass and never looked at.
 */
record Layout(List<ExtensionType> required, List<ExtensionType> optional) {

    static final Layout BASE = new Layout(List.of(), List.of());
    static final Layout GETSPI = new Layout(List.of(ADDRESS_SRC, ADDRESS_DST, SPIRANGE), List.of());
    static final Layout ADD =
            new Layout(
                    List.of(SA, ADDRESS_SRC, ADDRESS_DST),
                    List.of(
                            LIFETIME_HARD,
                            LIFETIME_SOFT,
                            ADDRESS_PROXY,
                            KEY_AUTH,
                            KEY_ENCRYPT,
                            IDENTITY_SRC,
                            IDENTITY_DST,
                            SENSITIVITY));
    static final Layout UPDATE =
            new Layout(
                    ADD.required(),
                    List.of(
                            LIFETIME_HARD,
                            LIFETIME_SOFT,
                            LIFETIME_CURRENT,
                            ADDRESS_PROXY,
                            KEY_AUTH,
                            KEY_ENCRYPT,
                            IDENTITY_SRC,
                            IDENTITY_DST,
                            SENSITIVITY));
    static final Layout NAMED_SA = new Layout(List.of(SA, ADDRESS_SRC, ADDRESS_DST), List.of());
    static final Layout ACQUIRE =
            new Layout(
                    List.of(ADDRESS_SRC, ADDRESS_DST, PROPOSAL),
                    List.of(ADDRESS_PROXY, IDENTITY_SRC, IDENTITY_DST, SENSITIVITY));
    static final Layout EXPIRE =
            new Layout(
                    List.of(SA, LIFETIME_CURRENT, ADDRESS_SRC, ADDRESS_DST),
                    List.of(LIFETIME_HARD, LIFETIME_SOFT));
    static final Layout ENCLOSING = new Layout(List.of(X_ENCLOSED), List.of());

    private static final String SERVED_NAMES = "AH, ESP, RSVP, OSPFV2, RIPV2, MIP";

    private static final Set<SaType> SERVED =
            Set.of(SaType.AH, SaType.ESP, SaType.RSVP, SaType.OSPFV2, SaType.RIPV2, SaType.MIP);

    /**
     * Refuses a request that lacks a required extension or has one that its verb does not know.
     *
     * @throws Refusal EINVAL
     */
    void check(SadbMessage request) throws Refusal {
        for (ExtensionType type : required) {
            if (!request.has(type)) {
                throw Refusal.invalid(Reasons.missing(type));
            }
        }
        for (Extension extension : request.extensions()) {
            ExtensionType type = extension.type();
            if (type.known()
                    && type != X_KMPRIVATE
                    && !required.contains(type)
                    && !optional.contains(type)) {
                throw Refusal.invalid(Reasons.unwanted(request, type));
            }
        }
    }

    /** Whether the RFC has a number for the SA type, other than UNSPEC. */
    static boolean served(SaType saType) {
        return SERVED.contains(saType);
    }

    /**
     * EINVAL unless the SA type is one of the RFC's.
     *
     * @throws Refusal EINVAL
     */
    static void requireServed(SaType saType) throws Refusal {
        if (!served(saType)) {
            throw Refusal.invalid(Reasons.saType(saType, SERVED_NAMES));
        }
    }

    /**
     * EINVAL unless the SA type is one of the RFC's or UNSPEC.
     *
     * @throws Refusal EINVAL
     */
    static void requireServedOrAll(SaType saType) throws Refusal {
        if (saType != SaType.UNSPEC && !served(saType)) {
            throw Refusal.invalid(Reasons.saType(saType, SERVED_NAMES + " or UNSPEC"));
        }
    }

    /**
     * EINVAL for that reason unless the condition holds. Reasons with values are for {@link
     * Refusal#invalid}, so that nothing is put together for requests that are right.
     *
     * @throws Refusal EINVAL
     */
    static void require(boolean condition, String reason) throws Refusal {
        if (!condition) {
            throw Refusal.invalid(reason);
        }
    }
}
