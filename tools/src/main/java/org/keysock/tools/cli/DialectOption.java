package org.keysock.tools.cli;

import java.util.Iterator;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.wire.Dialect;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A dialect by the name it has in options and socket files. */
final class DialectOption implements ITypeConverter<DialectName> {

    @Override
    public DialectName convert(String value) {
        return DialectName.of(value)
                .filter(Dialect.spoken()::contains)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'"
                                                + value
                                                + "' is none of "
                                                + String.join(", ", new Names())));
    }

    /** The names of the dialects that are spoken, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Dialect.spoken().stream().map(DialectName::text).iterator();
        }
    }
}
