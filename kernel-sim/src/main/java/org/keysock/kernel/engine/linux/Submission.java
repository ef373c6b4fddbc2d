package org.keysock.kernel.engine.linux;

import static org.keysock.kernel.engine.linux.Checks.require;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Directions;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.NatTPort;
import org.keysock.pfkey.model.KameExtension.NatTType;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** The SA that ADD or UPDATE submits, after all checks of section 8.5 but the last. */
final class Submission {

    private static final int NON_IKE = 1;
    private static final int ESP_IN_UDP = 2;

    private Submission() {}

    /**
     * Checks a request in the kernel's order and makes its SA, mature and in no database yet.
     *
     * @throws Refusal as that kernel does
     */
    static SecurityAssociation of(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        SaType saType = request.header().saType();
        Extension.Sa sa = Checks.present(message.sa(), ExtensionType.SA);
        Checks.Ends ends = Checks.ends(message);
        require(
                saType != SaType.ESP || message.has(ExtensionType.KEY_ENCRYPT),
                "KEY_ENCRYPT: missing, ESP needs one");
        require(
                saType != SaType.AH || message.has(ExtensionType.KEY_AUTH),
                "KEY_AUTH: missing, AH needs one");
        boolean hard = message.has(ExtensionType.LIFETIME_HARD);
        boolean soft = message.has(ExtensionType.LIFETIME_SOFT);
        require(hard || !soft, "LIFETIME_HARD: missing, there is a LIFETIME_SOFT");
        require(soft || !hard, "LIFETIME_SOFT: missing, there is a LIFETIME_HARD");
        Checks.protocolOrAll(saType);
        Algorithms algorithms = new Algorithms(saType, message, engine.settings());
        SaDetails details = details(message);
        if (saType == SaType.UNSPEC) {
            throw new Refusal(Errno.EPROTONOSUPPORT, Reasons.saType(saType, Checks.PROTOCOL_NAMES));
        }
        if (!selectable(details, ends)) {
            throw new Refusal(
                    Errno.EPROTONOSUPPORT, "ADDRESS_PROXY: of another family than the SA's ends");
        }
        if (message.has(ExtensionType.X_NAT_T_TYPE)) {
            requireEncapsulation(details.encapsulation(), saType);
        }
        SaSecrets secrets = algorithms.initialised();
        SecurityAssociation made =
                new SecurityAssociation(
                        home(saType, ends, sa, engine),
                        saType,
                        sa.spi(),
                        ends.source(),
                        ends.destination(),
                        Directions.between(engine.settings(), ends.source(), ends.destination()),
                        SaState.MATURE,
                        sa.flags(),
                        Math.min(sa.replayWindow(), StateMessage.WIDEST_REPLAY),
                        secrets,
                        details,
                        request.now().wallSeconds(),
                        request.now().millis());
        made.limits(
                message.lifetime(ExtensionType.LIFETIME_HARD),
                message.lifetime(ExtensionType.LIFETIME_SOFT),
                null);
        return made;
    }

    /** That of the larval SA which this one may grow from; else ours. */
    private static DialectName home(
            SaType saType, Checks.Ends ends, Extension.Sa sa, KeyEngine engine) {
        SecurityAssociation stored = engine.sadb().find(saType, ends.destination(), sa.spi());
        return stored != null && stored.state() == SaState.LARVAL
                ? stored.home()
                : DialectName.LINUX;
    }

    /** Outside tunnels the selector, of which the proxy is the source, has the SA's family. */
    private static boolean selectable(SaDetails details, Checks.Ends ends) {
        Extension.Address proxy = details.proxy();
        IpAddress source = proxy == null ? null : proxy.address();
        return source == null
                || details.mode() >= Checks.TUNNEL
                || source.sameFamily(ends.source());
    }

    /** UDP encapsulation is for ESP, and of a kind that the kernel knows. */
    private static void requireEncapsulation(int type, SaType saType) throws Refusal {
        if (saType != SaType.ESP) {
            throw Refusal.invalid(
                    "X_NAT_T_TYPE: encapsulation " + type + " of " + saType + ", only ESP has one");
        }
        if (type != NON_IKE && type != ESP_IN_UDP) {
            throw Refusal.invalid(
                    "X_NAT_T_TYPE: encapsulation " + type + ", not 1 (non-IKE) or 2 (ESP in UDP)");
        }
    }

    private static SaDetails details(SadbMessage message) throws Refusal {
        @Nullable Sa2 sa2 = message.find(ExtensionType.X_SA2, Sa2.class);
        int mode = Checks.mode(sa2);
        @Nullable NatTType nat = message.find(ExtensionType.X_NAT_T_TYPE, NatTType.class);
        Extension.Address proxy = message.address(ExtensionType.ADDRESS_PROXY);
        SaDetails details =
                new SaDetails(
                        0,
                        0,
                        0,
                        proxy,
                        null,
                        null,
                        null,
                        nat == null ? 0 : nat.encapsulation(),
                        nat == null ? 0 : port(message, ExtensionType.X_NAT_T_SPORT),
                        nat == null ? 0 : port(message, ExtensionType.X_NAT_T_DPORT),
                        mode == Checks.TRANSPORT ? 0 : mode, // so that most SAs share NONE
                        sa2 == null ? 0 : sa2.reqid(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        return details.equals(SaDetails.NONE) ? SaDetails.NONE : details;
    }

    private static int port(SadbMessage message, ExtensionType type) {
        NatTPort port = message.find(type, NatTPort.class);
        return port == null ? 0 : port.port();
    }
}
