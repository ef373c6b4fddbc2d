@NullMarked
package org.keysock.tools.ipseckey;

import org.jspecify.annotations.NullMarked;
