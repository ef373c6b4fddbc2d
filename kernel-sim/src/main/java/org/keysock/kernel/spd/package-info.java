/**
 * The security policy database: which packets need protection, and by what (RFC 4301 section
 * 4.4.1). One database serves all dialects; what each of them may say and hear of it is a matter of
 * {@code kernel.engine}'s rules. Read {@link org.keysock.kernel.spd.Spd} first.
 */
@org.jspecify.annotations.NullMarked
package org.keysock.kernel.spd;
