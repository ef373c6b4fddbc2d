/**
 * What happens to packets: which policy judges them and which SAs protect them (RFC 4301 section
 * 5). Read {@link org.keysock.kernel.transform.PathFinder} first.
 */
@NullMarked
package org.keysock.kernel.transform;

import org.jspecify.annotations.NullMarked;
