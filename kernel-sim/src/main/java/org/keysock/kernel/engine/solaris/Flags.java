package org.keysock.kernel.engine.solaris;

import static org.keysock.pfkey.model.SaFlag.NOREPLAY;
import static org.keysock.pfkey.model.SaFlag.X_AALG1;
import static org.keysock.pfkey.model.SaFlag.X_AALG2;
import static org.keysock.pfkey.model.SaFlag.X_EALG1;
import static org.keysock.pfkey.model.SaFlag.X_EALG2;
import static org.keysock.pfkey.model.SaFlag.X_INBOUND;
import static org.keysock.pfkey.model.SaFlag.X_KM1;
import static org.keysock.pfkey.model.SaFlag.X_KM2;
import static org.keysock.pfkey.model.SaFlag.X_KM3;
import static org.keysock.pfkey.model.SaFlag.X_KM4;
import static org.keysock.pfkey.model.SaFlag.X_NATTED;
import static org.keysock.pfkey.model.SaFlag.X_NATT_LOC;
import static org.keysock.pfkey.model.SaFlag.X_NATT_REM;
import static org.keysock.pfkey.model.SaFlag.X_OUTBOUND;
import static org.keysock.pfkey.model.SaFlag.X_PAIRED;
import static org.keysock.pfkey.model.SaFlag.X_TUNNEL;

import org.keysock.kernel.engine.Refusal;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

/** Which flags a request may carry: the masks of solaris.md section 1.6. */
final class Flags {

    private static final SaFlags AH_UPDATE =
            SaFlags.of(NOREPLAY, X_INBOUND, X_OUTBOUND, X_PAIRED, X_KM1, X_KM2, X_KM3, X_KM4);
    private static final SaFlags ESP_UPDATE =
            AH_UPDATE.with(X_NATTED).with(X_NATT_REM).with(X_NATT_LOC);
    private static final SaFlags AH_ADD = AH_UPDATE.with(X_TUNNEL).with(X_AALG1).with(X_AALG2);
    private static final SaFlags ESP_ADD =
            ESP_UPDATE.with(X_TUNNEL).with(X_AALG1).with(X_AALG2).with(X_EALG1).with(X_EALG2);

    private Flags() {}

    static void requireForAdd(SaFlags flags, SaType saType) throws Refusal {
        require(flags, saType == SaType.AH ? AH_ADD : ESP_ADD);
    }

    static void requireForUpdate(SaFlags flags, SaType saType) throws Refusal {
        require(flags, saType == SaType.AH ? AH_UPDATE : ESP_UPDATE);
    }

    private static void require(SaFlags flags, SaFlags allowed) throws Refusal {
        if (!flags.within(allowed)) {
            throw Checks.invalid(
                    ExtensionType.SA, Diagnostic.BAD_SAFLAGS, flags + ", not all of " + allowed);
        }
    }

    /** The state that a request may ask for; what a daemon of a cluster asks for is the second. */
    static void requireState(Extension.Sa asked) throws Refusal {
        if (asked.state() != SaState.MATURE && asked.state() != SaState.X_ACTIVE_ELSEWHERE) {
            throw Checks.invalid(
                    ExtensionType.SA,
                    Diagnostic.BAD_SASTATE,
                    asked.state() + ", not MATURE or X_ACTIVE_ELSEWHERE");
        }
    }
}
