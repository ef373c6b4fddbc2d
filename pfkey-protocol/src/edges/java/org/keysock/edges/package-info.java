/**
 * The test that guards the house: which package may use which, as {@code
 * testdata/house/package-edges.md} says. This source folder is compiled into the tests of every
 * module. Nothing but that test lives here. Read {@link org.keysock.edges.PackageEdgesTest} first.
 */
@NullMarked
package org.keysock.edges;

import org.jspecify.annotations.NullMarked;
