package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which words are offered behind others, and that help knows them all. */
final class WordChoicesTest {

    private static List<String> after(String text) {
        return new WordChoices().after(text);
    }

    @Test
    void commandsComeFirst() {
        assertTrue(after(" ").containsAll(List.of("add", "update-pair", "pmonitor", "?", "exit")));
        assertEquals(List.of(), after("nonsense "));
        assertEquals(List.of(), after("# flush "));
        assertEquals(List.of(), after("quit "));
        assertTrue(after("help ").containsAll(List.of("add", "attr")));
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : after("")) {
            assertNotNull(Verb.of(command), command);
            assertFalse(HelpText.of(command).contains("Unknown"), command);
        }
        assertEquals("nonsense: Unknown command\n", HelpText.of("nonsense"));
    }

    @Test
    void typesOfSasAreThoseTheCommandTakes() {
        assertEquals(Set.of("ah", "esp"), Set.copyOf(after("add ")));
        assertEquals(Set.of("ah", "esp", "all"), Set.copyOf(after("flush ")));
        assertEquals(List.of(), after("flush esp "));
    }

    @Test
    void tokensAreThoseTheCommandTakes() {
        assertTrue(after("add esp ").containsAll(List.of("encr_alg", "encralg", "encrkey")));
        assertTrue(after("get esp ").containsAll(List.of("spi", "dst6", "inbound")));
        assertFalse(after("get esp ").contains("encralg"));
        assertFalse(after("add esp ").contains("flags"));
        assertFalse(after("add esp spi 1 ").contains("spi"), "a second one is an error");
        assertTrue(after("add esp inbound spi 1 \\\n").contains("encap"));
    }

    @Test
    void valuesAreThoseTheTokenTakes() {
        assertEquals(List.of("larval", "mature", "dying", "dead"), after("add esp state "));
        assertTrue(after("add esp authalg ").contains("hmac-sha256"));
        assertTrue(after("add esp spi 1 encr_alg ").contains("aes-cbc"));
        assertEquals(List.of("udp"), after("add esp encap "));
        assertTrue(after("add esp srcidtype ").contains("fqdn"));
        assertEquals(List.of(), after("add esp srcidtype fqdn "));
        assertEquals(List.of(), after("add esp encrkey "));
        assertTrue(after("add esp srcidtype fqdn \"a b\" ").contains("dstidtype"));
    }
}
