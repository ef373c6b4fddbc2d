package org.keysock.tools.ipseckey;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.text.AddressText;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.ProcessId;
import org.keysock.tools.cli.Surroundings;
import org.keysock.tools.ipseckey.Complaints.Abandoned;

/** Asks for what a command wants of SAs that it names, and tells of refusals: solaris.md 4.11. */
final class Exchange {

    /**
     * A message and what it is about.
     *
     * @param destination of the SA, null when none was given
     */
    record Request(
            Command.SaCommand command, SadbMessage message, @Nullable IpAddress destination) {}

    private final Output out;
    private final Output err;
    private final Options options;
    private final KeyLink link;
    private final Display display;
    private final Complaints complaints;
    private final SourceChooser chooser;
    private final int pid = ProcessId.own();

    Exchange(
            Surroundings surroundings,
            Options options,
            KeyLink link,
            Display display,
            Complaints complaints) {
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.options = options;
        this.link = link;
        this.display = display;
        this.complaints = complaints;
        this.chooser = new SourceChooser(options.numeric(), complaints);
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

    /** Asks for each address of the command and waits for the answers. */
    Outcome carryOut(Command.SaCommand command) throws Exit {
        Draft.Place source = command.draft().place(Token.SRC);
        Draft.Place destination = command.draft().place(Token.DST);
        if (destination == null) {
            Outcome outcome = Outcome.DONE;
            if (source == null) {
                return exchange(new Request(command, message(command, null, null), null));
            }
            for (IpAddress address : source.addresses()) {
                SadbMessage message = message(command, address, null);
                outcome = outcome.and(exchange(new Request(command, message, null)));
            }
            return outcome;
        }
        List<IpAddress> destinations = destination.addresses();
        Outcome outcome = Outcome.SENT;
        for (IpAddress address : destinations) {
            outcome = outcome.and(exchange(command, address, destinations.size() == 1));
        }
        return outcome;
    }

    /** One address of perhaps several: those behind it are tried whatever becomes of it. */
    private Outcome exchange(Command.SaCommand command, IpAddress destination, boolean only)
            throws Exit {
        try {
            return exchange(request(command, destination, only));
        } catch (Abandoned e) {
            return Outcome.FAILED;
        }
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

    /** One message and its answer. */
    private Outcome exchange(Request request) throws Exit {
        link.send(request.message());
        Reading reading = link.answer(request.message());
        BaseHeader header = KeyLink.header(reading);
        boolean refused = header.errno() == Errno.EINVAL && request.destination() != null;
        if (request.command().verb() == Verb.GET
                && expected(request, header)
                && (header.errno() == Errno.OK || refused)) {
            display.show(reading, link.now());
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
            // with -n the original shows the address that it read last
            IpAddress last = options.numeric() ? command.draft().resolved() : null;
            text.append(" and addr\n")
                    .append(AddressText.format(last == null ? destination : last));
            text.append(absent ? " does not exist.\n" : " already exists.\n");
        } else if (errno == Errno.EINVAL || errno == Errno.ESRCH) {
            text.append("PF_KEY Diagnostic code ").append(header.reserved()).append(": ");
            text.append(MessagePrinter.wording(header)).append(".\n");
        } else {
            ErrnoText.tell(out, err, "doaddresses", errno);
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
            ErrnoText.tell(out, err, "doaddresses", header.errno());
            return Outcome.FAILED;
        }
        out.print("One of the entered values is incorrect.\n");
        StringBuilder text = new StringBuilder();
        MessagePrinter.diagnostic(text, header);
        out.flush();
        err.print(text);
        return Outcome.REFUSED;
    }
}
