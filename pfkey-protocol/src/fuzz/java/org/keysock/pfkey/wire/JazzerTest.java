package org.keysock.pfkey.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.keysock.pfkey.model.DialectName;

/**
 * What {@code FuzzTest} does with seeded mutations, with mutations that follow coverage: {@code mvn
 * -Pfuzz -pl pfkey-protocol test}. The first byte of an input chooses the dialect.
 */
class JazzerTest {

    private static final List<Dialect> DIALECTS = dialects();

    private static List<Dialect> dialects() {
        List<Dialect> dialects = new ArrayList<>();
        for (DialectName name : Dialect.spoken()) {
            dialects.add(Dialect.of(name, ByteOrder.LITTLE_ENDIAN));
            dialects.add(Dialect.of(name, ByteOrder.BIG_ENDIAN));
        }
        return List.copyOf(dialects);
    }

    @FuzzTest(maxDuration = "2m")
    void codec(byte[] input) {
        if (input.length > 0) {
            Dialect dialect = DIALECTS.get((input[0] & 0xff) % DIALECTS.size());
            org.keysock.pfkey.wire.FuzzTest.feed(
                    dialect, Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
