package org.keysock.tools.ipseckey;

import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;

/** Shows lists of algorithms. */
final class SupportedPrinter {

    private SupportedPrinter() {}

    static void print(StringBuilder text, Extension.Supported supported) {
        boolean auth = supported.type() == ExtensionType.SUPPORTED_AUTH;
        String prefix = auth ? "SUA: " : "SUE: ";
        text.append(prefix).append("Supported ").append(auth ? "authentication" : "encryption");
        text.append(" algorithms.\n");
        for (Extension.Supported.Algorithm algorithm : supported.algorithms()) {
            text.append(prefix).append(SaPrinter.algorithm(algorithm.code()));
            text.append(" minbits=").append(algorithm.minBits());
            text.append(", maxbits=").append(algorithm.maxBits());
            text.append(", ivlen=").append(algorithm.ivLength());
            text.append(", saltbits=").append(algorithm.saltBits());
            if (!auth) {
                text.append(", increment=").append(algorithm.increment());
            }
            text.append(".\n");
        }
    }
}
