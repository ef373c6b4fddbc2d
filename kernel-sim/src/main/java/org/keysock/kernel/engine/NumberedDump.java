package org.keysock.kernel.engine;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.SadbMessage;

/**
 * The messages of a dump whose sequence numbers count from 1, with 0 for the last: RFC 2367 section
 * 3.1.10, Linux. One message is always held back, because the last is numbered differently.
 */
public final class NumberedDump implements Supplier<@Nullable SadbMessage> {

    private final Sadb.Walk walk;
    private final Function<SecurityAssociation, @Nullable SadbMessage> describe;
    private @Nullable SadbMessage heldBack;
    private int sequence;

    /**
     * A dump of a walk's SAs.
     *
     * @param describe the message of an SA, null when the dump leaves it out
     */
    public NumberedDump(
            Sadb.Walk walk, Function<SecurityAssociation, @Nullable SadbMessage> describe) {
        this.walk = walk;
        this.describe = describe;
        heldBack = another();
    }

    /** Whether there is no message. */
    public boolean empty() {
        return heldBack == null;
    }

    /** The next message, null at the end. */
    @Override
    public @Nullable SadbMessage get() {
        SadbMessage message = heldBack;
        if (message == null) {
            return null;
        }
        heldBack = another();
        return message.withHeader(message.header().withSequence(heldBack == null ? 0 : ++sequence));
    }

    private @Nullable SadbMessage another() {
        for (SecurityAssociation sa = walk.next(); sa != null; sa = walk.next()) {
            SadbMessage message = describe.apply(sa);
            if (message != null) {
                return message;
            }
        }
        return null;
    }
}
