package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.keysock.pfkey.model.DialectName;

/** {@code refusals}: from now on the session hears why requests are refused, a line for each. */
final class RefusalsVerb implements ControlVerb {

    private final KernelLoop loop;

    RefusalsVerb(KernelLoop loop) {
        this.loop = loop;
    }

    @Override
    public void serve(ControlRequest request, JsonObject answer) throws BadControlRequest {
        Optional<DialectName> dialect =
                request.has("dialect") ? Optional.of(request.dialect("dialect")) : Optional.empty();
        loop.deliveries().refusals().subscribe(request.asker(), dialect);
    }
}
