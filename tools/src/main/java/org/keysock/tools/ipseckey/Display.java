package org.keysock.tools.ipseckey;

import org.keysock.pfkey.model.Reading;
import org.keysock.tools.cli.Output;

/** Shows messages as they were read. */
final class Display {

    private final Output out;
    private final Output err;
    private final MessagePrinter printer;
    private final StringBuilder shown = new StringBuilder(2048);

    Display(Output out, Output err, MessagePrinter printer) {
        this.out = out;
        this.err = err;
        this.printer = printer;
    }

    /** Shows a message; one that makes no sense as far as it does, with a warning. */
    void show(Reading reading, long now) {
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

    /** Shows when and how long a message was heard, and then itself. */
    void heard(Reading reading, long now) {
        StringBuilder text = new StringBuilder(64);
        text.append("Read ").append(reading.raw().length()).append(" bytes.\n");
        printer.timestamp(text, now);
        out.print(text);
        show(reading, now);
        out.print("\n");
    }
}
