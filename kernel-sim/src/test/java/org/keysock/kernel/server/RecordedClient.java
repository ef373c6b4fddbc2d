package org.keysock.kernel.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.DialectName;

/** A case in testdata/native-clients: what a native program wrote to its key sockets. */
final class RecordedClient {

    private static final int EEXIST = 17;

    /**
     * X_GRPSA of SAs that an earlier one has joined to others, and that nobody took apart since.
     * The recorded program talked to a stub that said yes to everything; KLIPS says EEXIST
     * (klips.md 3.6, and 9, case 43), and so does the program's manual.
     */
    private static final Map<String, Integer> SAID_BY_NO_KERNEL =
            Map.of(
                    "klips-spigrp 8 1", EEXIST,
                    "klips-spigrp 8 2", EEXIST,
                    "klips-spigrp 8 3", EEXIST);

    private final JsonObject recorded;

    RecordedClient(JsonObject recorded) {
        this.recorded = recorded;
    }

    DialectName dialect() {
        return DialectName.of(recorded.get("dialect").getAsString()).orElseThrow();
    }

    /**
     * A message that the program wrote.
     *
     * @param socket number of the socket
     * @param expectedErrno what a right kernel says to it; null when that is not known
     * @param spiGiven the SPI that the recorded kernel gave, as on the wire; null if it gave none
     */
    record Request(
            String type,
            int socket,
            KeyRecord record,
            @Nullable Integer expectedErrno,
            @Nullable Integer spiGiven) {}

    /** What the program wrote, in order. */
    List<Request> requests() {
        Map<String, List<Integer>> given = spisGiven();
        List<Request> requests = new ArrayList<>();
        for (JsonElement element : recorded.getAsJsonArray("messages")) {
            JsonObject message = element.getAsJsonObject();
            if (message.has("injected")) {
                continue;
            }
            String type = message.get("type").getAsString();
            JsonElement errno = message.get("expect_errno");
            Integer spi = null;
            if (type.equals("GETSPI")) {
                spi = given.getOrDefault(asker(message), new ArrayList<>()).remove(0);
            }
            requests.add(
                    new Request(
                            type,
                            message.get("socket").getAsInt(),
                            new KeyRecord(bytes(message, "hex")),
                            SAID_BY_NO_KERNEL.getOrDefault(
                                    this + " " + asker(message),
                                    errno.isJsonNull() ? null : errno.getAsInt()),
                            spi));
        }
        return requests;
    }

    private Map<String, List<Integer>> spisGiven() {
        Map<String, List<Integer>> given = new HashMap<>();
        if (recorded.has("getspi_answers")) {
            for (JsonElement element : recorded.getAsJsonArray("getspi_answers")) {
                JsonObject answer = element.getAsJsonObject();
                int spi = Integer.parseUnsignedInt(answer.get("spi_wire_hex").getAsString(), 16);
                given.computeIfAbsent(asker(answer), any -> new ArrayList<>()).add(spi);
            }
        }
        return given;
    }

    /** Who asked for an SPI, in words of both tables. */
    private static String asker(JsonObject message) {
        return message.get("socket") + " " + message.get("seq");
    }

    private static byte[] bytes(JsonObject from, String name) {
        return HexFormat.of().parseHex(from.get(name).getAsString());
    }

    @Override
    public String toString() {
        return recorded.get("case").getAsString();
    }
}
