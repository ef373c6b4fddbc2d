package org.keysock.pfkey.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.KlipsSyntax;
import org.keysock.pfkey.model.MessageType;

/** Which extensions a KLIPS message must and may have: klips.md section 1.6. */
final class KlipsSyntaxTest {

    /** The table of klips.md 1.6, as KLIPS has it: bitmaps with the base header as bit 0. */
    @ParameterizedTest
    @CsvSource({
        "GETSPI, 100e1, 10061, 63, 63",
        "UPDATE, 30001fff, 63, 30001cff, 63",
        "ADD, 78001ffb, 63, 78001c7b, 63",
        "DELETE, 63, 63, 63, 63",
        "GET, 63, 63, 78001fff, 63",
        "ACQUIRE, 3ce1, 2061, 3ce1, 2061",
        "REGISTER, 1, 1, c001, 1",
        "EXPIRE, 1, 1, 7f, 67",
        "FLUSH, 1, 1, 1, 1",
        "DUMP, 1, 1, 78001fff, 363",
        "X_GRPSA, 1c0043, 43, 1c0043, 43",
        "X_ADDFLOW, 5e00c63, 1e00043, 5e00063, 1e00043",
        "X_DELFLOW, 5e00c03, 1, 5e00003, 1e00001",
        "X_DEBUG, 2000001, 2000001, 2000001, 2000001",
        "X_NAT_T_NEW_MAPPING, 30000063, 30000063, 30000063, 30000063",
        "X_PLUMBIF, 80000001, 80000001, 80000001, 80000001",
        "X_UNPLUMBIF, 80000001, 80000001, 80000001, 80000001"
    })
    void requiredAndPermitted(
            String name, String mayIn, String mustIn, String mayOut, String mustOut) {
        MessageType type =
                MessageType.all().stream()
                        .filter(each -> each.toString().equals(name))
                        .findFirst()
                        .orElseThrow();
        KlipsSyntax in = KlipsSyntax.towardsKernel(KlipsForm.CLASSIC);
        KlipsSyntax out = KlipsSyntax.fromKernel(KlipsForm.CLASSIC);
        assertEquals(mayIn + " " + mustIn, bitmaps(in.row(type)));
        assertEquals(mayOut + " " + mustOut, bitmaps(out.row(type)));
    }

    @Test
    void theModernFormPermitsMore() {
        KlipsSyntax in = KlipsSyntax.towardsKernel(KlipsForm.MODERN);
        KlipsSyntax out = KlipsSyntax.fromKernel(KlipsForm.MODERN);
        assertEquals("1f8001ffb 63", bitmaps(in.row(MessageType.ADD)));
        assertEquals("1f8001c7b 63", bitmaps(out.row(MessageType.ADD)));
        KlipsSyntax libreswan = KlipsSyntax.towardsKernel(KlipsForm.LIBRESWAN);
        assertEquals("67 63", bitmaps(libreswan.row(MessageType.GET)));
        assertNull(in.row(MessageType.X_PROMISC));
    }

    private static String bitmaps(KlipsSyntax.@Nullable Row row) {
        KlipsSyntax.Row found = Objects.requireNonNull(row);
        NumberSpace<ExtensionType> types =
                Dialect.klips(KlipsForm.MODERN, ByteOrder.LITTLE_ENDIAN).extensionTypes();
        return Long.toHexString(1 | KlipsParser.bits(found.permitted(), types))
                + " "
                + Long.toHexString(1 | KlipsParser.bits(found.required(), types));
    }
}
