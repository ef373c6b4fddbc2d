/**
 * The cryptography of packets: ciphers, integrity check values and combined modes with the keys of
 * one SA, over byte arrays in place. It knows no packets and no databases. Read {@link
 * org.keysock.kernel.crypto.EspProtection} first.
 */
@NullMarked
package org.keysock.kernel.crypto;

import org.jspecify.annotations.NullMarked;
