/** Requests of a kind that real kernels were found to fail at, by class of fault. */
@NullMarked
package org.keysock.kernel.engine.hostile;

import org.jspecify.annotations.NullMarked;
