package org.keysock.kernel.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.Setting;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;

/** {@code status}: what runs here, and what it holds. */
final class StatusVerb implements ControlVerb {

    private static final String VERSION = "/org/keysock/kernel/server/version.properties";

    private final KernelLoop loop;
    private final Path folder;

    StatusVerb(KernelLoop loop, Path folder) {
        this.loop = loop;
        this.folder = folder;
    }

    @Override
    public void serve(ControlRequest request, JsonObject answer) throws IOException {
        answer.addProperty("version", version());
        answer.addProperty("dir", folder.toString());
        answer.addProperty("pid", ProcessHandle.current().pid());
        answer.add("clock", ClockVerb.show(loop.time()));
        answer.add("sas", sas(loop.engine().sadb()));
        answer.addProperty("sessions", loop.deliveries().sessions().size());
        KernelSettings settings = loop.engine().settings();
        JsonArray local = new JsonArray();
        settings.local().stream().map(IpAddress::toString).sorted().forEach(local::add);
        answer.add("local", local);
        answer.add("switches", switches(settings));
        answer.add("counters", StatsVerb.counters(loop));
    }

    /** The project's version, as the build wrote it down. */
    static String version() throws IOException {
        Properties written = new Properties();
        try (InputStream in = StatusVerb.class.getResourceAsStream(VERSION)) {
            if (in == null) {
                throw new IOException("the build left out " + VERSION);
            }
            written.load(in);
        }
        return written.getProperty("version");
    }

    private static JsonObject sas(Sadb sadb) {
        JsonObject sas = new JsonObject();
        sas.addProperty("total", sadb.size());
        for (SaType type : SaType.all()) {
            int size = sadb.size(type);
            if (type != SaType.UNSPEC && size > 0) {
                sas.addProperty(name(type), size);
            }
        }
        return sas;
    }

    /** The name of an SA type in answers. */
    static String name(SaType type) {
        String name = type.toString().toLowerCase(Locale.ROOT);
        return name.startsWith("x_") ? name.substring(2) : name;
    }

    private static JsonArray switches(KernelSettings settings) {
        JsonArray switches = new JsonArray();
        for (Setting each : settings.switches()) {
            JsonObject shown = new JsonObject();
            shown.addProperty("name", each.name());
            shown.addProperty("value", settings.value(each));
            shown.addProperty("range", each.range());
            shown.addProperty("meaning", each.meaning());
            switches.add(shown);
        }
        return switches;
    }
}
