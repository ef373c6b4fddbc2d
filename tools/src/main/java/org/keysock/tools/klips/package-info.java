/**
 * The tools of KLIPS, {@code ipsec spi} and its kin: klips.md chapter 5, in the behaviour of
 * Openswan 2.4.4.
 *
 * <p>The road of a command: {@link org.keysock.tools.klips.Ipsec} finds the {@link
 * org.keysock.tools.klips.Command} of the first word; that reads its options with {@link
 * org.keysock.tools.klips.OptionScan}, makes one or more messages, and writes them through a {@link
 * org.keysock.tools.klips.KeySocket}, whose failing {@code write} is all that it hears of the
 * kernel's opinion. What it says, it says through {@link org.keysock.tools.klips.Tool}. The kernel
 * and the machine are behind {@link org.keysock.tools.klips.Machine}, which tests replace.
 *
 * <p>The commands start as a process for each line of a script, so their everyday path uses few
 * classes and none of: regular expressions, format strings, streams, lambdas.
 */
@NullMarked
package org.keysock.tools.klips;

import org.jspecify.annotations.NullMarked;
