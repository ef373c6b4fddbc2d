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
import org.keysock.pfkey.model.SaFlags;
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
        Checks.require(
                flags.within(saType == SaType.AH ? AH_ADD : ESP_ADD), Diagnostic.BAD_SAFLAGS);
    }

    static void requireForUpdate(SaFlags flags, SaType saType) throws Refusal {
        Checks.require(
                flags.within(saType == SaType.AH ? AH_UPDATE : ESP_UPDATE), Diagnostic.BAD_SAFLAGS);
    }
}
