package org.keysock.kernel.engine.klips;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** What several verbs ask of a request that KLIPS' parser let pass. */
final class Checks {

    private static final List<SaType> PROTOCOLS =
            List.of(SaType.AH, SaType.ESP, SaType.X_IPIP, SaType.X_IPCOMP);

    private static final List<ExtensionType> NEVER_TAKEN =
            List.of(
                    ExtensionType.LIFETIME_CURRENT,
                    ExtensionType.SENSITIVITY,
                    ExtensionType.PROPOSAL,
                    ExtensionType.SUPPORTED_AUTH,
                    ExtensionType.SUPPORTED_ENCRYPT);

    private static final int NON_IKE = 1;
    private static final int NON_ESP = 2;

    private Checks() {}

    /** Whether SAs of that type can be here. */
    static boolean isProtocol(SaType saType) {
        return PROTOCOLS.contains(saType);
    }

    /**
     * The extensions that the parser takes and the kernel cannot process: section 2.6.
     *
     * @throws Refusal EINVAL
     */
    static void processable(SadbMessage message) throws Refusal {
        for (ExtensionType type : NEVER_TAKEN) {
            if (message.has(type)) {
                throw Refusal.invalid(type + ": not processed by this kernel");
            }
        }
        KameExtension.NatTType natT =
                message.find(ExtensionType.X_NAT_T_TYPE, KameExtension.NatTType.class);
        if (natT != null && natT.encapsulation() != NON_IKE && natT.encapsulation() != NON_ESP) {
            throw Refusal.invalid(
                    "X_NAT_T_TYPE: "
                            + natT.encapsulation()
                            + ", not 1 (non-IKE marker) or 2 (non-ESP marker)");
        }
    }

    /** The SA that stands under that name, or null. */
    static @Nullable SecurityAssociation find(
            SaType saType, Extension.Sa named, IpAddress destination, KeyEngine engine) {
        return engine.sadb().find(saType, destination, named.spi());
    }

    /**
     * The SA that a request names; its source does not count.
     *
     * @param absent what this verb says when there is none
     */
    static SecurityAssociation named(Request request, Errno absent, KeyEngine engine)
            throws Refusal {
        SaType saType = request.header().saType();
        Extension.Sa named = sa(request.message());
        IpAddress destination = address(request.message(), ExtensionType.ADDRESS_DST);
        SecurityAssociation sa = find(saType, named, destination, engine);
        if (sa == null) {
            throw new Refusal(absent, Reasons.noSa(saType, named.spi(), destination));
        }
        return sa;
    }

    /** The SA extension of a request that must have one. */
    static Extension.Sa sa(SadbMessage message) throws Refusal {
        return present(message.sa(), ExtensionType.SA);
    }

    /** An address that must be there. */
    static IpAddress address(SadbMessage message, ExtensionType type) throws Refusal {
        Address extension = present(message.address(type), type);
        IpAddress address = extension.address();
        if (address == null) {
            throw new Refusal(Errno.EPFNOSUPPORT, Reasons.family(extension));
        }
        return address;
    }

    /**
     * EINVAL unless both are of one family.
     *
     * @throws Refusal EINVAL
     */
    static void oneFamily(IpAddress source, IpAddress destination) throws Refusal {
        if (!source.sameFamily(destination)) {
            throw Refusal.invalid(Reasons.families(source, destination));
        }
    }

    /** An extension that the parser has seen to. */
    static <E extends Extension> E present(@Nullable E extension, ExtensionType type)
            throws Refusal {
        if (extension == null) {
            throw Refusal.invalid(Reasons.missing(type));
        }
        return extension;
    }
}
