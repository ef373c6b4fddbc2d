/**
 * Network devices of the host: where packets come from and go to. Their descriptors are read and
 * written by the server's loop. Read {@link org.keysock.kernel.device.TunDevice} first.
 */
@NullMarked
package org.keysock.kernel.device;

import org.jspecify.annotations.NullMarked;
