package org.keysock.kernel.engine;

import java.util.List;
import org.keysock.pfkey.model.Reading;

/**
 * How one dialect's kernel behaves: the seam at which a dialect is added. What happens to the
 * databases is neutral and lives in {@link KeyEngine}; the order of checks, the errnos, who hears
 * what and how it is put are here.
 */
public interface DialectRules {

    /** What happens to a record that a socket of this dialect wrote, well formed or not. */
    Outcome carryOut(KeySocket asker, Reading reading, KeyEngine engine);

    /** Composes and posts what this dialect's sockets hear of an outcome. */
    void hear(Outcome outcome, List<KeySocket> sockets, Mailbox mailbox);
}
