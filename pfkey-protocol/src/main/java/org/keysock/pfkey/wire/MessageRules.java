package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Fault;

/**
 * What a dialect's parser asks of a message beyond its frame and its extensions one by one. Faults
 * come in the order of the walk: header, each extension, the whole.
 */
interface MessageRules {

    /** Why no message has that header, which is at the cursor; or null. */
    @Nullable Fault header(Cursor header);

    /** Why a message of that number must not have an extension of that number; or null. */
    @Nullable Fault permits(int message, int extension);

    /**
     * Why a message, each extension of which is right, is not right; or null. May move the cursor.
     *
     * @param start where its header begins
     * @param end behind its last extension
     * @param seen the numbers of its extensions, a bit each
     */
    @Nullable Fault whole(Cursor cursor, int start, int end, long seen);
}
