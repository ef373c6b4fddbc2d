/** Tests of the tools of KLIPS, most of them recorded runs of the originals. */
@NullMarked
package org.keysock.tools.klips;

import org.jspecify.annotations.NullMarked;
