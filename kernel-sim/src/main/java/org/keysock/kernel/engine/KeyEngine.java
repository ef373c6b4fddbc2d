package org.keysock.kernel.engine;

/** The key engine. Under construction on branch "engine". */
public final class KeyEngine {}
