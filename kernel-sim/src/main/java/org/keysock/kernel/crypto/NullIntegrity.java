package org.keysock.kernel.crypto;

/**
 * The null algorithm of Linux and KAME: no value at all, so that every packet has the right one.
 */
final class NullIntegrity implements Integrity {

    @Override
    public int icvLength() {
        return 0;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {}

    @Override
    public void finish(byte[] bytes, int offset) {}

    @Override
    public boolean matches(byte[] bytes, int offset) {
        return true;
    }
}
