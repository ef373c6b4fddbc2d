package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.YOU;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.SpiRange;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** GETSPI: solaris.md 3.10. */
class GetSpiTest {

    private final Kernel kernel = new Kernel();

    private static Ask getSpi(int min, int max) {
        return Ask.of(MessageType.GETSPI, SaType.ESP)
                .dst(ME)
                .with(new SpiRange(new Spi(min), new Spi(max)))
                .src(YOU);
    }

    @Test
    void theSpiStandsInThePlaceOfTheRange() {
        SadbMessage answer = Kernel.only(kernel.asks(getSpi(0x1a2b, 0x1a2b)));
        assertEquals(
                List.of(ExtensionType.ADDRESS_DST, ExtensionType.SA, ExtensionType.ADDRESS_SRC),
                Kernel.types(answer));
        assertEquals(Extension.Sa.of(new Spi(0x1a2b)), answer.sa());
        assertEquals(List.of(answer), kernel.bystanderHears());
    }

    @Test
    void aFullRangeIsEexist() {
        Set<Integer> drawn = new HashSet<>();
        for (int count = 0; count < 20; count++) {
            drawn.add(kernel.getSpi(300, 319, ME));
        }
        assertEquals(20, drawn.size());
        kernel.refuses(getSpi(300, 319), Errno.EEXIST, Diagnostic.NONE);
        kernel.getSpi(300, 319, YOU);
    }

    @Test
    void whatIsMissingOrUpsideDown() {
        Ask ask = Ask.of(MessageType.GETSPI, SaType.ESP);
        kernel.refuses(ask, Diagnostic.MISSING_SRC);
        kernel.refuses(ask.src(YOU), Diagnostic.MISSING_DST);
        kernel.refuses(ask.dst(ME), Diagnostic.MISSING_RANGE);
        kernel.refuses(getSpi(2, 1), Diagnostic.MALFORMED_RANGE);
        kernel.refuses(getSpi(-1, 1), Diagnostic.MALFORMED_RANGE);
        assertEquals(List.of(), kernel.bystanderHears());
    }

    @Test
    void aLarvalSaVanishesWithoutAWord() {
        int spi = kernel.getSpi(256, 0x7fffffff, ME);
        kernel.harness.advance(89);
        assertNotNull(kernel.sa(SaType.ESP, ME, spi));
        kernel.harness.advance(1);
        assertNull(kernel.sa(SaType.ESP, ME, spi));
        assertEquals(List.of(), kernel.harness.heard(kernel.client));
    }

    @Test
    void theLarvalLifeIsASwitch() {
        Kernel quick = new Kernel("solaris.larval-timeout=2");
        int spi = quick.getSpi(256, 0x7fffffff, ME);
        quick.harness.advance(2);
        assertNull(quick.sa(SaType.ESP, ME, spi));
    }
}
