package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.DialectName;
import org.keysock.tools.cli.TerminalLines;

/** Which words of the language may stand behind others, solaris.md 4.5 to 4.7. */
final class WordChoices implements TerminalLines.Completions {

    private static final int FIRST_TOKEN = 2;

    @Override
    public List<String> after(String text) {
        List<String> words = Words.of(text);
        if (LineReader.comment(text)) {
            return List.of();
        }
        if (words.isEmpty()) {
            return commands();
        }
        Verb verb = Verb.of(words.get(0));
        if (verb == null) {
            return List.of();
        }
        if (words.size() == 1) {
            return verb == Verb.HELP
                    ? HelpText.topics()
                    : verb.hasSaType() ? SaTypeWord.words(verb.namesSas()) : List.of();
        }
        return verb.namesSas() ? behind(verb, words) : List.of();
    }

    /** All names of commands. */
    static List<String> commands() {
        List<String> names = new ArrayList<>();
        for (Verb verb : Verb.values()) {
            names.addAll(verb.names());
        }
        return names;
    }

    private static List<String> behind(Verb verb, List<String> words) {
        Set<Token> given = EnumSet.noneOf(Token.class);
        int at = FIRST_TOKEN;
        while (at < words.size()) {
            Token token = Token.of(words.get(at++));
            if (token != null) {
                given.add(token);
                int values = token.valueCount();
                if (words.size() - at < values) {
                    return at == words.size() ? values(token) : List.of();
                }
                at += values;
            }
        }
        List<String> names = new ArrayList<>();
        for (Token token : Token.values()) {
            if (verb.takes(token) && !given.contains(token)) {
                names.addAll(List.of(token.names()));
            }
        }
        return names;
    }

    private static List<String> values(Token token) {
        return switch (token.form()) {
            case STATE -> StateWord.words();
            case AUTHENTICATION -> algorithms(Algorithm.Kind.AUTH);
            case ENCRYPTION -> algorithms(Algorithm.Kind.ENCRYPT);
            case ENCAPSULATION -> List.of(SaWords.UDP);
            case IDENTITY -> IdentityText.allWords();
            case NUMBER, SPI, ADDRESS, PREFIX, KEY, LABEL, FLAG -> List.of();
        };
    }

    private static List<String> algorithms(Algorithm.Kind kind) {
        List<String> names = new ArrayList<>();
        for (Algorithm row : AlgorithmTable.of(DialectName.SOLARIS).rows(kind)) {
            names.addAll(row.names());
        }
        return names;
    }
}
