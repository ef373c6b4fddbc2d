package org.keysock.kernel.engine.hostile;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.linux.LinuxRules;
import org.keysock.kernel.engine.rfc2367.Rfc2367Rules;
import org.keysock.kernel.engine.solaris.SolarisRules;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.pfkey.wire.MessageWriter;
import org.keysock.pfkey.wire.Sink;

/** A kernel with a client and a bystander of each dialect: bytes go in, and bytes come out. */
final class Host {

    private static final byte STALE = (byte) 0xa5;

    private final Harness harness =
            new Harness(
                    Map.of(
                            DialectName.RFC2367, new Rfc2367Rules(),
                            DialectName.SOLARIS, new SolarisRules(),
                            DialectName.LINUX, new LinuxRules()),
                    List.of(Ipv4Address.of(10, 0, 0, 1)));
    private final Map<DialectName, KeySocket> clients = new EnumMap<>(DialectName.class);
    private final Map<DialectName, KeySocket> bystanders = new EnumMap<>(DialectName.class);

    Host() {
        for (DialectName name :
                List.of(DialectName.RFC2367, DialectName.SOLARIS, DialectName.LINUX)) {
            clients.put(name, harness.open(name));
            bystanders.put(name, harness.open(name));
        }
    }

    /** Number of SAs. */
    int sas() {
        return harness.engine().sadb().size();
    }

    /** What the client hears of a record, each message as bytes. */
    List<byte[]> asks(DialectName name, byte[] record) {
        KeySocket client = client(name);
        Dialect dialect = Dialect.of(name, ByteOrder.LITTLE_ENDIAN);
        harness.heard(client);
        harness.sendFailures(client);
        return written(
                dialect,
                harness.ask(client, new MessageReader(dialect).read(record, 0, record.length)));
    }

    /** How a record fares: {@code OK}, an errno, or {@code send} and an errno. */
    String fate(DialectName name, byte[] record) {
        List<byte[]> heard = asks(name, record);
        List<Errno> failed = harness.sendFailures(client(name));
        if (!failed.isEmpty()) {
            return "send " + failed.get(0);
        }
        if (heard.isEmpty()) {
            return "nothing";
        }
        Dialect dialect = Dialect.of(name, ByteOrder.LITTLE_ENDIAN);
        int number = heard.get(heard.size() - 1)[2] & 0xff;
        return number == 0 ? "OK" : dialect.errnos().code(number).toString();
    }

    /** All that the bystanders have heard, by dialect and in hexadecimal. */
    List<String> bystandersHear() {
        List<String> all = new ArrayList<>();
        bystanders.forEach(
                (name, socket) -> {
                    Dialect dialect = Dialect.of(name, ByteOrder.LITTLE_ENDIAN);
                    for (byte[] record : written(dialect, harness.heard(socket))) {
                        all.add(name.text() + " " + HexFormat.of().formatHex(record));
                    }
                });
        return all;
    }

    /** Bytes of messages; a message that is silent in the dialect is left out. */
    private static List<byte[]> written(Dialect dialect, List<SadbMessage> messages) {
        List<byte[]> records = new ArrayList<>();
        for (SadbMessage message : messages) {
            byte[] room = new byte[1 << 12];
            Arrays.fill(room, STALE);
            Sink sink = new Sink(room);
            if (new MessageWriter(dialect).write(message, sink)) {
                records.add(sink.toBytes());
            }
        }
        return records;
    }

    private KeySocket client(DialectName name) {
        KeySocket client = clients.get(name);
        assertNotNull(client);
        return client;
    }
}
