package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import java.io.IOException;
import org.keysock.kernel.clock.Now;

/** {@code clock}: what time it is, after moving it if asked to. */
final class ClockVerb implements ControlVerb {

    private static final String ADVANCE = "advance";

    private final KernelLoop loop;

    ClockVerb(KernelLoop loop) {
        this.loop = loop;
    }

    @Override
    public void serve(ControlRequest request, JsonObject answer)
            throws BadControlRequest, IOException {
        if (request.has(ADVANCE)) {
            long millis = request.millis(ADVANCE);
            if (!loop.time().isVirtual()) {
                throw new BadControlRequest("the clock is the system's and cannot be advanced");
            }
            loop.time().advance(millis);
        }
        answer.add("clock", show(loop.time()));
    }

    /** The clock as it is shown. */
    static JsonObject show(Timekeeper time) {
        Now now = time.now();
        JsonObject shown = new JsonObject();
        shown.addProperty("kind", time.isVirtual() ? "virtual" : "system");
        shown.addProperty("seconds", now.wallSeconds());
        return shown;
    }
}
