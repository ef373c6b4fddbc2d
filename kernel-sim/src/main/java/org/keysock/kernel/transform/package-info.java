/**
 * What happens to packets: which policy judges them, which SAs protect them, and how (RFC 4301
 * section 5). Read {@link org.keysock.kernel.transform.IpsecProcessor} first.
 */
@NullMarked
package org.keysock.kernel.transform;

import org.jspecify.annotations.NullMarked;
