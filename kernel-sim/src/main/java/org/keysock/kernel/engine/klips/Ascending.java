package org.keysock.kernel.engine.klips;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;

/** Extensions in ascending order of KLIPS' numbers, in which its builder writes them. */
final class Ascending {

    private static final List<ExtensionType> ORDER =
            List.of(
                    ExtensionType.SA,
                    ExtensionType.ADDRESS_SRC,
                    ExtensionType.ADDRESS_DST,
                    ExtensionType.X_SATYPE2,
                    ExtensionType.X_GRP_SA2,
                    ExtensionType.X_ADDRESS_DST2,
                    ExtensionType.X_ADDRESS_SRC_FLOW,
                    ExtensionType.X_ADDRESS_DST_FLOW,
                    ExtensionType.X_ADDRESS_SRC_MASK,
                    ExtensionType.X_ADDRESS_DST_MASK);

    private Ascending() {}

    /** The same, sorted; of types that stand in echoes. */
    static List<Extension> of(List<Extension> parts) {
        List<Extension> sorted = new ArrayList<>(parts);
        sorted.sort(Comparator.comparingInt(part -> ORDER.indexOf(part.type())));
        return sorted;
    }
}
