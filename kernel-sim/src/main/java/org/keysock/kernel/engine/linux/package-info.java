/**
 * The rules of Linux' {@code af_key} (rfc2367-linux-kame.md section 8, and what a 6.1 kernel was
 * recorded to do): SAs, policies, migration. Read {@link
 * org.keysock.kernel.engine.linux.LinuxRules} first.
 */
@NullMarked
package org.keysock.kernel.engine.linux;

import org.jspecify.annotations.NullMarked;
