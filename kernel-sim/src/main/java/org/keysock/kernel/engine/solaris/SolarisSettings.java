package org.keysock.kernel.engine.solaris;

import java.util.List;
import org.keysock.kernel.engine.Setting;

/** The documented switches of the Solaris rules: solaris.md sections 3.23 and 8. */
final class SolarisSettings {

    static final Setting IDLE_DEFAULT =
            Setting.choice(
                    "solaris.idle-default",
                    "idle limit of an SA added without one: none as the kernel, or half of"
                            + " hard_addtime as the manual page says",
                    "none",
                    "manual");

    static final Setting LENIENT_PAIRING =
            Setting.choice(
                    "solaris.lenient-pairing",
                    "whether SAs of one direction may be paired (example 7 of the manual page)",
                    "off",
                    "on");

    static final Setting UPDATE_UNPAIRED =
            Setting.choice(
                    "solaris.update-pair-unpaired",
                    "X_UPDATEPAIR of an SA without partner: ESRCH, or update the one SA",
                    "refuse",
                    "update");

    static final Setting NAT_OWN_ADDRESS =
            Setting.choice(
                    "solaris.nat-own-address",
                    "an own address as NAT-T address: only with a port and equal to an outer"
                            + " address of the SA, or never",
                    "port",
                    "refuse");

    static final Setting SOFT_FUZZ =
            Setting.choice(
                    "solaris.soft-fuzz",
                    "whether 8 to 23 random seconds are taken off soft_addtime of outbound SAs",
                    "off",
                    "on");

    static final Setting LARVAL_TIMEOUT =
            Setting.number("solaris.larval-timeout", "seconds a larval SA lives", 90, 1, 1800);

    static final Setting ACQUIRE_TIMEOUT =
            Setting.number("solaris.acquire-timeout", "seconds packets wait for an SA", 15, 1, 300);

    static final Setting REAP_DELAY =
            Setting.number("solaris.reap-delay", "seconds a dead SA stays visible", 1, 1, 10);

    static final Setting IDLE_REPEAT =
            Setting.number(
                    "solaris.idle-repeat",
                    "seconds between two idle EXPIREs of one SA: the run of the ager",
                    8,
                    1,
                    32);

    static final Setting REPLAY_SIZE =
            Setting.number("solaris.replay-size", "replay window in proposals", 64, 1, 255);

    static final Setting SOFT_ADDTIME =
            Setting.number(
                    "solaris.default-soft-addtime",
                    "seconds, in proposals",
                    24000,
                    0,
                    0xffff_ffffL);

    static final Setting HARD_ADDTIME =
            Setting.number(
                    "solaris.default-hard-addtime",
                    "seconds, in proposals",
                    28800,
                    0,
                    0xffff_ffffL);

    static final List<Setting> ALL =
            List.of(
                    IDLE_DEFAULT,
                    LENIENT_PAIRING,
                    UPDATE_UNPAIRED,
                    NAT_OWN_ADDRESS,
                    SOFT_FUZZ,
                    LARVAL_TIMEOUT,
                    ACQUIRE_TIMEOUT,
                    REAP_DELAY,
                    IDLE_REPEAT,
                    REPLAY_SIZE,
                    SOFT_ADDTIME,
                    HARD_ADDTIME);

    private SolarisSettings() {}
}
