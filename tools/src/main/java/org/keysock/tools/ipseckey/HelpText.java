package org.keysock.tools.ipseckey;

import org.jspecify.annotations.Nullable;

/** What {@code help} says. */
final class HelpText {

    private static final int COLUMN = 15;
    private static final int COLUMNS = 3;

    private static final String[][] COMMANDS = {
        {"add", "add SA_TYPE TOKEN VALUE... - Add an SA; not from the shell, for keys would show"},
        {"update", "update SA_TYPE TOKEN VALUE... - Change an SA; not from the shell"},
        {"update-pair", "update-pair SA_TYPE TOKEN VALUE... - Change an SA and its pair"},
        {"delete", "delete SA_TYPE spi N dst ADDR - Delete an SA"},
        {"delete-pair", "delete-pair SA_TYPE spi N dst ADDR - Delete an SA and its pair"},
        {"get", "get SA_TYPE spi N dst ADDR - Show an SA"},
        {"flush", "flush [SA_TYPE] - Delete all SAs, of one type or all"},
        {"dump", "dump [SA_TYPE] - Show all SAs, of one type or all"},
        {"save", "save SA_TYPE [FILE] - Write SAs as commands that -f reads"},
        {"monitor", "monitor - Show all PF_KEY messages until interrupted"},
        {"pmonitor", "passive_monitor, pmonitor - Show what every key socket hears"},
        {"help", "help, ? - This list; help COMMAND explains one, help attr lists the tokens"},
        {"quit", "quit, exit - Exit the program"},
    };

    private HelpText() {}

    /** The list of commands, or what there is to say of one of them. */
    static String of(@Nullable String topic) {
        if (topic == null) {
            StringBuilder text = new StringBuilder("Commands:\n");
            for (String[] command : COMMANDS) {
                text.append("    ").append(command[1]).append('\n');
            }
            return text.append("SA_TYPE is all, ah, esp or a number.\n").toString();
        }
        if (topic.equals("attr")) {
            return tokens();
        }
        Verb verb = Verb.of(topic);
        for (String[] command : COMMANDS) {
            if (verb != null && Verb.of(command[0]) == verb) {
                return command[1] + "\n";
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
