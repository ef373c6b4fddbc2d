/**
 * The security association database: SAs, their states and lifetimes, and the indexes that find
 * them. It knows no messages, no sockets and no clock: times are arguments. Read {@link
 * org.keysock.kernel.sadb.Sadb} first.
 */
@NullMarked
package org.keysock.kernel.sadb;

import org.jspecify.annotations.NullMarked;
