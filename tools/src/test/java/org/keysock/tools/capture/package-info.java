/** Tests of capture files. */
@org.jspecify.annotations.NullMarked
package org.keysock.tools.capture;
