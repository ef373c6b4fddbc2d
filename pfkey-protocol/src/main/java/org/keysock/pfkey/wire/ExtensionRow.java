package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;

/** One row of a dialect's table of extensions. */
final class ExtensionRow {

    private final int number;
    private final ExtensionType type;
    private final ExtensionCodec<Extension> codec;
    private final boolean checked;
    private final boolean partial;
    private final int least;
    private final int most;
    private final Fault wrongLength;
    private final @Nullable Fault duplicate;

    private ExtensionRow(
            int number,
            ExtensionType type,
            ExtensionCodec<Extension> codec,
            int least,
            int most,
            Fault wrongLength,
            @Nullable Fault duplicate) {
        this.number = number;
        this.type = type;
        this.codec = codec;
        this.checked = codec.checks();
        this.partial = codec.partial();
        this.least = least;
        this.most = most;
        this.wrongLength = wrongLength;
        this.duplicate = duplicate;
    }

    /**
     * An extension of at least {@code bytes} bytes.
     *
     * @param bytes length of its structure, extension header included
     * @param wrongLength what the dialect says to another length
     * @param duplicate what the dialect says to a second such extension
     */
    static ExtensionRow of(
            int number,
            ExtensionType type,
            int bytes,
            ExtensionCodec<? extends Extension> codec,
            Fault wrongLength,
            Fault duplicate) {
        return new ExtensionRow(
                number, type, plain(codec), bytes, Integer.MAX_VALUE, wrongLength, duplicate);
    }

    /** Codecs get only what they have read, or what their type's record class is. */
    @SuppressWarnings("unchecked")
    private static ExtensionCodec<Extension> plain(ExtensionCodec<? extends Extension> codec) {
        return (ExtensionCodec<Extension>) codec;
    }

    /** This row for an extension that has exactly that length. */
    ExtensionRow exactly() {
        return new ExtensionRow(number, type, codec, least, least, wrongLength, duplicate);
    }

    /** This row for an extension whose content the dialect's kernel does not check. */
    ExtensionRow unchecked() {
        return new ExtensionRow(number, type, tolerant(), least, most, wrongLength, duplicate);
    }

    /** This row for what a kernel wrote: nothing is refused. */
    ExtensionRow lenient() {
        return new ExtensionRow(number, type, tolerant(), 0, Integer.MAX_VALUE, wrongLength, null);
    }

    private ExtensionCodec<Extension> tolerant() {
        return codec instanceof TolerantCodec
                ? codec
                : new TolerantCodec(type, least - Grammar.EXTENSION_HEADER, codec);
    }

    int number() {
        return number;
    }

    ExtensionType type() {
        return type;
    }

    ExtensionCodec<Extension> codec() {
        return codec;
    }

    /** Whether the codec checks the content. */
    boolean checked() {
        return checked;
    }

    /** Whether the dialect has numbers for what the extension is about. */
    boolean expresses(Extension extension) {
        return !partial || codec.expresses(extension);
    }

    /** Whether an extension of that many bytes has a right length. */
    boolean fits(int length) {
        return length >= least && length <= most;
    }

    /** What the dialect says to another length. */
    Fault wrongLength() {
        return wrongLength;
    }

    /** What the dialect says to a second such extension; null: it lets it pass. */
    @Nullable Fault duplicate() {
        return duplicate;
    }
}
