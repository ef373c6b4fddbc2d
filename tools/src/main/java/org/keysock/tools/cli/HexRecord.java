package org.keysock.tools.cli;

/**
 * Bytes of one message as they stood in an input.
 *
 * @param place where in the input, for people
 * @param bytes the bytes
 */
record HexRecord(String place, byte[] bytes) {}
