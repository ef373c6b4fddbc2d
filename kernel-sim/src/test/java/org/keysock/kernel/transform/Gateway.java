package org.keysock.kernel.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.linux.LinuxRules;
import org.keysock.kernel.engine.rfc2367.Rfc2367Rules;
import org.keysock.kernel.engine.solaris.SolarisRules;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/** A kernel with a packet path and a Linux key socket that listens: one end of a test's wire. */
final class Gateway implements KeyManagement {

    static final int LONGEST = 0xffff;

    final Harness harness;
    final KeySocket listener;
    final IpsecProcessor processor;
    final Packet packet = new Packet(LONGEST);
    final List<String> released = new ArrayList<>();
    final List<Sockaddr> mappings = new ArrayList<>();
    int charges;

    Gateway(String... settings) {
        this(
                Map.of(
                        DialectName.LINUX,
                        new LinuxRules(),
                        DialectName.RFC2367,
                        new Rfc2367Rules(),
                        DialectName.SOLARIS,
                        new SolarisRules()),
                settings);
    }

    Gateway(Map<DialectName, DialectRules> rules, String... settings) {
        harness = new Harness(rules, List.of(), settings);
        listener = harness.open(DialectName.LINUX);
        PathFinder paths = new PathFinder(harness.engine().spd(), harness.engine().sadb(), 64);
        processor = new IpsecProcessor(paths, harness.engine().sadb(), this, 1);
    }

    /** An ESP SA with keys of its own. */
    static VectorSa esp(int spi, IpAddress source, IpAddress destination, int mode) {
        VectorSa sa = new VectorSa();
        sa.spi = spi;
        sa.source = source;
        sa.destination = destination;
        sa.mode = mode;
        sa.window = 64;
        sa.encrypt = EncryptionAlgorithm.AES_CBC;
        sa.encryptKey = Arrays.copyOf(new byte[] {1, 2, (byte) spi}, 16);
        sa.auth = AuthAlgorithm.HMAC_SHA1;
        sa.authKey = Arrays.copyOf(new byte[] {3, 4, (byte) spi}, 20);
        sa.icvBits = 96;
        return sa;
    }

    /** Listens to what is about ESP. */
    void register() {
        harness.ask(
                listener, SadbMessage.of(BaseHeader.of(MessageType.REGISTER, SaType.ESP, 1, 1)));
    }

    Gateway with(SecurityAssociation sa) {
        if (!harness.engine().insert(sa)) {
            throw new IllegalStateException("twice: " + sa);
        }
        return this;
    }

    Gateway policy(PolicyDirection direction, Selector selector, Template... templates) {
        return policy(direction, selector, Action.IPSEC, templates);
    }

    Gateway policy(
            PolicyDirection direction, Selector selector, Action action, Template... templates) {
        int id = harness.engine().spd().nextId(direction);
        Now now = now();
        Policy policy =
                new Policy(
                        DialectName.LINUX,
                        id,
                        direction,
                        selector,
                        action,
                        0,
                        List.of(templates),
                        null,
                        null,
                        null,
                        now.wallSeconds(),
                        now.millis());
        if (!harness.engine().spd().insert(policy)) {
            throw new IllegalStateException("twice: " + policy);
        }
        return this;
    }

    private Now now() {
        return harness.clock().now();
    }

    /** Sends a packet; what left is in {@link #packet}. */
    Fate send(byte[] bytes) {
        packet.load(bytes, 0, bytes.length);
        return processor.outbound(packet, now().wallSeconds(), now().millis());
    }

    /** Receives a packet; what it carried is in {@link #packet}. */
    Fate receive(byte[] bytes) {
        packet.load(bytes, 0, bytes.length);
        return processor.inbound(packet, now().wallSeconds(), now().millis());
    }

    /** The packet as it is now. */
    byte[] bytes() {
        byte[] copy = new byte[packet.length()];
        System.arraycopy(packet.bytes(), packet.start(), copy, 0, copy.length);
        return copy;
    }

    /** Lets packets go that wait no more. */
    void resume() {
        processor.resume(
                now().wallSeconds(),
                now().millis(),
                (waited, fate) -> {
                    String hex =
                            HexFormat.of().formatHex(waited.bytes(), waited.start(), waited.end());
                    released.add(fate + (fate.dropped() ? "" : " " + hex));
                });
    }

    @Override
    public int needSa(Flow flow, Policy policy, Template template, long wallSeconds, long millis) {
        Acquire acquire =
                harness.engine()
                        .needSa(flow, Demand.of(policy, template), new Now(wallSeconds, millis));
        return acquire == null ? 0 : acquire.number();
    }

    @Override
    public boolean waiting(int number) {
        @Nullable Acquire acquire = harness.engine().acquires().find(number);
        return acquire != null
                && harness.engine().acquires().progress(acquire) != Acquire.Progress.GIVEN_UP;
    }

    @Override
    public int heldPackets(Policy policy) {
        return harness.engine().heldPackets(policy.home());
    }

    @Override
    public boolean used(SecurityAssociation sa, long bytes, long wallSeconds, long millis) {
        charges++;
        return harness.engine().used(sa, bytes, 1, new Now(wallSeconds, millis));
    }

    @Override
    public void arrivedFrom(SecurityAssociation sa, Sockaddr from, long wallSeconds, long millis) {
        mappings.add(from);
        harness.engine().arrivedFrom(sa, from, new Now(wallSeconds, millis));
    }
}
