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

    private static final int PROMISCUOUS = 1;

    private final Surroundings surroundings;
    private final Output out;
    private final Output err;
    private final Options options;
    private final KeyLink link;
    private final MessagePrinter printer;
    private final Complaints complaints;
    private final CommandParser parser;
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
        this.pid = ProcessId.own();
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

    private Outcome execute(Command.SaCommand command) throws Abandoned, Exit {
        RequestBuilder builder = new RequestBuilder(command, pid);
        MessageType type = command.verb().message();
        Draft.Place source = command.draft().place(Token.SRC);
        Draft.Place destination = command.draft().place(Token.DST);
        if (type == null) {
            throw new IllegalArgumentException(command.verb() + " sends no message");
        }
        if (destination == null) {
            Outcome outcome = Outcome.DONE;
            if (source == null) {
                return exchange(command, builder.message(type, null, null), null);
            }
            for (IpAddress address : source.addresses()) {
                SadbMessage message = builder.message(type, address, null);
                outcome = worse(outcome, exchange(command, message, null));
            }
            return outcome;
        }
        SourceChooser chooser = new SourceChooser(options.numeric(), complaints);
        List<IpAddress> destinations = destination.addresses();
        Outcome outcome = Outcome.SENT;
        for (IpAddress address : destinations) {
            IpAddress chosen = chooser.choose(source, address, destinations.size() == 1);
            SadbMessage message = builder.message(type, chosen, address);
            outcome = worse(outcome, exchange(command, message, address));
        }
        return outcome;
    }

    private static Outcome worse(Outcome first, Outcome second) {
        return first.good() || (!first.refused() && second.refused()) ? second : first;
    }

    /** One message and its answer, about the SA to that address. */
    private Outcome exchange(
            Command.SaCommand command, SadbMessage request, @Nullable IpAddress destination)
            throws Exit {
        link.send(request);
        Reading reading = link.answer(request);
        BaseHeader header = KeyLink.header(reading);
        if (header.type() != request.type() || !header.saType().equals(request.header().saType())) {
            out.flush();
            err.print("ipseckey: Error: doaddresses: Unexpected returned message\n");
            return Outcome.FAILED;
        }
        boolean shows = command.verb() == Verb.GET;
        if (header.errno() == Errno.OK) {
            if (shows) {
                show(reading);
            }
            return destination == null ? Outcome.DONE : Outcome.SENT;
        }
        if (shows && header.errno() == Errno.EINVAL && destination != null) {
            show(reading);
        }
        return destination == null
                ? refusedWithoutDestination(header)
                : refused(command, header, destination);
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
            text.append(" and addr\n").append(AddressText.format(destination));
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
        try (SaveTarget target = SaveTarget.open(surroundings, file)) {
            if (target == null) {
                return Outcome.FAILED;
            }
            SavePrinter saved = new SavePrinter(target.output(), options.paranoid());
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
                show(reading);
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
            show(reading);
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
    private void show(Reading reading) {
        StringBuilder text = new StringBuilder(1024);
        int bytes = reading.raw().length();
        if (reading instanceof Reading.Whole whole) {
            printer.print(text, whole.message(), bytes, link.now());
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
