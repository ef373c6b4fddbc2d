package org.keysock.pfkey.text;

import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SolarisExtension;

/** The extensions that only Solaris has. */
final class SolarisTexts {

    private static final String[] KEY_MANAGERS = {"manual", "IKE", "KINK", "IKEv2"};
    private static final String[] ALGORITHM_TYPES = {"none", "auth", "encrypt", "compress"};

    private SolarisTexts() {}

    static void putInto(ExtensionTexts.Rows rows) {
        rows.put(SolarisExtension.ExtendedRegister.class, SolarisTexts::register);
        rows.put(SolarisExtension.ExtendedProposal.class, SolarisTexts::proposal);
        rows.put(SolarisExtension.KmCookie.class, SolarisTexts::cookie);
        rows.put(SolarisExtension.Pair.class, (pair, words) -> words.say("spi", pair.spi()));
        rows.put(
                SolarisExtension.ReplayValue.class,
                (replay, words) ->
                        words.say(Integer.toUnsignedLong(replay.value32()))
                                .unlessZeroUnsigned("extended", replay.value64()));
        rows.put(
                SolarisExtension.ExtendedDump.class,
                (dump, words) -> words.seconds("timeout", dump.timeout()));
    }

    private static void register(SolarisExtension.ExtendedRegister register, Words words) {
        for (SaType saType : register.saTypes()) {
            words.say(saType);
        }
    }

    private static void proposal(SolarisExtension.ExtendedProposal proposal, Words words) {
        words.unlessZero("replay", proposal.replayWindow());
        words.indented(() -> proposal.combinations().forEach(each -> combination(each, words)));
    }

    private static void combination(
            SolarisExtension.ExtendedProposal.Combination combination, Words words) {
        words.line("combination").hex("flags", combination.flags());
        RfcTexts.limits(combination.soft(), combination.hard(), words);
        words.indented(
                () -> {
                    for (SolarisExtension.ExtendedProposal.AlgorithmDescriptor each :
                            combination.algorithms()) {
                        words.line(each.saType().toString())
                                .say(MessageText.named(ALGORITHM_TYPES, each.algorithmType()))
                                .say(each.algorithm())
                                .say(RfcTexts.bits(each.minBits(), each.maxBits()))
                                .unlessZero("salt", each.saltBits());
                    }
                });
    }

    private static void cookie(SolarisExtension.KmCookie cookie, Words words) {
        words.say(MessageText.named(KEY_MANAGERS, cookie.protocol()))
                .hex("cookie", cookie.cookie());
    }
}
