package org.keysock.tools.klips;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.text.AddressText;
import org.keysock.pfkey.text.KlipsAddressText;

/** The surroundings of a recording: plays what was scripted, and notes what is asked of it. */
final class ScriptedMachine implements Machine, KeySocket {

    private static final String SUPPORTED =
            """
            satype exttype alg_id ivlen minbits maxbits name
                 2      14      3     0     160     160              unknown
                 2      14      2     0     128     128              unknown
                 3      15     12   128     128     256              unknown
                 3      15      3    64     168     168              unknown
                 3      14      3     0     160     160              unknown
                 3      14      2     0     128     128              unknown
                 9      15      1     0      32      32              unknown
                10      15      2     0       1       1              unknown
            """;

    private static final Map<String, String> TABLES =
            Map.of(
                    "ipsec_spi",
                    "tun0x12a@192.168.43.1 IPIP: dir=out src=192.168.43.2"
                            + " life(c,s,h)=addtime(3,0,0)\n",
                    "ipsec_spigrp",
                    "tun0x12a@192.168.43.1 esp0x125@192.168.43.1 \n",
                    "ipsec_eroute",
                    "0          192.0.2.0/24       -> 192.0.1.0/24       =>"
                            + " tun0x12a@192.168.43.1\n",
                    "ipsec_klipsdebug",
                    "debug_tunnel=00000000.\n");

    private static final Map<String, List<String>> HOSTS =
            Map.of(
                    "gw1", List.of("192.168.43.2"),
                    "gw2", List.of("192.168.43.1"),
                    "both", List.of("192.168.43.1", "3049:1::1"));

    private static final int PROCESS = 987;

    private final String proc;
    private final boolean root;
    private final int socketErrno;
    private final Deque<JsonElement> writes = new ArrayDeque<>();
    private final Deque<JsonObject> replies = new ArrayDeque<>();

    /** What was written, each in hexadecimal. */
    final List<String> sent = new ArrayList<>();

    /** Names that were looked up, with the family's number. */
    final List<String> lookups = new ArrayList<>();

    boolean opened;
    int reads;

    ScriptedMachine(JsonObject given) {
        proc = given.has("proc") ? given.get("proc").getAsString() : "full";
        root = !given.has("uid") || given.get("uid").getAsInt() == 0;
        socketErrno = given.has("socket_errno") ? given.get("socket_errno").getAsInt() : 0;
        array(given, "write_script").forEach(writes::add);
        array(given, "replies").forEach(reply -> replies.add(reply.getAsJsonObject()));
    }

    private static JsonArray array(JsonObject given, String member) {
        return given.has(member) ? given.getAsJsonArray(member) : new JsonArray();
    }

    @Override
    public KeySocket open() throws CallFailed {
        opened = true;
        if (socketErrno != 0) {
            throw new CallFailed(socketErrno);
        }
        return this;
    }

    @Override
    public int write(byte[] message) throws CallFailed {
        sent.add(HexFormat.of().formatHex(message));
        JsonElement result = writes.poll();
        if (result == null) {
            return message.length;
        }
        if (result.isJsonObject()) {
            return result.getAsJsonObject().get("write_result").getAsInt();
        }
        if (result.getAsInt() != 0) {
            throw new CallFailed(result.getAsInt());
        }
        return message.length;
    }

    @Override
    public byte[] read() throws CallFailed {
        reads++;
        JsonObject reply = replies.poll();
        if (reply == null) {
            return new byte[0];
        }
        if (reply.has("read_errno")) {
            throw new CallFailed(reply.get("read_errno").getAsInt());
        }
        return HexFormat.of().parseHex(reply.get("hex").getAsString());
    }

    @Override
    public void close() {
        // nothing is behind it
    }

    @Override
    public InputStream table(String name) throws CallFailed {
        String text = text(name);
        if (text == null) {
            throw new CallFailed(LinuxErrno.ENOENT);
        }
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private @Nullable String text(String name) {
        if (proc.equals("none")) {
            return null;
        }
        return switch (name) {
            case "pf_key_supported" -> proc.equals("noalg") ? null : SUPPORTED;
            case "pfkey" -> proc.equals("netkey") ? "" : null;
            default -> proc.equals("empty") && TABLES.containsKey(name) ? "" : TABLES.get(name);
        };
    }

    @Override
    public int processId() {
        return PROCESS;
    }

    @Override
    public boolean root() {
        return root;
    }

    @Override
    public KlipsAddressText.NameLookup names() {
        return (name, family) -> {
            lookups.add(name + " " + number(family));
            for (String text : HOSTS.getOrDefault(name, List.of())) {
                IpAddress address = AddressText.parse(text);
                boolean four = address instanceof Ipv4Address;
                if (family == KlipsAddressText.Family.INET ? four : !four) {
                    return family == KlipsAddressText.Family.ANY ? null : address;
                }
            }
            return null;
        };
    }

    private static int number(KlipsAddressText.Family family) {
        return switch (family) {
            case INET -> 2;
            case INET6 -> 10;
            case ANY -> 0;
        };
    }
}
