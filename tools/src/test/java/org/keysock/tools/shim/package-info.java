/** Tests of the native code in {@code tools/shim}: native programs against a real server. */
@org.jspecify.annotations.NullMarked
package org.keysock.tools.shim;
