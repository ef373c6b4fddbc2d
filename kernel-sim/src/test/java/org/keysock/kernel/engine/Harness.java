package org.keysock.kernel.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Spd;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/**
 * An engine on a virtual clock whose sockets' inboxes are lists: given, asked, heard. Used by the
 * tests of every dialect's rules.
 */
public final class Harness {

    private static final Reading.Raw NO_BYTES = new Reading.Raw(new byte[0], 0, 0);
    private static final long SEED = 2367;

    private static final Pattern SPECIFIC =
            Pattern.compile(
                    "(base header|extension|[A-Z][A-Z0-9_]+|unknown\\(\\d+\\))( (and|or) [A-Z_]+)?"
                            + "( at byte \\d+ of \\d+)?: \\p{Print}{4,200}");

    private final VirtualClock clock = new VirtualClock(VirtualClock.DEFAULT_START);
    private final Inboxes inboxes = new Inboxes();
    private final KeyEngine engine;

    /** An empty engine with the given rules, local addresses and switches. */
    public Harness(
            Map<DialectName, DialectRules> rules,
            Collection<? extends IpAddress> local,
            String... assignments) {
        KernelSettings settings =
                new KernelSettings(
                        List.copyOf(local), new Random(SEED), rules.values(), List.of(assignments));
        engine = new KeyEngine(settings, rules, new Sadb(), new Spd(), inboxes);
    }

    /** The engine itself. */
    public KeyEngine engine() {
        return engine;
    }

    /** The clock, to be moved by {@link #advance}. */
    public VirtualClock clock() {
        return clock;
    }

    /** A new key socket. */
    public KeySocket open(DialectName dialect) {
        return engine.open(dialect);
    }

    /** Sends a message; all that this socket heard since it was last looked at, the answer last. */
    public List<SadbMessage> ask(KeySocket asker, SadbMessage message) {
        return ask(asker, new Reading.Whole(message, NO_BYTES));
    }

    /** Sends a record, well formed or not. */
    public List<SadbMessage> ask(KeySocket asker, Reading reading) {
        engine.handle(asker, reading, clock.now());
        return heard(asker);
    }

    /** All that this socket heard since it was last looked at. */
    public List<SadbMessage> heard(KeySocket socket) {
        List<SadbMessage> messages = List.copyOf(inboxes.of(socket));
        inboxes.of(socket).clear();
        return messages;
    }

    /** Which sockets got the last messages, in that order. */
    public List<KeySocket> lastReceivers(int count) {
        List<KeySocket> all = inboxes.receivers;
        return List.copyOf(all.subList(all.size() - count, all.size()));
    }

    /** Records shown as they were written, since it was last looked at. */
    public List<Reading.Raw> heardRaw(KeySocket socket) {
        List<Reading.Raw> all = List.copyOf(inboxes.rawOf(socket));
        inboxes.rawOf(socket).clear();
        return all;
    }

    /** How {@code send} failed for this socket, since it was last looked at. */
    public List<Errno> sendFailures(KeySocket socket) {
        List<Errno> all = List.copyOf(inboxes.failuresOf(socket));
        inboxes.failuresOf(socket).clear();
        return all;
    }

    /** Why requests were refused, since it was last looked at. */
    public List<Refused> refusals() {
        List<Refused> all = List.copyOf(inboxes.refusals);
        inboxes.refusals.clear();
        return all;
    }

    /**
     * A reason names an extension, or the base header, and then says something of it.
     *
     * @throws AssertionError if it does not
     */
    public static void requireSpecific(String reason) {
        if (!SPECIFIC.matcher(reason).matches()) {
            throw new AssertionError("not a reason: " + reason);
        }
    }

    /** What people are told of a refused request. */
    public record Refused(KeySocket asker, BaseHeader header, Errno errno, String reason) {}

    /** Moves the clock, stopping at every deadline on the way. */
    public void advance(long seconds) {
        advanceMillis(seconds * 1000);
    }

    /** Moves the clock, stopping at every deadline on the way. */
    public void advanceMillis(long millis) {
        long until = clock.now().millis() + millis;
        for (long next = engine.nextDeadline(); next <= until; next = engine.nextDeadline()) {
            clock.advance(Math.max(0, next - clock.now().millis()));
            engine.expire(clock.now());
        }
        clock.advance(until - clock.now().millis());
        engine.expire(clock.now());
    }

    /** From now on dumps wait for {@link #drain} instead of running to their end at once. */
    public void holdDumps() {
        inboxes.hold = true;
    }

    /** Lets the held dump of a socket make up to {@code count} messages. */
    public void drain(KeySocket socket, int count) {
        inboxes.drain(socket, count);
    }

    /** The SA of that identity, or null. */
    public @Nullable SecurityAssociation sa(SaType type, IpAddress destination, int spi) {
        return engine.sadb().find(type, destination, new Spi(spi));
    }

    /** Collects what each socket is sent. */
    private static final class Inboxes implements Mailbox {

        private final Map<KeySocket, List<SadbMessage>> messages = new HashMap<>();
        private final Map<KeySocket, List<Reading.Raw>> raws = new HashMap<>();
        private final Map<KeySocket, List<Errno>> failures = new HashMap<>();
        private final Map<KeySocket, Deque<Held>> held = new HashMap<>();
        private final List<Refused> refusals = new ArrayList<>();
        private final List<KeySocket> receivers = new ArrayList<>();
        private boolean hold;

        private record Held(Supplier<@Nullable SadbMessage> next, Runnable closed) {}

        List<SadbMessage> of(KeySocket socket) {
            return messages.computeIfAbsent(socket, any -> new ArrayList<>());
        }

        List<Reading.Raw> rawOf(KeySocket socket) {
            return raws.computeIfAbsent(socket, any -> new ArrayList<>());
        }

        List<Errno> failuresOf(KeySocket socket) {
            return failures.computeIfAbsent(socket, any -> new ArrayList<>());
        }

        @Override
        public void reply(KeySocket to, SadbMessage message) {
            receivers.add(to);
            of(to).add(written(message));
        }

        @Override
        public void broadcast(KeySocket to, SadbMessage message) {
            receivers.add(to);
            of(to).add(written(message));
        }

        @Override
        public void broadcast(KeySocket to, Reading.Raw record) {
            rawOf(to).add(record);
        }

        @Override
        public void stream(KeySocket to, Supplier<@Nullable SadbMessage> next, Runnable closed) {
            held.computeIfAbsent(to, any -> new ArrayDeque<>()).add(new Held(next, closed));
            if (!hold) {
                drain(to, Integer.MAX_VALUE);
            }
        }

        @Override
        public void refused(KeySocket asker, BaseHeader header, Errno errno, String reason) {
            requireSpecific(reason);
            refusals.add(new Refused(asker, header, errno, reason));
        }

        @Override
        public void failSend(KeySocket from, Errno errno) {
            failuresOf(from).add(errno);
        }

        void drain(KeySocket to, int count) {
            Deque<Held> waiting = held.getOrDefault(to, new ArrayDeque<>());
            for (int made = 0; made < count && !waiting.isEmpty(); made++) {
                SadbMessage message = waiting.getFirst().next().get();
                if (message == null) {
                    waiting.removeFirst().closed().run();
                } else {
                    reply(to, message);
                }
            }
        }

        /** The message as it would stand in bytes: its keys do not die with their SA. */
        private static SadbMessage written(SadbMessage message) {
            List<Extension> copies = new ArrayList<>();
            for (Extension extension : message.extensions()) {
                copies.add(
                        extension instanceof Extension.Key key
                                ? new Extension.Key(
                                        key.type(),
                                        key.bits(),
                                        key.reserved(),
                                        KeyMaterial.of(key.material().revealed()))
                                : extension);
            }
            return SadbMessage.of(message.header(), copies);
        }
    }
}
