package org.keysock.tools.setkey;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.text.HexText;
import org.keysock.tools.setkey.Token.Kind;

/**
 * The algorithms of an SA and their keys, the last part of {@code add}.
 *
 * @param authKey null: the message has no KEY_AUTH
 * @param cipherKey null: it has no KEY_ENCRYPT; that of NULL has 0 bits
 * @param rawCpi {@code -R}
 */
record SaAlgorithms(
        AuthAlgorithm auth,
        Extension.@Nullable Key authKey,
        EncryptionAlgorithm cipher,
        Extension.@Nullable Key cipherKey,
        boolean rawCpi) {

    /** No algorithms: what {@code get} and its kin say. */
    static final SaAlgorithms NONE =
            new SaAlgorithms(AuthAlgorithm.NONE, null, EncryptionAlgorithm.NONE, null, false);

    private static final int LONGEST_NAME = 14;

    /** A word for an algorithm, and the key behind it. */
    private record Keyed(Algorithm algorithm, Extension.Key key) {}

    /** Reads what an SA of that type must have. */
    static SaAlgorithms read(Tokens tokens, SaType saType, Offers offers) throws ScriptError {
        if (saType == SaType.X_IPCOMP) {
            return compression(tokens);
        }
        if (saType != SaType.ESP) {
            option(tokens, "-A");
            return new SaAlgorithms(NONE.cipher(), null, auth(tokens, offers));
        }
        option(tokens, "-E");
        Keyed cipher = keyed(tokens, Algorithm.Kind.ENCRYPT, offers);
        EncryptionAlgorithm code = (EncryptionAlgorithm) cipher.algorithm().code();
        if (!tokens.take("-A")) {
            return new SaAlgorithms(AuthAlgorithm.NONE, null, code, cipher.key(), false);
        }
        return new SaAlgorithms(code, cipher.key(), auth(tokens, offers));
    }

    private SaAlgorithms(
            EncryptionAlgorithm cipher, Extension.@Nullable Key cipherKey, Keyed auth) {
        this(
                (AuthAlgorithm) auth.algorithm().code(),
                auth.key().bits() == 0 ? null : auth.key(),
                cipher,
                cipherKey,
                false);
    }

    private static SaAlgorithms compression(Tokens tokens) throws ScriptError {
        option(tokens, "-C");
        Token word = tokens.word();
        Algorithm row = Numbers.ALGORITHMS.named(Algorithm.Kind.COMPRESS, word.text());
        if (row == null) {
            throw ScriptError.syntax(word);
        }
        boolean raw = tokens.take("-R");
        return new SaAlgorithms(
                AuthAlgorithm.NONE, null, (EncryptionAlgorithm) row.code(), null, raw);
    }

    private static void option(Tokens tokens, String letter) throws ScriptError {
        if (!tokens.take(letter)) {
            throw ScriptError.syntax(tokens.peek());
        }
    }

    private static Keyed auth(Tokens tokens, Offers offers) throws ScriptError {
        return keyed(tokens, Algorithm.Kind.AUTH, offers);
    }

    private static Keyed keyed(Tokens tokens, Algorithm.Kind kind, Offers offers)
            throws ScriptError {
        Token word = tokens.word();
        Algorithm row = Numbers.ALGORITHMS.named(kind, word.text());
        if (row == null) {
            throw ScriptError.syntax(keyword(word));
        }
        boolean keyless =
                row.code() == AuthAlgorithm.NULL || row.code() == EncryptionAlgorithm.NULL;
        Token key = keyless ? null : tokens.peek();
        KeyMaterial material = key == null ? KeyMaterial.EMPTY : material(key);
        if (key != null) {
            tokens.next();
        } else if (tokens.peek().is(Kind.WORD) && !tokens.peek().text().startsWith("-")) {
            throw ScriptError.syntax(tokens.peek().secret());
        }
        int bits = material.length() * 8;
        offers.check(row, bits, word, key);
        ExtensionType type =
                kind == Algorithm.Kind.AUTH ? ExtensionType.KEY_AUTH : ExtensionType.KEY_ENCRYPT;
        return new Keyed(row, new Extension.Key(type, bits, 0, material));
    }

    /** A name is shown, what is too long for one may be a key that stands in its place. */
    private static Token keyword(Token word) {
        return word.text().length() <= LONGEST_NAME ? word : word.secret();
    }

    /** The bytes of quoted text, or of a hexadecimal number whose first digit may be alone. */
    private static KeyMaterial material(Token key) throws ScriptError {
        if (key.is(Kind.QUOTED)) {
            return KeyMaterial.of(key.text().getBytes(StandardCharsets.ISO_8859_1));
        }
        if (!key.hexadecimal()) {
            throw ScriptError.syntax(key.text().startsWith("-") ? key : key.secret());
        }
        String word = key.text();
        byte[] bytes = new byte[(word.length() - 1) / 2];
        int at = word.length();
        for (int index = bytes.length - 1; index >= 0; index--) {
            int low = HexText.digit(word.charAt(--at));
            int high = at > 2 ? HexText.digit(word.charAt(--at)) : 0;
            bytes[index] = (byte) (high << 4 | low);
        }
        return KeyMaterial.of(bytes);
    }
}
