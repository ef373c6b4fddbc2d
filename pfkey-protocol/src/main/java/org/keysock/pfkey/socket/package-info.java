/**
 * Key sockets for clients: AF_UNIX connections to an emulated kernel that carry one message at a
 * time, and a client that asks and awaits the answer.
 *
 * <p>{@link org.keysock.pfkey.socket.StreamConnection} needs nothing but the JDK and starts fast;
 * {@link org.keysock.pfkey.socket.SeqpacketConnection} needs junixsocket and knows
 * acknowledgements. The kernel's ends of these sockets are in {@code kernel.server}. Read {@link
 * org.keysock.pfkey.socket.PfKeyConnection} first.
 */
@NullMarked
package org.keysock.pfkey.socket;

import org.jspecify.annotations.NullMarked;
