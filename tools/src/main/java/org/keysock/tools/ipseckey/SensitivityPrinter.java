package org.keysock.tools.ipseckey;

import java.util.List;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;

/** Shows security labels. No label daemon is asked for their names. */
final class SensitivityPrinter {

    private static final String LOWEST = "ADMIN_LOW";

    private SensitivityPrinter() {}

    static void print(StringBuilder text, Extension.Sensitivity label, boolean numeric) {
        boolean inner = label.type() == ExtensionType.SENSITIVITY;
        String prefix = inner ? "SNS: " : "OSN: ";
        String kind = inner ? "Plaintext" : "Ciphertext";
        text.append(prefix).append(kind).append(" Sensitivity DPD ");
        text.append(Integer.toUnsignedString(label.domain()));
        text.append(", sens level=").append(label.level());
        text.append(", integ level=").append(label.integrityLevel());
        text.append(", flags=").append(Integer.toHexString(label.flags())).append('\n');
        String hex = LabelWord.text(label);
        text.append(prefix).append(' ').append(kind).append(" Sensitivity Label: ");
        if (numeric) {
            text.append(hex).append('\n');
            words(text, prefix, " " + kind + " Sensitivity", label.sensitivity());
        } else {
            text.append(hex.equals(LOWEST) ? LOWEST : "** Label conversion failed **");
            text.append(" (").append(hex).append(")\n");
        }
        words(text, prefix, " Integrity", label.integrity());
    }

    private static void words(StringBuilder text, String prefix, String kind, List<Long> words) {
        for (int index = 0; index < words.size(); index++) {
            text.append(prefix).append(kind).append(" BM extended word ").append(index);
            text.append(" 0x").append(Long.toHexString(words.get(index))).append('\n');
        }
    }
}
