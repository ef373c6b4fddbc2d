package org.keysock.kernel.server;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The verbs of the control socket, by name, and what is made of a line (docs/control.md). */
final class ControlVerbs {

    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private final KernelLoop loop;
    private final Map<String, ControlVerb> verbs = new TreeMap<>();

    ControlVerbs(KernelLoop loop, Path folder) {
        this.loop = loop;
        verbs.put("status", new StatusVerb(loop, folder));
        verbs.put("sessions", new SessionsVerb(loop));
        verbs.put("clock", new ClockVerb(loop));
        verbs.put("acquire", new AcquireVerb(loop));
        verbs.put("use", new UseVerb(loop));
        verbs.put("refusals", new RefusalsVerb(loop));
        verbs.put("sa", new SaVerb(loop));
        verbs.put("keys", new KeysVerb(loop));
        verbs.put("stats", new StatsVerb(loop));
    }

    /** The answer to one line, without a line end. What it caused has been delivered. */
    String answer(ControlSession asker, String line) {
        JsonObject answer = new JsonObject();
        answer.addProperty("ok", true);
        try {
            ControlRequest request = ControlRequest.parse(asker, line);
            String name = request.text("verb");
            ControlVerb verb = verbs.get(name);
            if (verb == null) {
                return refusal("no such verb: " + name + "; there are " + verbs.keySet());
            }
            verb.serve(request, answer);
            loop.deliver();
            return GSON.toJson(answer);
        } catch (BadControlRequest bad) {
            return refusal(bad.reason());
        } catch (IOException | RuntimeException | Error fault) {
            loop.faults().note("a control request could not be served", fault);
            return refusal("the server failed: " + fault.getMessage());
        }
    }

    /** A refused request, for a session that asked for it, after so many lines that were lost. */
    static String news(JsonObject refused, long lost) {
        JsonObject news = new JsonObject();
        news.add("refused", refused);
        if (lost > 0) {
            news.addProperty("lost", lost);
        }
        return GSON.toJson(news);
    }

    /** The answer that says no. */
    static String refusal(String reason) {
        JsonObject answer = new JsonObject();
        answer.addProperty("ok", false);
        answer.addProperty("error", reason);
        return GSON.toJson(answer);
    }
}
