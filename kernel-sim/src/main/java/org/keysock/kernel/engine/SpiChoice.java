package org.keysock.kernel.engine;

import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Spi;

/** How GETSPI draws an SPI: at random, and one after the other when chance does not find one. */
public final class SpiChoice {

    private static final int DRAWS = 64;

    private SpiChoice() {}

    /**
     * A free SPI.
     *
     * @param min least, inclusive
     * @param max greatest, inclusive
     * @param taken whether an SPI cannot be had
     * @return null when every SPI from {@code min} to {@code max} is taken
     */
    public static @Nullable Spi draw(
            Spi min, Spi max, RandomGenerator random, Predicate<Spi> taken) {
        long least = min.unsigned();
        long count = max.unsigned() - least + 1;
        for (int draw = 0; draw < DRAWS && count > 1; draw++) {
            Spi spi = new Spi((int) (least + random.nextLong(count)));
            if (!taken.test(spi)) {
                return spi;
            }
        }
        for (long step = 0; step < count; step++) {
            Spi spi = new Spi((int) (least + step));
            if (!taken.test(spi)) {
                return spi;
            }
        }
        return null;
    }
}
