package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code help} says. */
final class HelpText {

    private static final int COLUMN = 15;
    private static final int COLUMNS = 3;

    private static final String DETAIL = "    ";

    /** A name, a line for the list, and more to say when that command alone is asked about. */
    private static final String[][] COMMANDS = {
        {
            "add",
            "add SA_TYPE TOKEN VALUE... - Add an SA; not from the shell, for keys would show",
            "Needs spi, dst, and an algorithm with its key: authalg authkey, encralg encrkey."
        },
        {
            "update",
            "update SA_TYPE TOKEN VALUE... - Change an SA; not from the shell",
            "Needs spi and dst; what is not named stays as it is."
        },
        {
            "update-pair",
            "update-pair SA_TYPE TOKEN VALUE... - Change an SA and its pair",
            "As update; the pair is the one that pair-spi has made."
        },
        {
            "delete",
            "delete SA_TYPE spi N dst ADDR - Delete an SA",
            "The other SA of a pair stays, unpaired."
        },
        {
            "delete-pair",
            "delete-pair SA_TYPE spi N dst ADDR - Delete an SA and its pair",
            "Either SA of the pair may be named."
        },
        {
            "get",
            "get SA_TYPE spi N dst ADDR - Show an SA",
            "A name with several addresses asks for one SA to each."
        },
        {"flush", "flush [SA_TYPE] - Delete all SAs, of one type or all"},
        {"dump", "dump [SA_TYPE] - Show all SAs, of one type or all"},
        {
            "save",
            "save SA_TYPE [FILE] - Write SAs as commands that -f reads",
            "Without FILE, or with -, to standard output. Keys are written too."
        },
        {
            "monitor",
            "monitor - Show all PF_KEY messages until interrupted",
            "What others ask and are told is shown too, keys included."
        },
        {"pmonitor", "passive_monitor, pmonitor - Show what every key socket hears"},
        {"help", "help, ? - This list; help COMMAND explains one, help attr lists the tokens"},
        {"quit", "quit, exit - Exit the program"},
    };

    /** The topic that is no command. */
    private static final String TOKENS = "attr";

    private HelpText() {}

    /** What may stand behind {@code help}. */
    static List<String> topics() {
        List<String> topics = new ArrayList<>(WordChoices.commands());
        topics.add(TOKENS);
        return topics;
    }

    /** The list of commands, or what there is to say of one of them. */
    static String of(@Nullable String topic) {
        if (topic == null) {
            StringBuilder text = new StringBuilder("Commands:\n");
            for (String[] command : COMMANDS) {
                text.append("    ").append(command[1]).append('\n');
            }
            return text.append("SA_TYPE is all, ah, esp or a number.\n").toString();
        }
        if (topic.equals(TOKENS)) {
            return tokens();
        }
        Verb verb = Verb.of(topic);
        for (String[] command : COMMANDS) {
            if (verb != null && Verb.of(command[0]) == verb) {
                return command[1] + "\n" + (command.length > 2 ? DETAIL + command[2] + "\n" : "");
            }
        }
        return topic + ": Unknown command\n";
    }

    private static String tokens() {
        StringBuilder text = new StringBuilder("Tokens:\n");
        int column = 0;
        for (Token token : Token.values()) {
            for (String name : token.names()) {
                text.append(column == 0 ? "    " : "").append(name);
                for (int at = name.length(); at < COLUMN; at++) {
                    text.append(' ');
                }
                column = (column + 1) % COLUMNS;
                text.append(column == 0 ? "\n" : "");
            }
        }
        return text.append(column == 0 ? "" : "\n").toString();
    }
}
