package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;

/**
 * One row of a dialect's table of extensions.
 *
 * @param bytes length of its structure, extension header included
 * @param exact whether the length must be {@code bytes}, rather than at least that
 * @param wrongLength what the dialect says to another length
 * @param duplicate what the dialect says to a second such extension; null: it lets it pass
 */
record ExtensionRow(
        int number,
        ExtensionType type,
        ExtensionCodec<Extension> codec,
        int bytes,
        boolean exact,
        Fault wrongLength,
        @Nullable Fault duplicate) {

    /** An extension that has at least {@code bytes} bytes. */
    static ExtensionRow of(
            int number,
            ExtensionType type,
            int bytes,
            ExtensionCodec<? extends Extension> codec,
            Fault wrongLength,
            Fault duplicate) {
        return new ExtensionRow(number, type, plain(codec), bytes, false, wrongLength, duplicate);
    }

    /** Codecs get only what they have read, or what their type's record class is. */
    @SuppressWarnings("unchecked")
    private static ExtensionCodec<Extension> plain(ExtensionCodec<? extends Extension> codec) {
        return (ExtensionCodec<Extension>) codec;
    }

    /** This row for an extension that has exactly that length. */
    ExtensionRow exactly() {
        return new ExtensionRow(number, type, codec, bytes, true, wrongLength, duplicate);
    }

    /** This row for an extension whose content the dialect's kernel does not check. */
    ExtensionRow unchecked() {
        return new ExtensionRow(number, type, tolerant(), bytes, exact, wrongLength, duplicate);
    }

    /** This row for what a kernel wrote: nothing is refused. */
    ExtensionRow lenient() {
        return new ExtensionRow(number, type, tolerant(), 0, false, wrongLength, null);
    }

    private ExtensionCodec<Extension> tolerant() {
        return (Object) codec instanceof OpaqueCodec || codec instanceof TolerantCodec
                ? codec
                : new TolerantCodec(type, bytes - Grammar.EXTENSION_HEADER, codec);
    }

    /** Whether an extension of that many bytes has a right length. */
    boolean fits(int length) {
        return exact ? length == bytes : length >= bytes;
    }
}
