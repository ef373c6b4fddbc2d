package org.keysock.kernel.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.text.AddressText;

/** One request on the control socket: who asks, its verb and its further members. */
final class ControlRequest {

    private final ControlSession asker;
    private final JsonObject members;

    private ControlRequest(ControlSession asker, JsonObject members) {
        this.asker = asker;
        this.members = members;
    }

    /** The request in a line. */
    static ControlRequest parse(ControlSession asker, String line) throws BadControlRequest {
        try (JsonReader reader = new JsonReader(new StringReader(line))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new BadControlRequest("more than one value in a line");
            }
            if (!element.isJsonObject()) {
                throw new BadControlRequest("a request is a JSON object");
            }
            return new ControlRequest(asker, element.getAsJsonObject());
        } catch (JsonParseException | IOException malformed) {
            throw new BadControlRequest("not JSON: " + malformed.getMessage());
        }
    }

    /** Who asks. */
    ControlSession asker() {
        return asker;
    }

    /** Whether the request has that member. */
    boolean has(String name) {
        return members.has(name);
    }

    private @Nullable JsonPrimitive find(String name) throws BadControlRequest {
        JsonElement element = members.get(name);
        if (element == null || element.isJsonNull()) {
            return null;
        }
        if (!element.isJsonPrimitive()) {
            throw new BadControlRequest("\"" + name + "\" is a text or a number");
        }
        return element.getAsJsonPrimitive();
    }

    private static <T> T needed(String name, @Nullable T value) throws BadControlRequest {
        if (value == null) {
            throw new BadControlRequest("\"" + name + "\" is missing");
        }
        return value;
    }

    /** A member that must be there. */
    String text(String name) throws BadControlRequest {
        return needed(name, find(name)).getAsString();
    }

    /** Whether a member is there and true. */
    boolean flag(String name) throws BadControlRequest {
        JsonPrimitive found = find(name);
        if (found != null && !found.isBoolean()) {
            throw new BadControlRequest("\"" + name + "\" is true or false");
        }
        return found != null && found.getAsBoolean();
    }

    /** A number within limits, decimal or as text with 0x; {@code otherwise} when not there. */
    long number(String name, long min, long max, long otherwise) throws BadControlRequest {
        JsonPrimitive found = find(name);
        if (found == null) {
            return otherwise;
        }
        long number;
        try {
            number = found.isNumber() ? found.getAsBigDecimal().longValueExact() : decode(found);
        } catch (ArithmeticException | NumberFormatException noInteger) {
            throw new BadControlRequest("\"" + name + "\" is not a whole number: " + found);
        }
        if (number < min || number > max) {
            throw new BadControlRequest("\"" + name + "\" is not in " + min + ".." + max);
        }
        return number;
    }

    private static long decode(JsonPrimitive text) {
        return Long.decode(text.getAsString());
    }

    /** A time in seconds, which may have a fraction, in milliseconds. */
    long millis(String name) throws BadControlRequest {
        JsonPrimitive found = needed(name, find(name));
        try {
            BigDecimal seconds = found.getAsBigDecimal();
            long millis =
                    seconds.movePointRight(3)
                            .setScale(0, RoundingMode.UNNECESSARY)
                            .longValueExact();
            if (millis >= 0) {
                return millis;
            }
        } catch (ArithmeticException | NumberFormatException notATime) {
            // falls through to the complaint
        }
        throw new BadControlRequest(
                "\"" + name + "\" is seconds, not negative, at most three decimals: " + found);
    }

    /** An address that must be there; never looked up. */
    IpAddress address(String name) throws BadControlRequest {
        String text = text(name);
        IpAddress address = AddressText.parse(text);
        if (address == null) {
            throw new BadControlRequest("\"" + name + "\" is not an address: " + text);
        }
        return address;
    }

    /** An address, or null when the member is not there. */
    @Nullable IpAddress optionalAddress(String name) throws BadControlRequest {
        return has(name) ? address(name) : null;
    }

    /** An SA type by name: {@code ah}, {@code esp}, {@code ipcomp}, ... */
    SaType saType(String name) throws BadControlRequest {
        String word = text(name).toUpperCase(Locale.ROOT);
        for (SaType type : SaType.all()) {
            if (type.toString().equals(word) || type.toString().equals("X_" + word)) {
                return type;
            }
        }
        throw new BadControlRequest("\"" + name + "\" is not an SA type: " + word);
    }

    /** A dialect by name. */
    DialectName dialect(String name) throws BadControlRequest {
        String word = text(name);
        return DialectName.of(word)
                .orElseThrow(
                        () -> new BadControlRequest("\"" + name + "\" is not a dialect: " + word));
    }

    /** An SPI that must be there. */
    Spi spi(String name) throws BadControlRequest {
        needed(name, find(name));
        return new Spi((int) number(name, 0, 0xffff_ffffL, 0));
    }
}
