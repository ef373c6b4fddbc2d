package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Mailbox;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.spd.Spd;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.pfkey.wire.MessageWriter;

/**
 * The dialogues with a real kernel, said again to the engine: every socket must hear the same bytes
 * in the same order.
 */
final class RecordedDialoguesTest {

    private static final Dialect DIALECT = Dialect.of(DialectName.LINUX, ByteOrder.LITTLE_ENDIAN);
    private static final int RECORDED = 100;
    private static final int MAY_DIFFER = 12;

    static List<Dialogue> dialogues() {
        return Dialogue.all();
    }

    @ParameterizedTest
    @MethodSource("dialogues")
    void sameBytes(Dialogue dialogue) throws IOException {
        List<String> both = Said.say(dialogue, new Engine());
        if (Said.DIFFERENT.containsKey(dialogue.toString())) {
            assertNotEquals(both.get(0), both.get(1), "no longer different: " + dialogue);
        } else {
            assertEquals(both.get(0), both.get(1));
        }
    }

    @Test
    void fewDiffer() {
        TreeSet<String> names = new TreeSet<>();
        dialogues().forEach(dialogue -> names.add(dialogue.toString()));
        assertEquals(RECORDED, names.size());
        names.retainAll(Said.DIFFERENT.keySet());
        assertEquals(names, Said.DIFFERENT.keySet());
        assertEquals(Math.min(MAY_DIFFER, names.size()), names.size());
        System.out.println(
                RECORDED - names.size() + " of " + RECORDED + " recorded dialogues are equal");
        Said.DIFFERENT.forEach((name, why) -> System.out.println("  not " + name + ": " + why));
    }

    /** An engine that is told a dialogue. */
    private static final class Engine implements Mailbox, Said.Kernel {

        private final VirtualClock clock = new VirtualClock(VirtualClock.DEFAULT_START);
        private final MessageReader reader = new MessageReader(DIALECT);
        private final MessageWriter writer = new MessageWriter(DIALECT);
        private final Map<String, KeySocket> sockets = new HashMap<>();
        private final Map<KeySocket, Deque<Item>> inboxes = new HashMap<>();
        private final KeyEngine engine;
        private String failure = "";

        Engine() {
            LinuxRules rules = new LinuxRules();
            KernelSettings settings =
                    new KernelSettings(List.of(), new Random(8), List.of(rules), List.of());
            engine =
                    new KeyEngine(
                            settings,
                            Map.of(DialectName.LINUX, rules),
                            new Sadb(),
                            new Spd(),
                            this);
        }

        @Override
        public void open(String name) {
            KeySocket socket = engine.open(DialectName.LINUX);
            sockets.put(name, socket);
            inboxes.put(socket, new ArrayDeque<>());
        }

        @Override
        public void close(String name) {
            KeySocket socket = socket(name);
            engine.close(socket);
            requireNonNull(inboxes.get(socket)).forEach(item -> item.closed().run());
        }

        private KeySocket socket(String name) {
            return requireNonNull(sockets.get(name));
        }

        @Override
        public String send(String name, byte[] record) {
            failure = "";
            engine.handle(socket(name), reader.read(record, 0, record.length), clock.now());
            return failure;
        }

        @Override
        public String next(String name) {
            Deque<Item> inbox = requireNonNull(inboxes.get(socket(name)));
            while (!inbox.isEmpty()) {
                Item item = inbox.getFirst();
                String hex = item.next().get();
                if (hex != null) {
                    return hex;
                }
                inbox.removeFirst();
                item.closed().run();
            }
            return "";
        }

        @Override
        public void advance(long millis) {
            long until = clock.now().millis() + millis;
            for (long next = engine.nextDeadline(); next <= until; next = engine.nextDeadline()) {
                clock.advance(Math.max(0, next - clock.now().millis()));
                engine.expire(clock.now());
            }
            clock.advance(until - clock.now().millis());
        }

        @Override
        public void engine(Said.Inside task) {
            task.act(engine, clock.now());
        }

        private void deliver(KeySocket to, String hex) {
            Iterator<String> one = List.of(hex).iterator();
            put(to, new Item(() -> one.hasNext() ? one.next() : null, () -> {}));
        }

        private void put(KeySocket to, Item item) {
            requireNonNull(inboxes.get(to)).add(item);
        }

        private String hex(SadbMessage message) {
            byte @Nullable [] bytes = writer.toBytes(message);
            if (bytes == null) {
                throw new IllegalStateException("cannot be said: " + message);
            }
            return HexFormat.of().formatHex(bytes);
        }

        @Override
        public void reply(KeySocket to, SadbMessage message) {
            deliver(to, hex(message));
        }

        @Override
        public void broadcast(KeySocket to, SadbMessage message) {
            deliver(to, hex(message));
        }

        @Override
        public void broadcast(KeySocket to, Reading.Raw record) {
            int from = record.offset();
            deliver(to, HexFormat.of().formatHex(record.buffer(), from, from + record.length()));
        }

        @Override
        public void stream(KeySocket to, Supplier<@Nullable SadbMessage> next, Runnable closed) {
            put(
                    to,
                    new Item(
                            () -> {
                                SadbMessage message = next.get();
                                return message == null ? null : hex(message);
                            },
                            closed));
        }

        @Override
        public void refused(KeySocket asker, BaseHeader header, Errno errno, String reason) {}

        @Override
        public void failSend(KeySocket from, Errno errno) {
            failure = errno.toString();
        }

        /** One message, or those of a dump, made when they are read. */
        private record Item(Supplier<@Nullable String> next, Runnable closed) {}
    }
}
