package org.keysock.tools.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageWriter;

final class MonitorTest {

    private static final BaseHeader ON =
            BaseHeader.of(MessageType.X_PROMISC, SaType.unknown(1), 1, 7);
    private static final SadbMessage DELETE =
            SadbMessage.of(
                    BaseHeader.of(MessageType.DELETE, SaType.ESP, 9, 4),
                    Extension.Sa.of(new Spi(0x101)));

    @TempDir private Path folder;

    private byte[] script(SadbMessage... messages) {
        MessageWriter writer = new MessageWriter(Dialect.of(DialectName.RFC2367));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (SadbMessage message : messages) {
            bytes.writeBytes(writer.toBytes(message));
        }
        return bytes.toByteArray();
    }

    @Test
    void listensAndPrintsUntilTheEmulatorEnds() throws Exception {
        Files.writeString(folder.resolve("clock"), "virtual 1230000000\n");
        PfkeyRun run = new PfkeyRun(folder, "");
        SadbMessage enclosing =
                SadbMessage.of(
                        BaseHeader.of(MessageType.X_PROMISC, SaType.ESP, 0, 0),
                        new Extension.Enclosed(DELETE));
        byte[] script = script(SadbMessage.of(ON), DELETE, enclosing);

        try (FakeSocket socket = new FakeSocket(folder.resolve("rfc2367.stream"), 16, script)) {
            assertEquals(0, run.run("monitor"));
            byte[] heard = socket.heard();
            assertEquals(11, heard[1], "an X_PROMISC");
            assertEquals(1, heard[3], "that switches on");
        }
        assertEquals(
                """
                # listening to rfc2367 in %s
                # 2008-12-23T02:40:00Z
                DELETE ESP seq 9 pid 4
                  SA spi 0x101 LARVAL
                # 2008-12-23T02:40:00Z
                X_PROMISC ESP seq 0 pid 0
                  X_ENCLOSED
                    DELETE ESP seq 9 pid 4
                      SA spi 0x101 LARVAL
                """
                        .formatted(folder),
                run.out());
        assertEquals("pfkey monitor: the emulator has ended\n", run.err());
    }

    @Test
    void rawIsALineOfHexForEachMessage() throws Exception {
        PfkeyRun run = new PfkeyRun(folder, "");
        byte[] script = script(SadbMessage.of(ON), DELETE);

        try (FakeSocket socket = new FakeSocket(folder.resolve("rfc2367.stream"), 16, script)) {
            assertEquals(0, run.run("monitor", "--raw"));
            assertEquals(16, socket.heard().length);
        }
        List<String> lines = run.out().lines().toList();
        assertEquals(2, lines.size());
        assertArrayEquals(
                Arrays.copyOfRange(script, 16, script.length),
                HexFormat.of().parseHex(lines.get(1)));
    }
}
