package org.keysock.tools.setkey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.tools.cli.Output;

/** The algorithms that the kernel offered when this process registered. */
final class Offers {

    private final List<Supported.Algorithm> algorithms = new ArrayList<>();
    private final Output err;

    /**
     * The offers of an answer.
     *
     * @param err where the limits of a key's length are shown
     */
    Offers(SadbMessage answer, Output err) {
        this.err = err;
        for (ExtensionType type :
                List.of(ExtensionType.SUPPORTED_AUTH, ExtensionType.SUPPORTED_ENCRYPT)) {
            Supported supported = answer.find(type, Supported.class);
            if (supported != null) {
                algorithms.addAll(supported.algorithms());
            }
        }
    }

    /**
     * Lets a key pass if the kernel offers the algorithm with keys of that length.
     *
     * @param word the algorithm's name in the script
     * @param key the key there, or null where it takes none
     */
    void check(Algorithm algorithm, int bits, Token word, @Nullable Token key) throws ScriptError {
        Supported.Algorithm offer = offer(algorithm.code());
        if (offer == null) {
            throw new ScriptError(LibraryError.NOT_SUPPORTED, word);
        }
        if (bits < offer.minBits() || bits > offer.maxBits()) {
            err.print(" " + bits + " " + offer.minBits() + " " + offer.maxBits() + "\n");
            throw new ScriptError(LibraryError.INVALID_KEY_LENGTH, key == null ? word : key);
        }
    }

    private Supported.@Nullable Algorithm offer(Code code) {
        for (Supported.Algorithm offer : algorithms) {
            if (offer.code().equals(code)) {
                return offer;
            }
        }
        return null;
    }
}
