package org.keysock.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;

/** A test that asks what must be refused, and compares what people are told of it with a table. */
public abstract class RefusalTable {

    private final List<String> told = new ArrayList<>();

    /** Where it is asked. */
    protected abstract Harness harness();

    /** Who asks, unless another is named. */
    protected abstract KeySocket asker();

    /** Asks what must be refused. */
    protected final void refuse(KeySocket asker, Reading reading) {
        harness().ask(asker, reading);
        List<Harness.Refused> refusals = harness().refusals();
        assertEquals(1, refusals.size(), "after " + told);
        told.add(refusals.get(0).errno() + " " + refusals.get(0).reason());
    }

    /** Asks what must be refused. */
    protected final void refuse(SadbMessage message) {
        refuse(asker(), new Reading.Whole(message, new Reading.Raw(new byte[0], 0, 0)));
    }

    /** Writes the bytes of a little-endian host, which must be refused. */
    protected final void refuse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        Dialect dialect = Dialect.of(asker().dialect(), ByteOrder.LITTLE_ENDIAN);
        refuse(asker(), new MessageReader(dialect).read(bytes, 0, bytes.length));
    }

    /** Asks what must not be refused. */
    protected final void accept(SadbMessage message) {
        harness().ask(asker(), message);
        assertEquals(List.of(), harness().refusals());
    }

    /** What was told so far: errno and reason, a line each. */
    protected final void assertTold(String table) {
        assertEquals(table.strip(), String.join("\n", told));
    }
}
