package org.keysock.tools.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.keysock.pfkey.model.DialectName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A dialect by the name it has in options and socket files. */
final class DialectOption implements ITypeConverter<DialectName> {

    @Override
    public DialectName convert(String value) {
        return DialectName.of(value)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'"
                                                + value
                                                + "' is none of "
                                                + String.join(", ", new Names())));
    }

    /** All names, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            List<String> names = new ArrayList<>();
            for (DialectName name : DialectName.values()) {
                names.add(name.text());
            }
            return names.iterator();
        }
    }
}
