package org.keysock.tools.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(name = "ctl")
final class Ctl {
    static CommandLine commandLine(Surroundings around) {
        return new CommandLine(new Ctl());
    }
}
