/**
 * The rules of Linux' {@code af_key} for the messages about SAs (rfc2367-linux-kame.md section 8,
 * and what a 6.1 kernel was recorded to do). The policy messages (X_SPD..., X_MIGRATE) and the
 * larval entries without SPI that stand for waiting packets are not here yet: the former are
 * answered with EOPNOTSUPP. Read {@link org.keysock.kernel.engine.linux.LinuxRules} first.
 */
@NullMarked
package org.keysock.kernel.engine.linux;

import org.jspecify.annotations.NullMarked;
