/**
 * Tests of {@code ipseckey}: recordings of the original, cases after the manual page, wild input.
 * Read {@link org.keysock.tools.ipseckey.RecordedCasesTest} first.
 */
@NullMarked
package org.keysock.tools.ipseckey;

import org.jspecify.annotations.NullMarked;
