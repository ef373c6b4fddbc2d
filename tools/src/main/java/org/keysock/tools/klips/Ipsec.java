package org.keysock.tools.klips;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/** The command {@code ipsec}: hands its words to the tool that the first of them names. */
public final class Ipsec {

    /**
     * Where KLIPS' tools are installed: what {@code argv[0]} is when {@code ipsec} starts them, and
     * so the beginning of everything they say (klips.md 5.1).
     */
    private static final String HOME = "/usr/local/libexec/ipsec/";

    /** What {@code --version} says. */
    static final String VERSION = "KLIPS tools of pfkey, after Openswan 2.4.4";

    /** What a shell says of a program that SIGPIPE ended. */
    private static final int BROKEN_PIPE = 128 + 13;

    private Ipsec() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args, Surroundings.ofProcess(false)));
    }

    /** Runs the command; its exit code. */
    public static int run(String[] args, Surroundings surroundings) {
        List<String> words = List.of(args);
        String name = words.isEmpty() ? "--help" : words.get(0);
        Command command = command(name);
        if (command == null) {
            surroundings
                    .err()
                    .print("ipsec: unknown IPsec command `" + name)
                    .print("' (`ipsec --help' for list)\n")
                    .flush();
            return 1;
        }
        Machine machine = new EmulatedMachine(surroundings.env());
        Tool tool = new Tool(surroundings, machine, HOME + name);
        return run(command, tool, words.subList(Math.min(1, words.size()), words.size()));
    }

    /** Every tool by the word that stands for it. */
    static @Nullable Command command(String name) {
        return switch (name) {
            case "spi" -> new Spi();
            case "spigrp" -> new Spigrp();
            case "eroute" -> new Eroute();
            case "klipsdebug" -> new Klipsdebug();
            case "pf_key" -> new PfKeyMonitor();
            case "tncfg" -> new Tncfg();
            case "--help" -> IpsecHelp.HELP;
            case "--version" -> IpsecHelp.VERSION;
            case "--versioncode" -> IpsecHelp.VERSIONCODE;
            default -> null;
        };
    }

    /** Runs a tool; its exit code. */
    static int run(Command command, Tool tool, List<String> words) {
        Output out = tool.out();
        int code;
        try {
            code = command.run(tool, words);
        } catch (Stop e) {
            code = e.code();
        }
        out.flush();
        if (out.deserted()) {
            code = BROKEN_PIPE;
        } else if (out.failed()) {
            tool.err().print(tool.name() + ": standard output: " + out.failure() + "\n");
            code = Math.max(code, 1);
        }
        tool.err().flush();
        return code;
    }
}
