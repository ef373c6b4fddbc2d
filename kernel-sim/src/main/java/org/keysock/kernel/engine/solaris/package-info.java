/**
 * How a Solaris key socket behaves, verb by verb: solaris.md section 3 with its recommendations,
 * and the "Build" column of section 8. What happens to the databases is not here but in {@link
 * org.keysock.kernel.engine.KeyEngine}. Read {@link org.keysock.kernel.engine.solaris.SolarisRules}
 * first.
 */
@NullMarked
package org.keysock.kernel.engine.solaris;

import org.jspecify.annotations.NullMarked;
