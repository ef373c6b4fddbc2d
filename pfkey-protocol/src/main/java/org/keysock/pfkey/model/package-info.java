/**
 * What a PF_KEY message means: plain values, no bytes.
 *
 * <p>Here live the base header, the extensions of RFC 2367 and of the dialects, the number spaces
 * by meaning, addresses, keys and the one table of algorithms. How any of it looks on a wire is the
 * business of {@code wire}; what a kernel answers is the business of {@code kernel.engine}. Read
 * {@link org.keysock.pfkey.model.SadbMessage} first.
 */
@NullMarked
package org.keysock.pfkey.model;

import org.jspecify.annotations.NullMarked;
