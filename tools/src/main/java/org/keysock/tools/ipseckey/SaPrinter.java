package org.keysock.tools.ipseckey;

import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaState;

/** Shows the SA extension, and the names of algorithms. */
final class SaPrinter {

    /** In the order in which the original names them; the others show in the number alone. */
    private static final SaFlag[] NAMED = {
        SaFlag.PFS,
        SaFlag.NOREPLAY,
        SaFlag.X_USED,
        SaFlag.X_PAIRED,
        SaFlag.X_OUTBOUND,
        SaFlag.X_INBOUND,
        SaFlag.X_UNIQUE,
        SaFlag.X_AALG1,
        SaFlag.X_AALG2,
        SaFlag.X_EALG1,
        SaFlag.X_EALG2,
        SaFlag.X_NATT_LOC,
        SaFlag.X_NATT_REM,
        SaFlag.X_TUNNEL,
        SaFlag.X_NATTED
    };

    private SaPrinter() {}

    static void print(StringBuilder text, Extension.Sa sa) {
        text.append("SA: SADB_ASSOC spi=").append(sa.spi());
        text.append(", replay window size=").append(sa.replayWindow()).append(", state=");
        text.append(state(sa.state())).append('\n');
        if (sa.auth() != AuthAlgorithm.NONE) {
            text.append("SA: Authentication algorithm = ");
            text.append(algorithm(sa.auth())).append('\n');
        }
        if (sa.encrypt() != EncryptionAlgorithm.NONE) {
            text.append("SA: Encryption algorithm = ");
            text.append(algorithm(sa.encrypt())).append('\n');
        }
        text.append("SA: flags=0x").append(Integer.toHexString(Numbers.of(sa.flags())));
        text.append(" < ");
        for (SaFlag flag : NAMED) {
            if (sa.flags().has(flag)) {
                text.append(flag).append(' ');
            }
        }
        text.append(">\n");
    }

    private static String state(SaState state) {
        if (state == SaState.X_ACTIVE_ELSEWHERE) {
            return "ACTIVE_ELSEWHERE";
        }
        if (state == SaState.X_IDLE) {
            return "IDLE";
        }
        return state.known() && state != SaState.X_ACTIVE
                ? state.toString()
                : "<unknown " + Numbers.of(state) + ">";
    }

    /** The first name of an algorithm, {@code <none>} for none, its number when it has no name. */
    static String algorithm(Code algorithm) {
        int number = Numbers.of(algorithm);
        if (number == 0) {
            return "<none>";
        }
        String name = name(algorithm);
        return name.isEmpty() ? "<unknown " + number + ">" : name;
    }

    /** The first name of an algorithm that AH or ESP use, or nothing. */
    static String name(Code algorithm) {
        Algorithm row = AlgorithmTable.of(DialectName.SOLARIS).find(algorithm);
        return row == null || !row.usable() ? "" : row.name();
    }
}
