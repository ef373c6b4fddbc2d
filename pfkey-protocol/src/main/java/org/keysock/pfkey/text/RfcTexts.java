package org.keysock.pfkey.text;

import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaFlags;

/** The extensions of RFC 2367 section 2.3. */
final class RfcTexts {

    private RfcTexts() {}

    static void putInto(ExtensionTexts.Rows rows) {
        rows.put(Extension.Sa.class, RfcTexts::sa);
        rows.put(Extension.Lifetime.class, (lifetime, words) -> lifetime(lifetime, words));
        rows.put(Extension.Address.class, RfcTexts::address);
        rows.put(Extension.Key.class, RfcTexts::key);
        rows.put(Extension.Identity.class, RfcTexts::identity);
        rows.put(Extension.Sensitivity.class, RfcTexts::sensitivity);
        rows.put(Extension.Proposal.class, RfcTexts::proposal);
        rows.put(Extension.Supported.class, RfcTexts::supported);
        rows.put(
                Extension.SpiRange.class,
                (range, words) -> words.say("from", range.min()).say("to", range.max()));
        rows.put(
                Extension.Enclosed.class,
                (enclosed, words) ->
                        words.indented(() -> MessageText.write(enclosed.message(), words)));
        rows.put(Extension.Opaque.class, (opaque, words) -> words.bytes(opaque.body()));
    }

    /** An SA, described as far as anything is said of it. */
    static void sa(Extension.Sa sa, Words words) {
        words.say("spi", sa.spi()).say(sa.state());
        if (sa.auth() != AuthAlgorithm.NONE) {
            words.say("auth", sa.auth());
        }
        if (sa.encrypt() != EncryptionAlgorithm.NONE) {
            words.say("encrypt", sa.encrypt());
        }
        words.unlessZero("replay", sa.replayWindow());
        if (!sa.flags().equals(SaFlags.NONE)) {
            words.say("flags", sa.flags());
        }
        if (sa.reference() != Extension.Sa.NO_REFERENCE) {
            words.say("ref", Integer.toUnsignedLong(sa.reference()));
        }
    }

    /** Limits in seconds; the times of CURRENT are moments, but KLIPS counts from its start. */
    static Words lifetime(Extension.Lifetime lifetime, Words words) {
        words.unlessZero("allocations", Integer.toUnsignedLong(lifetime.allocations()))
                .unlessZeroUnsigned("bytes", lifetime.bytes());
        words.unlessZero("packets", Integer.toUnsignedLong(lifetime.packets()));
        if (lifetime.type() != ExtensionType.LIFETIME_CURRENT) {
            words.seconds("addtime", lifetime.addTime()).seconds("usetime", lifetime.useTime());
        } else if (words.dialect() == DialectName.KLIPS) {
            words.seconds("added", lifetime.addTime()).seconds("used", lifetime.useTime());
        } else {
            words.moment("added", lifetime.addTime()).moment("used", lifetime.useTime());
        }
        return lifetime.zero() ? words.say("none") : words;
    }

    private static void address(Extension.Address address, Words words) {
        words.address(address.sockaddr())
                .unlessZero("prefix", address.prefixLength())
                .unlessZero("protocol", address.protocol());
    }

    private static void key(Extension.Key key, Words words) {
        words.say(key.bits()).say("bits").unlessZero("reserved", key.reserved());
        words.key(key.material());
    }

    private static void identity(Extension.Identity identity, Words words) {
        words.say(identity.kind()).quoted(identity.text()).unlessZero("id", identity.id());
    }

    private static void sensitivity(Extension.Sensitivity label, Words words) {
        words.say("domain", label.domain())
                .say("level", label.level())
                .say("integrity-level", label.integrityLevel())
                .unlessZero("flags", label.flags());
        label.sensitivity().forEach(word -> words.say("sens", "0x" + Long.toHexString(word)));
        label.integrity().forEach(word -> words.say("integ", "0x" + Long.toHexString(word)));
    }

    private static void proposal(Extension.Proposal proposal, Words words) {
        words.unlessZero("replay", proposal.replayWindow());
        words.indented(() -> proposal.combinations().forEach(each -> combination(each, words)));
    }

    private static void combination(Extension.Proposal.Combination combination, Words words) {
        words.line("combination");
        if (combination.auth() != AuthAlgorithm.NONE) {
            words.say("auth", combination.auth())
                    .say(bits(combination.authMinBits(), combination.authMaxBits()));
        }
        if (combination.encrypt() != EncryptionAlgorithm.NONE) {
            words.say("encrypt", combination.encrypt())
                    .say(bits(combination.encryptMinBits(), combination.encryptMaxBits()))
                    .unlessZero("salt", combination.saltBits());
        }
        words.hex("flags", combination.flags());
        limits(combination.soft(), combination.hard(), words);
    }

    /** The limits of a combination, where there are any. */
    static void limits(Extension.Lifetime soft, Extension.Lifetime hard, Words words) {
        if (!soft.zero()) {
            lifetime(soft, words.say("soft"));
        }
        if (!hard.zero()) {
            lifetime(hard, words.say("hard"));
        }
    }

    private static void supported(Extension.Supported supported, Words words) {
        words.indented(
                () ->
                        supported
                                .algorithms()
                                .forEach(
                                        each ->
                                                words.line(each.code().toString())
                                                        .say(bits(each.minBits(), each.maxBits()))
                                                        .unlessZero("step", each.increment())
                                                        .unlessZero("iv", each.ivLength())
                                                        .unlessZero("salt", each.saltBits())));
    }

    /** A range of key lengths. */
    static String bits(int min, int max) {
        return (min == max ? String.valueOf(min) : min + ".." + max) + " bits";
    }
}
