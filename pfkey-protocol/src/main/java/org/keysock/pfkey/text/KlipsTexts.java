package org.keysock.pfkey.text;

import java.util.Locale;
import org.keysock.pfkey.model.KlipsExtension;

/** The extensions that only KLIPS has. */
final class KlipsTexts {

    /** X_PLUMBIF: interfaces from here on are named ipsec, those below mast. */
    private static final int FIRST_IPSEC = 49152;

    private KlipsTexts() {}

    static void putInto(ExtensionTexts.Rows rows) {
        rows.put(KlipsExtension.SaType2.class, (second, words) -> words.say(second.saType()));
        rows.put(KlipsExtension.Sa2.class, (second, words) -> RfcTexts.sa(second.sa(), words));
        rows.put(KlipsExtension.Debug.class, KlipsTexts::debug);
        rows.put(
                KlipsExtension.Protocol.class,
                (protocol, words) ->
                        words.say(protocol.protocol()).unlessZero("flags", protocol.flags()));
        rows.put(
                KlipsExtension.PlumbIf.class,
                (plumbed, words) -> words.say(interfaceName(plumbed.number())));
        rows.put(
                KlipsExtension.SaRef.class,
                (references, words) ->
                        words.say("me", Integer.toUnsignedLong(references.mine()))
                                .say("him", Integer.toUnsignedLong(references.his())));
    }

    private static void debug(KlipsExtension.Debug debug, Words words) {
        for (KlipsExtension.Debug.Part part : KlipsExtension.Debug.Part.values()) {
            int mask = debug.mask(part);
            words.hex(part.name().toLowerCase(Locale.ROOT), Integer.toUnsignedLong(mask));
        }
    }

    private static String interfaceName(int number) {
        return number < FIRST_IPSEC ? "mast" + number : "ipsec" + (number - FIRST_IPSEC);
    }
}
