package org.keysock.tools.ipseckey;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.text.AddressText;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.ProcessId;
import org.keysock.tools.cli.Surroundings;
import org.keysock.tools.ipseckey.Complaints.Abandoned;

/** Carries commands out: sends, waits, shows, and says what was refused. */
final class Executor {

    /**
     * What became of a command.
     *
     * @param good whether it counts as a success
     * @param returned whether the original comes back from it to its prompt, rather than jumping
     *     out of it
     * @param refused whether a command line that was nothing else fails with it
     */
    record Outcome(boolean good, boolean returned, boolean refused) {
        static final Outcome DONE = new Outcome(true, true, false);
        static final Outcome SENT = new Outcome(true, false, false);
        static final Outcome FAILED = new Outcome(false, false, true);

        /** Refused, and yet the original's command line succeeds: solaris.md 4.15. */
        static final Outcome OVERLOOKED = new Outcome(false, true, false);
    }

    /**
     * A message and what it is about.
     *
     * @param destination of the SA, null when none was given
     */
    record Request(
            Command.SaCommand command, SadbMessage message, @Nullable IpAddress destination) {}

    private static final int PROMISCUOUS = 1;

    /** The environment's choice of what is saved: as the original does, or the whole SA. */
    private static final String SAVE_FORM = "IPSECKEY_SAVE";

    private static final String PLAIN = "plain";
    private static final String WHOLE = "whole";

    private final Surroundings surroundings;
    private final Output out;
    private final Output err;
    private final Options options;
    private final KeyLink link;
    private final MessagePrinter printer;
    private final Complaints complaints;
    private final CommandParser parser;
    private final SourceChooser chooser;
    private final StringBuilder shown = new StringBuilder(2048);
    private final int pid;

    Executor(
            Surroundings surroundings,
            Options options,
            KeyLink link,
            MessagePrinter printer,
            Complaints complaints,
            CommandParser parser) {
        this.surroundings = surroundings;
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.options = options;
        this.link = link;
        this.printer = printer;
        this.complaints = complaints;
        this.parser = parser;
        this.chooser = new SourceChooser(options.numeric(), complaints);
        this.pid = ProcessId.own();
    }

    /** Sees that there is a kernel, as the original does before any command. */
    void reach() throws Exit {
        link.reach();
    }

    /** Carries a command out; with {@code -c} it only counts. */
    Outcome execute(Command command) throws Abandoned, Exit {
        if (command instanceof Command.SaCommand sa) {
            return options.checkOnly() ? Outcome.SENT : execute(sa);
        }
        if (command instanceof Command.Flush flush) {
            return options.checkOnly() ? Outcome.DONE : flush(flush.saType());
        }
        if (command instanceof Command.Dump dump) {
            return dump(dump);
        }
        if (command instanceof Command.Save save) {
            return save(save.saType(), save.file());
        }
        if (command instanceof Command.Monitor monitor) {
            return monitor(monitor.active());
        }
        if (command instanceof Command.Help help) {
            out.print(HelpText.of(help.topic()));
            return Outcome.DONE;
        }
        throw Exit.with(0);
    }

    /**
     * The message of a command that is nothing but this message, and shows nothing when it
     * succeeds, so that others may be sent before its answer has come; null for any other command.
     */
    @Nullable Request alone(Command command) throws Abandoned {
        if (!(command instanceof Command.SaCommand sa)
                || sa.verb() == Verb.GET
                || options.checkOnly()
                || options.verbose()) {
            return null;
        }
        Draft.Place destination = sa.draft().place(Token.DST);
        return destination == null || destination.only() == null
                ? null
                : request(sa, destination.addresses().get(0), true);
    }

    private Outcome execute(Command.SaCommand command) throws Abandoned, Exit {
        Draft.Place source = command.draft().place(Token.SRC);
        Draft.Place destination = command.draft().place(Token.DST);
        if (destination == null) {
            Outcome outcome = Outcome.DONE;
            if (source == null) {
                return exchange(new Request(command, message(command, null, null), null));
            }
            for (IpAddress address : source.addresses()) {
                SadbMessage message = message(command, address, null);
                outcome = worse(outcome, exchange(new Request(command, message, null)));
            }
            return outcome;
        }
        List<IpAddress> destinations = destination.addresses();
        Outcome outcome = Outcome.SENT;
        for (IpAddress address : destinations) {
            Request request = request(command, address, destinations.size() == 1);
            outcome = worse(outcome, exchange(request));
        }
        return outcome;
    }

    /** The message about the SA to that address, perhaps the only one of the command. */
    private Request request(Command.SaCommand command, IpAddress destination, boolean only)
            throws Abandoned {
        Draft.Place source = command.draft().place(Token.SRC);
        IpAddress chosen = chooser.choose(source, destination, only);
        return new Request(command, message(command, chosen, destination), destination);
    }

    private SadbMessage message(
            Command.SaCommand command,
            @Nullable IpAddress source,
            @Nullable IpAddress destination) {
        MessageType type = command.verb().message();
        if (type == null) {
            throw new IllegalArgumentException(command.verb() + " sends no message");
        }
        return new RequestBuilder(command, pid).message(type, source, destination);
    }

    private static Outcome worse(Outcome first, Outcome second) {
        return first.good() || (!first.refused() && second.refused()) ? second : first;
    }

    /** One message and its answer. */
    private Outcome exchange(Request request) throws Exit {
        link.send(request.message());
        Reading reading = link.answer(request.message());
        BaseHeader header = KeyLink.header(reading);
        boolean refused = header.errno() == Errno.EINVAL && request.destination() != null;
        if (request.command().verb() == Verb.GET
                && expected(request, header)
                && (header.errno() == Errno.OK || refused)) {
            show(reading, link.now());
        }
        return settle(request, header);
    }

    private static boolean expected(Request request, BaseHeader answer) {
        BaseHeader asked = request.message().header();
        return answer.type() == asked.type() && answer.saType().equals(asked.saType());
    }

    /** What became of a message with that answer; a refusal is told. */
    Outcome settle(Request request, BaseHeader answer) {
        IpAddress destination = request.destination();
        if (!expected(request, answer)) {
            out.flush();
            err.print("ipseckey: Error: doaddresses: Unexpected returned message\n");
            return Outcome.FAILED;
        }
        if (answer.errno() == Errno.OK) {
            return destination == null ? Outcome.DONE : Outcome.SENT;
        }
        return destination == null
                ? refusedWithoutDestination(answer)
                : refused(request.command(), answer, destination);
    }

    private Outcome refused(Command.SaCommand command, BaseHeader header, IpAddress destination) {
        Verb verb = command.verb();
        Errno errno = header.errno();
        boolean absent = errno == Errno.ESRCH && (verb == Verb.GET || verb == Verb.DELETE);
        boolean present = errno == Errno.EEXIST && (verb == Verb.ADD || verb == Verb.UPDATE);
        StringBuilder text = new StringBuilder();
        if (absent || present) {
            text.append("Association (type = ").append(SaTypeWord.text(command.saType()));
            text.append(") with spi 0x");
            text.append(Integer.toHexString((int) command.draft().number(Token.SPI)));
            // without names the original shows the address that it read last
            IpAddress last = options.numeric() ? command.draft().resolved() : null;
            text.append(" and addr\n")
                    .append(AddressText.format(last == null ? destination : last));
            text.append(absent ? " does not exist.\n" : " already exists.\n");
        } else if (errno == Errno.EINVAL || errno == Errno.ESRCH) {
            text.append("PF_KEY Diagnostic code ").append(header.reserved()).append(": ");
            text.append(MessagePrinter.wording(header)).append(".\n");
        } else {
            returned("doaddresses", errno);
            return Outcome.FAILED;
        }
        // errors of the kernel name the line only where an SA was to be changed
        if (verb.changes()) {
            complaints.warn(text);
        } else {
            complaints.tell(text);
        }
        return Outcome.FAILED;
    }

    private Outcome refusedWithoutDestination(BaseHeader header) {
        if (header.errno() != Errno.EINVAL) {
            returned("doaddresses", header.errno());
            return Outcome.FAILED;
        }
        out.print("One of the entered values is incorrect.\n");
        StringBuilder text = new StringBuilder();
        MessagePrinter.diagnostic(text, header);
        out.flush();
        err.print(text);
        return Outcome.OVERLOOKED;
    }

    private void returned(String place, Errno errno) {
        out.flush();
        err.print("ipseckey: return message (in " + place + "): " + ErrnoText.of(errno) + "\n");
    }

    /** Flushes an SA type, or all. */
    Outcome flush(SaTypeWord saType) throws Exit {
        SadbMessage request = naked(MessageType.FLUSH, saType.saType());
        link.send(request);
        BaseHeader header = KeyLink.header(link.answer(request));
        if (header.errno() == Errno.OK) {
            return Outcome.DONE;
        }
        if (header.errno() == Errno.EINVAL) {
            StringBuilder text = new StringBuilder();
            MessagePrinter.diagnostic(text, header);
            text.append("ipseckey: Cannot flush SA type ").append(saType.number()).append(".\n");
            out.flush();
            err.print(text);
        }
        returned("doflush", header.errno());
        return Outcome.FAILED;
    }

    /** A command that is none. */
    Outcome unknown(String word) {
        out.flush();
        err.print("ipseckey: Unknown command (" + word + ").\n\n");
        err.print("Type help or ? for usage info\n");
        return Outcome.OVERLOOKED;
    }

    private Outcome dump(Command.Dump dump) throws Exit {
        if (!walk(dump.saType(), null)) {
            return Outcome.FAILED;
        }
        out.print(
                "Dump succeeded for SA type "
                        + Long.toUnsignedString(dump.saType().number())
                        + ".\n");
        return Outcome.DONE;
    }

    /** Writes SAs as a command file; {@code -} is standard output. */
    Outcome save(SaTypeWord saType, String file) throws Exit {
        String form = surroundings.env().getOrDefault(SAVE_FORM, PLAIN);
        if (!form.equals(PLAIN) && !form.equals(WHOLE)) {
            out.flush();
            err.print("ipseckey: " + SAVE_FORM + " is plain or whole, not " + form + "\n\n");
            return Outcome.FAILED;
        }
        try (SaveTarget target = SaveTarget.open(surroundings, file)) {
            if (target == null) {
                return Outcome.FAILED;
            }
            SavePrinter saved =
                    new SavePrinter(target.output(), options.paranoid(), form.equals(WHOLE));
            saved.begin();
            return walk(saType, saved) ? Outcome.DONE : Outcome.FAILED;
        }
    }

    /** Asks for all SAs and shows or saves each; whether the kernel gave them all. */
    private boolean walk(SaTypeWord saType, @Nullable SavePrinter saved) throws Exit {
        SadbMessage request = naked(MessageType.DUMP, saType.saType());
        link.send(request);
        while (true) {
            Reading reading = link.dumped(request);
            BaseHeader header = KeyLink.header(reading);
            if (header.errno() != Errno.OK) {
                StringBuilder text = new StringBuilder();
                MessagePrinter.diagnostic(text, header);
                text.append("ipseckey: Dump failed: ");
                text.append(ErrnoText.of(header.errno())).append('\n');
                out.flush();
                err.print(text);
                return false;
            }
            if (header.sequence() == 0) {
                return true;
            }
            if (header.type() != MessageType.DUMP) {
                continue;
            }
            if (saved == null) {
                show(reading, link.nowOfMany());
                out.print("\n");
            } else if (reading instanceof Reading.Whole whole) {
                saved.print(whole.message());
            }
        }
    }

    private Outcome monitor(boolean active) throws Exit {
        Interrupts.heed(true);
        out.print(active ? "Actively" : "Passively");
        if (active) {
            link.send(naked(MessageType.X_PROMISC, Numbers.saType(PROMISCUOUS)));
        }
        out.print(" monitoring the PF_KEY socket.\n");
        while (true) {
            Reading reading = link.heard();
            if (reading == null) {
                return interrupted();
            }
            StringBuilder text = new StringBuilder(512);
            text.append("Read ").append(reading.raw().length()).append(" bytes.\n");
            printer.timestamp(text, link.now());
            out.print(text);
            show(reading, link.now());
            out.print("\n");
        }
    }

    private Outcome interrupted() throws Exit {
        if (!options.words().isEmpty()) {
            out.flush();
            err.print("ipseckey: Bailing on signal 2.\n");
            throw Exit.with(2);
        }
        Interrupts.heed(false);
        out.print("\n");
        return Outcome.DONE;
    }

    /** Shows a message; one that makes no sense as far as it does, with a warning. */
    private void show(Reading reading, long now) {
        StringBuilder text = shown;
        text.setLength(0);
        int bytes = reading.raw().length();
        if (reading instanceof Reading.Whole whole) {
            printer.print(text, whole.message(), bytes, now);
            out.print(text);
            return;
        }
        printer.header(text, KeyLink.header(reading), bytes);
        out.print(text).flush();
        err.print("ipseckey: WARNING: insufficient buffer space or corrupt message.\n");
    }

    private SadbMessage naked(MessageType type, SaType saType) {
        BaseHeader header = BaseHeader.of(type, saType, parser.nextSequence(), pid);
        return SadbMessage.of(header, new Extension[0]);
    }
}
