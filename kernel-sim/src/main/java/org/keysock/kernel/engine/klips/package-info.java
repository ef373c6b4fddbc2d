/**
 * The rules of KLIPS, the IPsec stack of FreeS/WAN and its successors: klips.md sections 2 and 3.
 * Read {@link org.keysock.kernel.engine.klips.KlipsRules} first.
 */
@NullMarked
package org.keysock.kernel.engine.klips;

import org.jspecify.annotations.NullMarked;
