package org.keysock.tools.ipseckey;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.tools.cli.Output;
import org.keysock.tools.ipseckey.CommandParser.RefusedFromShell;
import org.keysock.tools.ipseckey.CommandParser.UnknownCommand;
import org.keysock.tools.ipseckey.Complaints.Abandoned;

/**
 * Carries out the commands of a file. A command that only changes an SA is sent without waiting for
 * the answers to those before it; every other one waits. What is to be said is said in the order of
 * the lines, as if each had waited.
 *
 * <p>Commands without an answer are few and small enough for the socket's buffers, so that the
 * kernel can always go on writing and we need not read while we write.
 */
final class Pipeline {

    /**
     * A line whose end has not been told yet.
     *
     * @param said what is to be printed in its turn, before its answer is looked at
     * @param request null when nothing was sent
     */
    private record Line(
            int number, String text, CharSequence said, Exchange.@Nullable Request request) {}

    /** How many commands may be without an answer; tests take fewer. */
    private static final String WINDOW = "pfkey.ipseckey.window";

    private static final int LINES = 256;

    /** Characters of commands without an answer; their messages are of like size. */
    private static final int CHARACTERS = 1 << 16;

    private final int window = Integer.getInteger(WINDOW, LINES);
    private final ArrayDeque<Line> waiting = new ArrayDeque<>();
    private final Output out;
    private final KeyLink link;
    private final Complaints complaints;
    private final CommandParser parser;
    private final Executor executor;
    private int characters;
    private int parsed;
    private int good;

    Pipeline(
            Output out,
            KeyLink link,
            Complaints complaints,
            CommandParser parser,
            Executor executor) {
        this.out = out;
        this.link = link;
        this.complaints = complaints;
        this.parser = parser;
        this.executor = executor;
    }

    /**
     * Carries out a command, or begins to.
     *
     * @param number of its last physical line
     * @param text as it stands in the file
     * @param words at least one
     */
    void carryOut(int number, String text, List<String> words) throws Exit {
        parsed++;
        complaints.at(number, text);
        complaints.holdBack();
        Command command = null;
        Exchange.Request request = null;
        boolean unknown = false;
        try {
            command = parser.parse(words);
            request = executor.alone(command);
        } catch (Abandoned e) {
            command = null;
        } catch (UnknownCommand e) {
            unknown = true;
        } catch (RefusedFromShell e) {
            throw new IllegalStateException("a file is no shell", e);
        }
        Line line = new Line(number, text, complaints.heldBack(), request);
        if (request != null || (command == null && !unknown)) {
            await(line);
            return;
        }
        finish();
        out.print(line.said());
        complaints.at(number, text);
        if (command != null) {
            execute(command);
        } else {
            executor.unknown(words.get(0));
        }
    }

    private void execute(Command command) throws Exit {
        good += executor.execute(command).good() ? 1 : 0;
    }

    /** Sends the line's message, if it has one, and leaves its end for later. */
    private void await(Line line) throws Exit {
        Exchange.Request request = line.request();
        if (waiting.isEmpty()) {
            out.print(line.said());
            if (request == null) {
                return;
            }
            line = new Line(line.number(), line.text(), "", request);
        }
        if (request != null) {
            link.post(request.message());
        }
        waiting.add(line);
        characters += line.text().length();
        if (waiting.size() >= window || characters >= CHARACTERS) {
            // down to half, so that the kernel has work while we read on
            int left = characters / 2;
            int lines = window / 2;
            while (waiting.size() > lines || characters > left) {
                settleFirst();
            }
        }
    }

    /** Waits for all answers that are still to come. */
    void finish() throws Exit {
        while (!waiting.isEmpty()) {
            settleFirst();
        }
    }

    private void settleFirst() throws Exit {
        Line line = waiting.remove();
        characters -= line.text().length();
        complaints.at(line.number(), line.text());
        out.print(line.said());
        Exchange.Request request = line.request();
        if (request != null) {
            good +=
                    executor.settle(request, link.verdict(request.message().header())).good()
                            ? 1
                            : 0;
        }
    }

    /** Commands so far. */
    int parsed() {
        return parsed;
    }

    /** Those of them that succeeded. */
    int good() {
        return good;
    }
}
