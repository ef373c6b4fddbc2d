package org.keysock.tools.ipseckey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/** Carries commands out. */
final class Executor {

    private static final int PROMISCUOUS = 1;

    private final Output out;
    private final Output err;
    private final Options options;
    private final KeyLink link;
    private final Complaints complaints;
    private final CommandParser parser;
    private final Display display;
    private final Exchange exchange;
    private final Dumps dumps;

    Executor(
            Surroundings surroundings,
            Options options,
            KeyLink link,
            MessagePrinter printer,
            Complaints complaints,
            CommandParser parser) {
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.options = options;
        this.link = link;
        this.complaints = complaints;
        this.parser = parser;
        this.display = new Display(out, err, printer);
        this.exchange = new Exchange(surroundings, options, link, display, complaints);
        this.dumps = new Dumps(surroundings, options, link, display, parser);
    }

    /** Sees that there is a kernel, as the original does before it reads any command. */
    void reach() throws Exit {
        link.reach();
    }

    /** Carries a command out; with {@code -c} it only counts. */
    Outcome execute(Command command) throws Exit {
        if (command instanceof Command.SaCommand sa) {
            return options.checkOnly() ? Outcome.SENT : exchange.carryOut(sa);
        }
        if (command instanceof Command.Flush flush) {
            return options.checkOnly() ? Outcome.DONE : flush(flush.saType());
        }
        if (command instanceof Command.Dump dump) {
            return dumps.dump(dump);
        }
        if (command instanceof Command.Save save) {
            return dumps.save(save.saType(), save.file());
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
     * What a command that needs nothing of its answer but a verdict sends: {@link Exchange#alone}.
     */
    Exchange.@Nullable Request alone(Command command) throws Complaints.Abandoned {
        return exchange.alone(command);
    }

    /** What became of a message with that answer; a refusal is told. */
    Outcome settle(Exchange.Request request, BaseHeader answer) {
        return exchange.settle(request, answer);
    }

    /** Writes all SAs as a command file. */
    Outcome save(String file) throws Exit {
        return dumps.save(SaTypeWord.ALL, file);
    }

    /** Flushes an SA type, or all. */
    Outcome flush(SaTypeWord saType) throws Exit {
        SadbMessage request = parser.naked(MessageType.FLUSH, saType.saType());
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
        ErrnoText.tell(out, err, "doflush", header.errno());
        return Outcome.FAILED;
    }

    /** A command that is none. */
    Outcome unknown(String word) {
        if (complaints.silent()) {
            // the word may be a key that slipped from the line before
            return Outcome.REFUSED;
        }
        out.flush();
        err.print("ipseckey: Unknown command (" + word + ").\n\n");
        err.print("Type help or ? for usage info\n");
        return Outcome.REFUSED;
    }

    private Outcome monitor(boolean active) throws Exit {
        reach();
        Interrupts.heed(true);
        out.print(active ? "Actively" : "Passively");
        if (active) {
            link.send(parser.naked(MessageType.X_PROMISC, Numbers.saType(PROMISCUOUS)));
        }
        out.print(" monitoring the PF_KEY socket.\n");
        while (true) {
            out.flush();
            if (out.failed()) {
                throw Exit.with(1);
            }
            Reading reading = link.heard();
            if (reading == null) {
                return interrupted();
            }
            display.heard(reading, link.now());
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
}
