package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;
import org.keysock.tools.cli.Output;

/** Identities of SAs in a saved file: they read back, or a remark says that they do not. */
final class SavePrinterTest {

    private static String saved(String source, String destination) {
        SadbMessage sa =
                SadbMessage.of(
                        BaseHeader.of(MessageType.DUMP, SaType.ESP, 1, 1),
                        new Extension.Sa(
                                new Spi(0x2112),
                                0,
                                SaState.MATURE,
                                AuthAlgorithm.NONE,
                                EncryptionAlgorithm.NULL,
                                SaFlags.NONE),
                        identity(ExtensionType.IDENTITY_SRC, source),
                        identity(ExtensionType.IDENTITY_DST, destination));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output out = new Output(bytes);
        new SavePrinter(out, false, true).print(sa);
        out.flush();
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static Extension identity(ExtensionType type, String text) {
        return new Extension.Identity(type, IdentityType.FQDN, 0, text);
    }

    /** The words of all commands of a file, read as {@code -f} reads them. */
    private static List<String> words(String file) throws IOException, LineReader.TooLong {
        byte[] bytes = file.getBytes(StandardCharsets.ISO_8859_1);
        LineReader reader = new LineReader(new StreamSource(new ByteArrayInputStream(bytes)));
        List<String> words = new ArrayList<>();
        for (String line = reader.next(); line != null; line = reader.next()) {
            words.addAll(LineReader.comment(line) ? List.of() : Words.of(line));
        }
        return words;
    }

    static IntStream lengths() {
        return IntStream.of(1, 255, 1700, 1800, 3400, 3500, 3600, 4000, 4100, 60000);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void theFileReadsBackHoweverLongTheyAre(int length) throws Exception {
        String name = "x".repeat(length);
        String file = saved(name, "y".repeat(length));
        List<String> words = words(file);
        assertEquals("add", words.get(0));
        assertEquals(words.contains(name), !file.contains("# WARNING: the source identity"), file);
        assertEquals(words.contains(name), words.contains("srcidtype"));
        assertEquals(length <= 3500, words.contains(name));
        assertEquals(length < 1750, words.contains("dstidtype"));
        assertEquals(length >= 1750, file.contains("# WARNING: the destination identity"), file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", " a", "\"a\"", "a\"b", "a\nb", "#", "a\\", "\u20ac", "\0"})
    void oddOnesReadBackOrAreLeftOut(String odd) throws Exception {
        String file = saved(odd, "host.example");
        List<String> words = words(file);
        assertTrue(words.contains(odd) ^ file.contains("# WARNING: the source identity"), file);
        assertEquals("host.example", words.get(words.size() - 1));
    }

    @Test
    void aRemarkStandsBeforeItsCommand() {
        String file = saved("", "b");
        assertFalse(file.indexOf("# WARNING") > file.indexOf("add esp"), file);
        assertTrue(file.contains("# WARNING"), file);
    }
}
