/**
 * The emulated kernel as a process: a folder of sockets, one event loop that owns engine and
 * databases, the sessions that carry records between the two, the acknowledgement, the control
 * socket, and the main classes of {@code pfkey serve} and {@code pfkey run}.
 *
 * <p>What a message means and what becomes of it is decided elsewhere: {@code pfkey.wire} reads and
 * writes, {@code kernel.engine} answers. Here is only when, to whom and how much. Read {@link
 * org.keysock.kernel.server.PfKeyServer} first, then {@code KernelLoop}; why the transport is as it
 * is stands in {@code docs/decisions/0001-transport.md}.
 */
@NullMarked
package org.keysock.kernel.server;

import org.jspecify.annotations.NullMarked;
