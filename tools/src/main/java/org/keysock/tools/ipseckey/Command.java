package org.keysock.tools.ipseckey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.SaType;

/** A command that may be carried out. */
sealed interface Command
        permits Command.SaCommand,
                Command.Flush,
                Command.Dump,
                Command.Save,
                Command.Monitor,
                Command.Help,
                Command.Quit {

    /**
     * Add, update, update-pair, delete, delete-pair, get.
     *
     * @param sequence one number for all the messages of the command
     */
    record SaCommand(Verb verb, SaType saType, Draft draft, int sequence) implements Command {}

    /** FLUSH of one SA type or all. */
    record Flush(SaTypeWord saType) implements Command {}

    /** DUMP of one SA type or all, to be read by people. */
    record Dump(SaTypeWord saType) implements Command {}

    /**
     * DUMP into a form that is a command file.
     *
     * @param file a file name, {@code -} for standard output
     */
    record Save(SaTypeWord saType, String file) implements Command {}

    /** Shows messages as they come. */
    record Monitor(boolean active) implements Command {}

    /** Explains all commands, or the one named by the topic. */
    record Help(@Nullable String topic) implements Command {}

    /** Ends the program. */
    record Quit() implements Command {}
}
