package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import java.io.IOException;

/** One verb of the control socket (docs/control.md). */
interface ControlVerb {

    /**
     * Serves a request.
     *
     * @param answer to be filled with the answer's members
     * @throws BadControlRequest if the request makes no sense
     * @throws IOException if the machine lets us down
     */
    void serve(ControlRequest request, JsonObject answer) throws BadControlRequest, IOException;
}
