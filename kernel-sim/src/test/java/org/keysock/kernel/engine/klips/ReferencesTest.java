package org.keysock.kernel.engine.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.engine.klips.TableSa.NOW;
import static org.keysock.kernel.engine.klips.TableSa.esp;

import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.SaType;

/** The numbers of SAs: klips.md section 1.7. */
final class ReferencesTest {

    private static int reference(Scene scene, int spi) {
        return Scene.sa(scene.told(Scene.add(SaType.ESP, spi))).reference();
    }

    @Test
    void classicOnesBeginWithZero() {
        Scene scene = new Scene();

        assertEquals(0, reference(scene, 0x1000));
    }

    /** There 0 is none. */
    @Test
    void laterOnesBeginWithOne() {
        Scene scene = new Scene("klips.form=modern");

        assertEquals(1, reference(scene, 0x1000));
        assertEquals(2, reference(scene, 0x1001));
    }

    /** SAs of other dialects do without when all are taken, and are shown like any other. */
    @Test
    void whenAllAreTakenOthersGoWithout() {
        Sadb sadb = new Sadb();
        sadb.references(1, KlipsForm.MODERN.references());
        SecurityAssociation first = esp(1, "10.0.0.1", "10.0.0.2").in(sadb);
        for (int spi = 2; spi < KlipsForm.MODERN.references(); spi++) {
            assertEquals(spi, esp(spi, "10.0.0.1", "10.0.0.2").in(sadb).reference());
        }
        SecurityAssociation late =
                esp(0x100000, "10.0.0.1", "10.0.0.2").in(sadb, DialectName.LINUX);

        assertEquals(SecurityAssociation.NO_REFERENCE, late.reference());
        String line = new SpiLine(TableForm.MODERN, NOW, false).of(late, false);
        assertTrue(line.contains(" refcount=3 ref=4294967295"), line);
        sadb.remove(first);
        assertEquals(1, esp(0x200000, "10.0.0.1", "10.0.0.2").in(sadb).reference());
    }
}
