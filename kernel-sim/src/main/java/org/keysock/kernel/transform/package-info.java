/**
 * What happens to packets: which policy judges them, which SAs protect them, and what these do to
 * them (RFC 4301 section 5). Read {@link org.keysock.kernel.transform.IpsecProcessor} first for the
 * road, {@link org.keysock.kernel.transform.Esp} for a transform.
 */
@NullMarked
package org.keysock.kernel.transform;

import org.jspecify.annotations.NullMarked;
