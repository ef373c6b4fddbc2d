package org.keysock.kernel.sadb.bench;

import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.Samples;
import org.keysock.kernel.sadb.SecurityAssociation;

/**
 * Heap taken by one SA with AES-128 and SHA-1 keys, two IPv4 addresses, a deadline and its share of
 * the indexes: heap in use with a million of them, less that without.
 */
public final class SaFootprint {

    private static final int MILLION = 1_000_000;

    private SaFootprint() {}

    /** Prints the figure. */
    public static void main(String[] args) {
        fill(new Sadb(), 1000); // loads all classes
        long before = used();
        Sadb sadb = new Sadb();
        fill(sadb, MILLION);
        long bytes = (used() - before) / MILLION;
        System.out.println("heap bytes for each of " + sadb.size() + " SAs: " + bytes);
    }

    private static void fill(Sadb sadb, int count) {
        for (int number = 0; number < count; number++) {
            SecurityAssociation sa = Samples.keyed(number, Samples.four(number));
            sadb.insert(sa);
            sadb.schedule(sa, 28_800_000L + number);
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
