/**
 * The rules of RFC 2367 as written: a class for each verb that judges the request, does it, and
 * composes what this dialect's sockets hear of it, whoever asked. Where the RFC is silent Linux'
 * errnos are used, always in a message. Read {@link org.keysock.kernel.engine.rfc2367.Rfc2367Rules}
 * first.
 */
@NullMarked
package org.keysock.kernel.engine.rfc2367;

import org.jspecify.annotations.NullMarked;
