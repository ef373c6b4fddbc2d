/**
 * The {@code setkey} of Linux and KAME: manual keying and policies, its language and its output
 * (rfc2367-linux-kame.md section 12).
 *
 * <p>The road of a command: {@link org.keysock.tools.setkey.Tokens} cuts a script into {@link
 * org.keysock.tools.setkey.Token}s, {@link org.keysock.tools.setkey.Commands} finds the {@link
 * org.keysock.tools.setkey.Command} of the first word, which reads the rest of its statement and
 * makes the messages to be sent, {@link org.keysock.tools.setkey.KernelTalk} sends them and reads
 * the answers, {@link org.keysock.tools.setkey.Report} shows what came of it. Read {@link
 * org.keysock.tools.setkey.Setkey} first.
 *
 * <p>The command starts as a process for each line of a script, so its everyday path uses few
 * classes and none of: regular expressions, format strings, streams, lambdas.
 */
@NullMarked
package org.keysock.tools.setkey;

import org.jspecify.annotations.NullMarked;
