package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.SadbMessage;

/** The worked bytes of solaris.md section 1.14, from request to reply. */
class WorkedBytesTest {

    private static final String ADD =
            """
            02 03 00 03 17 00 00 00  01 00 00 00 c1 12 00 00
            02 00 01 00 00 00 67 89  00 01 02 02 00 00 00 00
            04 00 03 00 00 00 00 00  00 00 00 00 00 00 00 00
            00 00 00 00 00 00 00 00  80 70 00 00 00 00 00 00
            02 00 09 00 40 00 00 00  be 02 93 8e 7d ef 28 39
            03 00 08 00 80 00 00 00
            bd e3 59 72 35 76 fd ea  08 e5 6c be 87 6e 24 ad
            05 00 06 00 00 00 00 00  1a 00 00 00 00 00 00 00
            00 00 00 00 00 00 00 00  00 00 ff ff c0 00 02 02
            00 00 00 00 00 00 00 00
            05 00 05 00 00 00 00 00  1a 00 00 00 00 00 00 00
            00 00 00 00 00 00 00 00  00 00 ff ff c0 00 02 01
            00 00 00 00 00 00 00 00
            """;

    private static final String ADDED =
            """
            02 03 00 03 12 00 00 00  01 00 00 00 c1 12 00 00
            02 00 01 00 00 00 67 89  00 01 02 02 00 80 00 00
            04 00 03 00 00 00 00 00  00 00 00 00 00 00 00 00
            00 00 00 00 00 00 00 00  80 70 00 00 00 00 00 00
            05 00 06 00 00 00 00 00  02 00 00 00 c0 00 02 02
            00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
            00 00 00 00 00 00 00 00
            05 00 05 00 00 00 00 00  02 00 00 00 c0 00 02 01
            00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
            00 00 00 00 00 00 00 00
            """;

    /** Its second half, a pair with an SA that is not there, makes the ADD fail with 73. */
    private static final String PAIRED_ADD =
            ADD.replace("02 03 00 03 17", "02 03 00 03 18")
                    .replace("04 00 03 00", "01 00 17 00 00 00 11 11 04 00 03 00");

    private static final String REFUSED = "02 03 16 03 02 00 49 00 01 00 00 00 c1 12 00 00";

    private static final String GETSPI =
            """
            02 01 00 03 0a 00 00 00  01 00 00 00 c1 12 00 00
            03 00 05 00 00 00 00 00  02 00 00 00 c0 00 02 02 00 00 00 00 00 00 00 00
            03 00 06 00 00 00 00 00  02 00 00 00 c0 00 02 01 00 00 00 00 00 00 00 00
            02 00 10 00 00 00 1a 2b  00 00 1a 2b 00 00 00 00
            """;

    private static final String SPI = "02 00 01 00 00 00 1a 2b 00 00 00 00 00 00 00 00";

    private final Kernel kernel = new Kernel();

    private void answers(String request, String reply) {
        SadbMessage answer = Kernel.only(kernel.harness.ask(kernel.client, Wire.read(request)));
        assertEquals(reply.replaceAll("\\s", ""), Wire.hex(answer));
        assertEquals(List.of(answer), kernel.bystanderHears());
    }

    @Test
    void add() {
        answers(ADD, ADDED);
    }

    @Test
    void aFailedAdd() {
        answers(PAIRED_ADD, REFUSED);
    }

    @Test
    void getspi() {
        answers(GETSPI, GETSPI.replace("02 00 10 00 00 00 1a 2b  00 00 1a 2b 00 00 00 00", SPI));
    }
}
