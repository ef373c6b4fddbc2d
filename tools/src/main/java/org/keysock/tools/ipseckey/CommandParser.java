package org.keysock.tools.ipseckey;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.tools.cli.ProcessId;
import org.keysock.tools.ipseckey.Complaints.Abandoned;

/** Makes a command of words, solaris.md 4.5 to 4.12, or says what is wrong with them. */
final class CommandParser {

    /** Where words come from. */
    enum Mode {
        /** The command line of the process. */
        SHELL,
        /** Standard input. */
        INTERACTIVE,
        /** A command file. */
        FILE
    }

    /** The first word is no command. */
    static final class UnknownCommand extends Exception {
        private static final long serialVersionUID = 1;

        UnknownCommand(String word) {
            super(word, null, false, false);
        }
    }

    /** A command that brings keys was given where others can read it. */
    static final class RefusedFromShell extends Exception {
        private static final long serialVersionUID = 1;

        RefusedFromShell() {
            super(null, null, false, false);
        }
    }

    private final Mode mode;
    private final Names names;
    private final Complaints complaints;
    private int sequence;

    CommandParser(Mode mode, Names names, Complaints complaints) {
        this.mode = mode;
        this.names = names;
        this.complaints = complaints;
    }

    /** The number of the next message; the first is 1. */
    int nextSequence() {
        return ++sequence;
    }

    /** The next message, one that is a base header and nothing else. */
    SadbMessage naked(MessageType type, SaType saType) {
        BaseHeader header = BaseHeader.of(type, saType, nextSequence(), ProcessId.own());
        return SadbMessage.of(header, new Extension[0]);
    }

    /**
     * The command.
     *
     * @param words at least one
     */
    Command parse(List<String> words) throws Abandoned, UnknownCommand, RefusedFromShell {
        Verb verb = Verb.of(words.get(0));
        SaTypeWord saType = SaTypeWord.ALL;
        if (words.size() > 1 && (verb == null || verb.hasSaType())) {
            saType = saType(verb, words.get(1));
        }
        if (verb == null) {
            throw new UnknownCommand(words.get(0));
        }
        return switch (verb) {
            case FLUSH -> {
                noMoreThan(2, words, "flush");
                yield new Command.Flush(saType);
            }
            case DUMP -> {
                notInFile("Dump");
                noMoreThan(2, words, "dump");
                yield new Command.Dump(saType);
            }
            case SAVE -> {
                notInFile("Save");
                if (words.size() < 2) {
                    throw complaints.abandon("Must specify a specific SA type for save.\n");
                }
                yield new Command.Save(saType, words.size() > 2 ? words.get(2) : "-");
            }
            case MONITOR, PASSIVE_MONITOR -> {
                notInFile("Monitor");
                yield new Command.Monitor(verb == Verb.MONITOR);
            }
            case HELP -> {
                if (mode == Mode.FILE) {
                    throw new Abandoned();
                }
                yield new Command.Help(words.size() > 1 ? words.get(1) : null);
            }
            case QUIT -> new Command.Quit();
            case ADD, UPDATE, UPDATE_PAIR, DELETE, DELETE_PAIR, GET -> sa(verb, saType, words);
        };
    }

    /** The SA type of a word. From the shell an unknown one is passed over, as in the original. */
    private SaTypeWord saType(@Nullable Verb verb, String word) throws Abandoned {
        SaTypeWord saType = SaTypeWord.of(word);
        // no typing error may empty the database, or write keys that nobody asked for
        boolean exact = verb == Verb.FLUSH || verb == Verb.SAVE;
        if (saType != null && !(exact && saType.cutToAll())) {
            return saType;
        }
        String text = "Unknown SA type (" + word + ").\n";
        if (mode != Mode.SHELL || exact) {
            throw complaints.abandon(text);
        }
        complaints.warn(text);
        return SaTypeWord.ALL;
    }

    private void noMoreThan(int count, List<String> words, String command) throws Abandoned {
        if (words.size() > count) {
            throw complaints.abandon("Too many arguments for " + command + " command");
        }
    }

    private void notInFile(String command) throws Abandoned {
        if (mode == Mode.FILE) {
            throw complaints.abandon(command + " not appropriate in config file.");
        }
    }

    private Command sa(Verb verb, SaTypeWord saType, List<String> words)
            throws Abandoned, RefusedFromShell {
        if (verb.changes() && mode == Mode.SHELL) {
            throw new RefusedFromShell();
        }
        if (!saType.specific()) {
            throw complaints.abandon(
                    verb.changes()
                            ? "Must specify a specific SA type."
                            : "Must specify a single SA type.");
        }
        int number = nextSequence();
        SaType type = saType.saType();
        SaWords reader = new SaWords(verb, type, words, 2, names, complaints);
        Draft draft = reader.read();
        if (verb.changes()) {
            checkEncapsulation(draft);
            checkWhole(verb, type, draft);
            if (reader.unknownName()) {
                // the original would send 0 for it: no or NULL encryption, another identity
                throw new Abandoned();
            }
        } else if (!draft.namesSa()) {
            throw complaints.abandon("Need SA parameters for " + verb.word() + ".\n");
        }
        return new Command.SaCommand(verb, type, draft, number);
    }

    private void checkEncapsulation(Draft draft) throws Abandoned {
        boolean ports = draft.number(Token.NAT_LPORT) != 0 || draft.number(Token.NAT_RPORT) != 0;
        boolean addresses =
                draft.place(Token.NAT_LOC) != null || draft.place(Token.NAT_REM) != null;
        boolean udp = draft.number(Token.ENCAP) != 0;
        if (!udp && ports) {
            throw complaints.abandon("Must specify 'encap udp' with any NAT-T port.\n");
        }
        if (!udp && addresses) {
            throw complaints.abandon("Must specify 'encap udp' with any NAT-T address.\n");
        }
        if (udp && !ports && !addresses) {
            throw complaints.abandon(
                    "Must specify NAT-T remote or local address for UDP encapsulation.\n");
        }
    }

    private void checkWhole(Verb verb, SaType saType, Draft draft) throws Abandoned {
        boolean add = verb == Verb.ADD;
        if (!draft.namesSa()) {
            complaints.collect("Need to define SPI for " + verb.word() + ".\n");
            complaints.collect("Need SA parameters for " + verb.word() + ".\n");
        } else {
            if (draft.number(Token.SPI) == 0) {
                complaints.collect(
                        "The SPI value is missing for the association you wish to "
                                + verb.word()
                                + ".\n");
            }
            if (draft.state() == SaState.LARVAL) {
                throw complaints.abandon("WARNING: Cannot set LARVAL SA state.\n");
            }
            if (add
                    && draft.auth() == AuthAlgorithm.NONE
                    && draft.encrypt() == EncryptionAlgorithm.NONE) {
                throw complaints.abandon("Select at least one algorithm for this add.\n");
            }
            if (saType == SaType.ESP && draft.encrypt() == EncryptionAlgorithm.NONE) {
                draft.encrypt(EncryptionAlgorithm.NULL);
            }
        }
        if (add
                && draft.extension(Token.AUTHKEY) == null
                && draft.extension(Token.ENCRKEY) == null) {
            complaints.collect("Must have at least one key for an add.\n");
        }
        if (draft.place(Token.DST) == null) {
            complaints.collect("Need destination address for " + verb.word() + ".\n");
        }
        long proto = draft.number(Token.PROTO);
        if (draft.tunnel() && proto != 0 && proto != 4 && proto != 41) {
            complaints.collect("Tunnel mode SAs need a protocol of 4 or 41, not " + proto + ".\n");
        }
        complaints.settle();
    }
}
