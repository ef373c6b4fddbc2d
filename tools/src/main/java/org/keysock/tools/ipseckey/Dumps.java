package org.keysock.tools.ipseckey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/** Shows or saves all SAs, solaris.md 5.3 and 5.5. */
final class Dumps {

    /** The environment's choice of what is saved: as the original does, or the whole SA. */
    private static final String SAVE_FORM = "IPSECKEY_SAVE";

    private static final String PLAIN = "plain";
    private static final String WHOLE = "whole";

    private final Surroundings surroundings;
    private final Output out;
    private final Output err;
    private final Options options;
    private final KeyLink link;
    private final Display display;
    private final CommandParser parser;

    Dumps(
            Surroundings surroundings,
            Options options,
            KeyLink link,
            Display display,
            CommandParser parser) {
        this.surroundings = surroundings;
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.options = options;
        this.link = link;
        this.display = display;
        this.parser = parser;
    }

    /** Shows all SAs of a type. */
    Outcome dump(Command.Dump dump) throws Exit {
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
            return walk(saType, saved) && target.written() ? Outcome.DONE : Outcome.FAILED;
        }
    }

    /** Asks for all SAs and shows or saves each; whether the kernel gave them all. */
    private boolean walk(SaTypeWord saType, @Nullable SavePrinter saved) throws Exit {
        SadbMessage request = parser.naked(MessageType.DUMP, saType.saType());
        link.send(request);
        while (true) {
            if (out.failed()) {
                throw Exit.with(1);
            }
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
                display.show(reading, link.nowOfMany());
                out.print("\n");
            } else if (reading instanceof Reading.Whole whole) {
                saved.print(whole.message());
            }
        }
    }
}
