package org.keysock.kernel.engine;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.SadbMessage;

/**
 * The messages of a dump whose sequence numbers count from 1, with 0 for the last: RFC 2367 section
 * 3.1.10, Linux. One message is always held back, because the last is numbered differently.
 */
public final class NumberedDump implements Supplier<@Nullable SadbMessage> {

    private final Supplier<@Nullable SadbMessage> messages;
    private @Nullable SadbMessage heldBack;
    private int sequence;

    /**
     * A dump of messages.
     *
     * @param messages the next one, not numbered yet; null at the end
     */
    public NumberedDump(Supplier<@Nullable SadbMessage> messages) {
        this.messages = messages;
        heldBack = messages.get();
    }

    /**
     * A dump of a walk's objects.
     *
     * @param walk the next one, null at the end
     * @param describe the message of an object, null when the dump leaves it out
     */
    public static <T> NumberedDump of(
            Supplier<@Nullable T> walk, Function<T, @Nullable SadbMessage> describe) {
        return new NumberedDump(
                () -> {
                    for (T each = walk.get(); each != null; each = walk.get()) {
                        SadbMessage message = describe.apply(each);
                        if (message != null) {
                            return message;
                        }
                    }
                    return null;
                });
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
        heldBack = messages.get();
        return message.withHeader(message.header().withSequence(heldBack == null ? 0 : ++sequence));
    }
}
