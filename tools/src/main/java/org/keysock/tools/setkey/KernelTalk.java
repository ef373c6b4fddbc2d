package org.keysock.tools.setkey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.PfKeyConnection;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.text.StrerrorText;
import org.keysock.pfkey.wire.MessageWriter;
import org.keysock.tools.cli.Output;
import org.keysock.tools.setkey.Options.Modifier;

/**
 * The key socket: sends a request and reads until its answer is complete. The original takes
 * whatever comes next for the answer; here it must be of the request's type and process, because
 * other processes' messages are heard too, and Linux repeats a FLUSH.
 */
final class KernelTalk implements AutoCloseable {

    private static final String SOCKET = "linux.stream";

    /** How long each message of an answer may take; tests are less patient. */
    private static final String PATIENCE = "pfkey.setkey.patience";

    private static final long PATIENCE_MILLIS = 1000;

    private final long patience = Long.getLong(PATIENCE, PATIENCE_MILLIS);
    private final MessageWriter writer = new MessageWriter(Numbers.LINUX);
    private final PfKeyConnection connection;
    private final Options options;
    private final Output out;
    private final Output err;
    private final Report report;

    private KernelTalk(
            PfKeyConnection connection, Options options, Output out, Output err, Report report) {
        this.connection = connection;
        this.options = options;
        this.out = out;
        this.err = err;
        this.report = report;
    }

    /** Opens a key socket of the emulator in that folder. */
    static KernelTalk open(Path folder, Options options, Output out, Output err, Report report)
            throws Stop {
        Path socket = folder.resolve(SOCKET);
        try {
            StreamConnection opened = StreamConnection.open(socket, Numbers.LINUX);
            return new KernelTalk(opened, options, out, err, report);
        } catch (IOException e) {
            throw new Stop("cannot open the key socket " + socket);
        }
    }

    /** Registers for all SA types, as a script begins; what the kernel offers. */
    Offers register(int pid) throws Stop {
        SadbMessage request = Requests.bare(MessageType.REGISTER, SaType.UNSPEC, pid);
        send(request);
        if (answer(request) instanceof Reading.Whole answer) {
            Errno errno = answer.message().header().errno();
            if (errno == Errno.OK) {
                return new Offers(answer.message(), err);
            }
            throw new Stop("the kernel refuses to register: " + StrerrorText.of(errno));
        }
        throw new Stop("the kernel does not say which algorithms it has");
    }

    /** Sends a request and reports what comes back. */
    void ask(SadbMessage request) throws Stop {
        if (begin(request)) {
            Reading reading = heard(request);
            while (reading != null && report.heard(reading) && more(reading)) {
                reading = heard(request);
            }
        }
    }

    /** All messages that answer a request; an error is reported. */
    List<SadbMessage> collect(SadbMessage request) throws Stop {
        List<SadbMessage> all = new ArrayList<>();
        Reading reading = begin(request) ? heard(request) : null;
        while (reading != null) {
            if (header(reading).errno() != Errno.OK) {
                report.heard(reading);
            } else if (reading instanceof Reading.Whole whole) {
                all.add(whole.message());
            }
            reading = more(reading) ? heard(request) : null;
        }
        return all;
    }

    /** Shows a request if that is wanted and sends it unless that is not; whether it was sent. */
    private boolean begin(SadbMessage request) throws Stop {
        byte[] bytes = writer.toBytes(request);
        if (bytes == null) {
            report.error(StrerrorText.of(Errno.EMSGSIZE));
            return false;
        }
        show(request, bytes);
        if (options.has(Modifier.DRY)) {
            return false;
        }
        drain();
        try {
            connection.sendRecord(bytes);
        } catch (IOException e) {
            throw gone("send");
        }
        return true;
    }

    private void show(SadbMessage request, byte[] bytes) {
        StringBuilder text = new StringBuilder();
        if (options.has(Modifier.VERBOSE)) {
            Notation.append(text, request, bytes.length);
            text.append('\n');
        }
        if (options.has(Modifier.BYTES)) {
            HexLines.append(text, bytes);
        }
        out.print(text);
    }

    /** Answers do not end with an error; the last of a dump has the number 0, as all others. */
    private static boolean more(Reading reading) {
        BaseHeader header = header(reading);
        return header.errno() == Errno.OK && header.sequence() != 0;
    }

    /** The next message of an answer, shown if that is wanted; null when none has come in time. */
    private @Nullable Reading heard(SadbMessage request) throws Stop {
        Reading reading = answer(request);
        if (reading == null) {
            out.flush();
            err.print("recv: Resource temporarily unavailable\n").flush();
        } else if (options.has(Modifier.VERBOSE)) {
            StringBuilder text = new StringBuilder();
            Notation.append(text, reading);
            out.print(text.append('\n'));
        }
        return reading;
    }

    private @Nullable Reading answer(SadbMessage request) throws Stop {
        BaseHeader asked = request.header();
        while (true) {
            Reading reading = receive(patience);
            if (reading == null) {
                return null;
            }
            BaseHeader header = header(reading);
            if (header.pid() == asked.pid() && header.type() == asked.type()) {
                return reading;
            }
        }
    }

    /** The base header of a message, whatever else is wrong with it. */
    static BaseHeader header(Reading reading) {
        return reading instanceof Reading.Whole whole
                ? whole.message().header()
                : ((Reading.Broken) reading).header();
    }

    /** Throws away what nobody has asked for. */
    private void drain() throws Stop {
        Reading reading = receive(0);
        while (reading != null) {
            reading = receive(0);
        }
    }

    /** Sends a message. */
    void send(SadbMessage message) throws Stop {
        try {
            connection.send(message);
        } catch (IOException e) {
            throw gone("send");
        }
    }

    private @Nullable Reading receive(long millis) throws Stop {
        try {
            return connection.receive(millis);
        } catch (IOException e) {
            throw gone("recv");
        }
    }

    /** The next record of any kind, however long it takes. */
    byte[] record() throws Stop {
        out.flush();
        try {
            byte[] record = connection.receiveRecord(PfKeyConnection.FOREVER);
            return record == null ? new byte[0] : record;
        } catch (IOException e) {
            throw gone("recv");
        }
    }

    private static Stop gone(String call) {
        return new Stop(call + ": " + StrerrorText.of(Errno.ENETDOWN));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            // nothing was left to be said on it
        }
    }
}
