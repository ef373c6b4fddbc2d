package org.keysock.kernel.transform;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * What {@code HostileInputTest} does with seeded changes, with changes that follow coverage: packet
 * views and transforms of both directions. {@code mvn -Pfuzz -pl pfkey-protocol,kernel-sim test}.
 */
class JazzerTest {

    private static final Hostile HOSTILE = new Hostile();

    @FuzzTest(maxDuration = "2m")
    void packets(byte[] input) {
        if (input.length <= 4096) {
            HOSTILE.feed(input);
        }
    }
}
