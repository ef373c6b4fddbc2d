package org.keysock.pfkey.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PF_KEY message: a base header and extensions in their order, RFC 2367 section 2. A message
 * holds each extension type at most once, unless it was read from a dialect that lets repetitions
 * pass.
 */
public final class SadbMessage {

    private static final Extension[] NONE = {};

    private final BaseHeader header;
    private final Extension[] extensions;
    private final @Nullable Verbatim verbatim;

    private SadbMessage(BaseHeader header, Extension[] extensions, @Nullable Verbatim verbatim) {
        this.header = header;
        this.extensions = extensions;
        this.verbatim = verbatim;
    }

    /** A message of the given extensions, in their order. */
    public static SadbMessage of(BaseHeader header, Extension... extensions) {
        return new SadbMessage(header, extensions.length == 0 ? NONE : extensions.clone(), null);
    }

    /** A message of the given extensions, in their order. */
    public static SadbMessage of(BaseHeader header, List<? extends Extension> extensions) {
        return new SadbMessage(header, extensions.toArray(NONE), null);
    }

    /**
     * A message as it was read. The array is not copied.
     *
     * @param verbatim null when the extensions tell every bit of what was read
     */
    public static SadbMessage read(
            BaseHeader header, Extension[] extensions, @Nullable Verbatim verbatim) {
        return new SadbMessage(header, extensions, verbatim);
    }

    /** The base header. */
    public BaseHeader header() {
        return header;
    }

    /** What is asked or told. */
    public MessageType type() {
        return header.type();
    }

    /** The extensions in their order; not modifiable. */
    public List<Extension> extensions() {
        return Collections.unmodifiableList(Arrays.asList(extensions));
    }

    /** Number of extensions. */
    public int size() {
        return extensions.length;
    }

    /** The extension at a place, from 0. */
    public Extension extension(int index) {
        return extensions[index];
    }

    /** What the extensions do not tell of the bytes that were read, or null. */
    public @Nullable Verbatim verbatim() {
        return verbatim;
    }

    /** Whether an extension of that type is there. */
    public boolean has(ExtensionType type) {
        return find(type) != null;
    }

    /** The first extension of that type, or null. */
    public @Nullable Extension find(ExtensionType type) {
        for (Extension extension : extensions) {
            if (extension.type() == type) {
                return extension;
            }
        }
        return null;
    }

    /** The first extension of that type as the record it is, or null when it is not there. */
    public <E extends Extension> @Nullable E find(ExtensionType type, Class<E> kind) {
        Extension extension = find(type);
        return kind.isInstance(extension) ? kind.cast(extension) : null;
    }

    /** The SA extension, or null. */
    public Extension.@Nullable Sa sa() {
        return find(ExtensionType.SA, Extension.Sa.class);
    }

    /** The address of that type, or null. */
    public Extension.@Nullable Address address(ExtensionType type) {
        return find(type, Extension.Address.class);
    }

    /** The lifetime of that type, or null. */
    public Extension.@Nullable Lifetime lifetime(ExtensionType type) {
        return find(type, Extension.Lifetime.class);
    }

    /** The key of that type, or null. */
    public Extension.@Nullable Key key(ExtensionType type) {
        return find(type, Extension.Key.class);
    }

    /** The same extensions, as they were read, under another header. */
    public SadbMessage withHeader(BaseHeader newHeader) {
        return new SadbMessage(newHeader, extensions, verbatim);
    }

    /** This message without the extensions of the given types. */
    public SadbMessage without(ExtensionType... types) {
        List<Extension> kept = new ArrayList<>(extensions.length);
        List<ExtensionType> dropped = List.of(types);
        for (Extension extension : extensions) {
            if (!dropped.contains(extension.type())) {
                kept.add(extension);
            }
        }
        return of(header, kept);
    }

    /** Equal header and extensions; how they were written before does not count. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SadbMessage m
                && m.header.equals(header)
                && Arrays.equals(m.extensions, extensions);
    }

    @Override
    public int hashCode() {
        return 31 * header.hashCode() + Arrays.hashCode(extensions);
    }

    @Override
    public String toString() {
        return header + " " + Arrays.toString(extensions);
    }
}
