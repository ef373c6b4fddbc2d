package org.keysock.kernel.engine.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.DialectName;

/**
 * An answer that outgrows its buffer: policies with all the requests that one may have, between
 * IPv6 addresses, are shown as they were added, however long a security context came with them.
 */
final class PoliciesTest {

    private static final int MOST_REQUESTS = 6;
    private static final int SPDADD = 14;
    private static final int SPDDUMP = 18;
    private static final int MOST_CONTEXT = 0xffff;

    /** IPv6, ESP in tunnel mode, required. */
    private static final String TUNNEL =
            "4800 3200 02 02 0000 00000000 00000000"
                    + "0a000000 00000000 fd000000000000000000000000000001 00000000".repeat(2);

    private static byte[] context(int length) {
        byte[] extension = Bytes.extension(24, "01010000" + "78".repeat(length));
        Bytes.put16(extension, 6, length);
        return extension;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 4_000, 65_000, MOST_CONTEXT})
    void areShownWhole(int length) {
        Host host = new Host();
        String requests = TUNNEL.repeat(MOST_REQUESTS);
        byte[] add =
                length == 0
                        ? Bytes.policyAdd(Bytes.policy(requests))
                        : Bytes.policyAdd(Bytes.policy(requests), context(length));
        List<byte[]> added = host.asks(DialectName.LINUX, add);
        assertEquals(1, added.size());
        assertEquals(SPDADD, added.get(0)[1]);
        assertEquals(0, added.get(0)[2]);

        List<byte[]> shown = host.asks(DialectName.LINUX, Bytes.message(SPDDUMP, 0));
        assertEquals(1, shown.size());
        assertEquals(extensions(added.get(0)), extensions(shown.get(0)));
        assertEquals(Bytes.WORD * Bytes.get16(shown.get(0), 4), shown.get(0).length);
        // two addresses, three lifetimes and the policy; the context is dropped, as without a
        // module
        int most = Bytes.BASE + 2 * 24 + 3 * 32 + 16 + MOST_REQUESTS * 72;
        assertEquals(most, shown.get(0).length);
    }

    private static String extensions(byte[] record) {
        return HexFormat.of().formatHex(record, Bytes.BASE, record.length);
    }
}
