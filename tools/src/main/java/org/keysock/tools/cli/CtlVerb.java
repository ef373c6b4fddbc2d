package org.keysock.tools.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One verb of {@code pfkey ctl}: a question to the emulator and how the answer is printed. */
@Command(mixinStandardHelpOptions = true, versionProvider = Pfkey.Version.class)
abstract class CtlVerb implements Callable<Integer> {

    private final Surroundings around;
    private final String name;

    @Mixin private final FolderOption folder = new FolderOption();

    @Option(names = "--json", description = "Print the emulator's answer as it is, in JSON.")
    private boolean json;

    CtlVerb(String name, Surroundings around) {
        this.name = name;
        this.around = around;
    }

    /** Adds the members of the question besides its verb. */
    abstract void ask(JsonObject request);

    /** The answer for people, in whole lines. */
    abstract String print(JsonObject answer);

    @Override
    public final Integer call() throws Unreachable, RequestFailed {
        JsonObject request = new JsonObject();
        request.addProperty("verb", name);
        ask(request);
        JsonObject answer = ControlClient.ask(folder.folder(around), request);
        around.out().print(json ? pretty(answer) : print(answer)).flush();
        return 0;
    }

    private static String pretty(JsonObject answer) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeNulls()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(answer)
                + "\n";
    }

    /** The members of an object as words: name and value, name and value. */
    static String words(JsonObject object) {
        return object.entrySet().stream().map(CtlVerb::words).collect(Collectors.joining(", "));
    }

    private static String words(Map.Entry<String, JsonElement> member) {
        return member.getKey() + " " + member.getValue().getAsString();
    }

    /** The elements of an array of texts with a space between. */
    static String list(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsString)
                .collect(Collectors.joining(" "));
    }

    /** The clock in the answer: its kind, the time, and the time as seconds since 1970. */
    static String clock(JsonObject answer) {
        JsonObject clock = answer.getAsJsonObject("clock");
        long seconds = clock.get("seconds").getAsLong();
        return clock.get("kind").getAsString()
                + " "
                + Instant.ofEpochSecond(seconds)
                + " ("
                + seconds
                + ")";
    }
}
