@NullMarked
package org.keysock.tools.setkey;

import org.jspecify.annotations.NullMarked;
