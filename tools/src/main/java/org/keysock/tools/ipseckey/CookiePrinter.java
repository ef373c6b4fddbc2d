package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import org.keysock.pfkey.model.SolarisExtension;

/** Shows who made an SA. The cookies of IKE have names in the file {@code ipsec_kmc_map}. */
final class CookiePrinter {

    private static final int IKE = 1;
    private static final String UNNAMED = "<Label not found.>";

    private CookiePrinter() {}

    static void print(StringBuilder text, SolarisExtension.KmCookie cookie, Path folder) {
        text.append("KMC:  Protocol ").append(Integer.toUnsignedString(cookie.protocol()));
        text.append(", cookie=\"");
        if (cookie.protocol() == IKE) {
            // IKE's own cookie is the first 32 bits
            long own = cookie.cookie() & 0xffffffffL;
            text.append(label(folder.resolve("ipsec_kmc_map"), own)).append("\" (");
            text.append(own).append(")\n");
            return;
        }
        text.append(
                switch (cookie.protocol()) {
                    case 0 -> "Manual SA with cookie:";
                    case 2 -> "KINK:";
                    case 3 -> "IKEV2:";
                    default -> "<unknown KM protocol>";
                });
        text.append("\" (0x").append(Long.toHexString(cookie.cookie())).append('/');
        text.append(Long.toUnsignedString(cookie.cookie())).append(")\n");
    }

    private static String label(Path map, long cookie) {
        String wanted = Long.toString(cookie);
        try {
            for (String line : Files.readAllLines(map, StandardCharsets.ISO_8859_1)) {
                int end = 0;
                while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
                    end++;
                }
                if (end < line.length() && line.substring(0, end).equals(wanted)) {
                    return line.substring(end + 1);
                }
            }
        } catch (NoSuchFileException e) {
            make(map);
        } catch (IOException e) {
            return UNNAMED;
        }
        return UNNAMED;
    }

    /** Makes an empty map where there is none, as the original does. */
    private static void make(Path map) {
        try {
            Files.createFile(
                    map,
                    PosixFilePermissions.asFileAttribute(
                            EnumSet.of(PosixFilePermission.OWNER_READ)));
        } catch (IOException e) {
            // then there is none
        }
    }
}
