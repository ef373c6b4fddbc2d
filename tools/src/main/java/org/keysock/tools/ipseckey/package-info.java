/**
 * Solaris' {@code ipseckey}: the manual keying command, its language and its output.
 *
 * <p>The road of a line: a {@link org.keysock.tools.ipseckey.LineSource} gives physical lines,
 * {@link org.keysock.tools.ipseckey.LineReader} joins them, {@link
 * org.keysock.tools.ipseckey.Words} splits them, {@link org.keysock.tools.ipseckey.CommandParser}
 * makes a {@link org.keysock.tools.ipseckey.Command} after the table {@link
 * org.keysock.tools.ipseckey.Token}, {@link org.keysock.tools.ipseckey.Executor} sends the message
 * that {@link org.keysock.tools.ipseckey.RequestBuilder} makes of it, and the printers show what
 * comes back. In a file {@link org.keysock.tools.ipseckey.Pipeline} sends changes ahead of the
 * answers. Behaviour follows recordings of the original ({@code testdata/cli/ipseckey}); where it
 * differs on purpose, the list there says why. Read {@link org.keysock.tools.ipseckey.Ipseckey}
 * first.
 *
 * <p>The command starts as a process for each line of a script, so its everyday path uses few
 * classes and none of: regular expressions, format strings, streams, lambdas.
 */
@NullMarked
package org.keysock.tools.ipseckey;

import org.jspecify.annotations.NullMarked;
