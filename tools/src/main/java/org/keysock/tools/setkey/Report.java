package org.keysock.tools.setkey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.text.StrerrorText;
import org.keysock.tools.cli.Output;
import org.keysock.tools.setkey.Options.Modifier;

/** Shows what the kernel says: errors where the run wants them, SAs and policies as blocks. */
final class Report {

    private final Output out;
    private final Output err;
    private final Options options;
    private final SaPrinter blocks;
    private final ShortPrinter lines;
    private final PolicyPrinter policies;
    private @Nullable String script;
    private int line;

    Report(Output out, Output err, Options options, Moments moments) {
        this.out = out;
        this.err = err;
        this.options = options;
        this.blocks = new SaPrinter(options.has(Modifier.PORTS), moments);
        this.lines = new ShortPrinter(moments);
        this.policies = new PolicyPrinter(options.has(Modifier.PORTS), moments);
    }

    /** From now on errors name this line of a script file. */
    void at(String file, int number) {
        script = file;
        line = number;
    }

    /** Shows an error of a command. */
    void error(String text) {
        if (script == null) {
            out.print(text).print(".\n");
        } else {
            out.flush();
            place(script, line, text);
        }
    }

    /** Shows an error at a place of a script. */
    void place(String file, int number, String text) {
        out.flush();
        err.print("setkey: " + file + "," + number + ": " + text + "\n").flush();
    }

    /** Shows a message of an answer; whether more of it is wanted. */
    boolean heard(Reading reading) {
        BaseHeader header = KernelTalk.header(reading);
        if (header.errno() != Errno.OK) {
            error(wording(header.type(), header.errno()));
            return false;
        }
        show(reading);
        return true;
    }

    /** What an error number means to a request. */
    private static String wording(MessageType type, Errno errno) {
        if (errno == Errno.ENOENT) {
            if (type == MessageType.DELETE
                    || type == MessageType.GET
                    || type == MessageType.X_SPDDELETE) {
                return "No entry";
            }
            if (type == MessageType.DUMP || type == MessageType.X_SPDDUMP) {
                return type == MessageType.DUMP ? "No SAD entries" : "No SPD entries";
            }
        }
        return StrerrorText.of(errno);
    }

    private void show(Reading reading) {
        MessageType type = KernelTalk.header(reading).type();
        if (type == MessageType.GET || type == MessageType.DUMP) {
            sa(reading, type == MessageType.DUMP);
        } else if (type == MessageType.X_SPDGET || type == MessageType.X_SPDDUMP) {
            policy(reading);
        }
    }

    /** Shows a message that a file holds, whatever it was for. */
    void recorded(Reading reading) {
        boolean policy =
                reading instanceof Reading.Whole whole
                        && whole.message().sa() == null
                        && whole.message().has(ExtensionType.X_POLICY);
        if (policy) {
            policy(reading);
        } else {
            sa(reading, true);
        }
    }

    private void sa(Reading reading, boolean dumped) {
        SadbMessage message = readable(reading);
        if (message == null) {
            return;
        }
        boolean dead = message.sa() != null && message.sa().state() == SaState.DEAD;
        if (dumped && dead && !options.has(Modifier.ALL)) {
            return;
        }
        StringBuilder text = new StringBuilder(512);
        if (options.has(Modifier.ENDLESS)) {
            lines.append(text, message);
        } else {
            blocks.append(text, message);
        }
        out.print(text);
    }

    private void policy(Reading reading) {
        SadbMessage message = readable(reading);
        if (message == null
                || (options.has(Modifier.WITHOUT_SOCKETS) && PolicyPrinter.ofSocket(message))) {
            return;
        }
        StringBuilder text = new StringBuilder(512);
        policies.append(text, message);
        out.print(text);
    }

    /** The message; null when the client library would refuse it, which is said instead. */
    private @Nullable SadbMessage readable(Reading reading) {
        LibraryError fault = LibraryChecks.fault(reading);
        if (fault != null) {
            out.print(fault.text()).print("\n");
            return null;
        }
        return ((Reading.Whole) reading).message();
    }
}
