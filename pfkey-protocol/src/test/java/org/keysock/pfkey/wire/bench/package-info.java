/** Benchmarks of the codec: {@code java -cp TESTCLASSPATH org.openjdk.jmh.Main wire.bench}. */
@NullMarked
package org.keysock.pfkey.wire.bench;

import org.jspecify.annotations.NullMarked;
