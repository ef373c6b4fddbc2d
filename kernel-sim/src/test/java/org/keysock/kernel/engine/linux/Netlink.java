package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.text.AddressText;

/**
 * Stands for the other interface to that kernel's databases: the few {@code ip xfrm} commands of
 * the recordings, carried out by the engine's own operations. Key sockets hear of what they do as
 * of the kernel's own doing. All else that was run set up a network, of which there is none here.
 */
final class Netlink {

    /** Netlink is no dialect of ours; what matters of policies is that it is not PF_KEY. */
    private static final DialectName ELSEWHERE = DialectName.RFC2367;

    private static final Map<String, SaType> PROTOCOLS = Map.of("esp", SaType.ESP, "ah", SaType.AH);
    private static final Map<String, Integer> MODES = Map.of("transport", 1, "tunnel", 2);
    private static final List<String> WITH_TWO = List.of("enc");
    private static final List<String> WITH_THREE = List.of("auth-trunc", "aead");

    private final KeyEngine engine;
    private final Now now;

    Netlink(KeyEngine engine, Now now) {
        this.engine = engine;
        this.now = now;
    }

    /** Runs a shell command. */
    void run(String commands) {
        for (String command : commands.split("&&", -1)) {
            Deque<String> words = new ArrayDeque<>(List.of(command.strip().split(" ", -1)));
            if (words.pollFirst().equals("ip") && words.pollFirst().equals("xfrm")) {
                String verb = words.removeFirst() + " " + words.removeFirst();
                switch (verb) {
                    case "state add" -> stateAdd(members(words));
                    case "state delete" -> stateDelete(members(words));
                    case "state flush" -> stateFlush();
                    case "policy add" -> policyAdd(words);
                    case "policy flush" -> policyFlush();
                    default -> throw new IllegalArgumentException(command);
                }
            }
        }
    }

    /** Words and what follows each of them. */
    private static Map<String, String> members(Deque<String> words) {
        Map<String, String> members = new HashMap<>();
        while (!words.isEmpty()) {
            String name = words.removeFirst();
            StringBuilder value = new StringBuilder(words.removeFirst());
            int more = WITH_THREE.contains(name) ? 2 : WITH_TWO.contains(name) ? 1 : 0;
            for (int count = 0; count < more; count++) {
                value.append(' ').append(words.removeFirst());
            }
            members.put(name, value.toString());
        }
        return members;
    }

    private void stateAdd(Map<String, String> members) {
        int mode = requireNonNull(MODES.get(members.get("mode")));
        SecurityAssociation sa =
                new SecurityAssociation(
                        DialectName.LINUX,
                        protocol(members),
                        new Spi(Integer.decode(members.get("spi"))),
                        address(members.get("src")),
                        address(members.get("dst")),
                        Direction.BOTH,
                        SaState.MATURE,
                        SaFlags.NONE,
                        0,
                        secrets(members),
                        GetSpi.details(mode, 0, null),
                        now.wallSeconds(),
                        now.millis());
        if (!engine.insert(sa)) {
            throw new IllegalStateException("taken: " + sa);
        }
        engine.tell(Outcome.of(Outcome.Event.ADDED, null, sa));
    }

    private static SaSecrets secrets(Map<String, String> members) {
        String aead = members.get("aead");
        if (aead != null) {
            KeyMaterial key = key(aead.split(" ", -1)[1]);
            return new SaSecrets(
                    AuthAlgorithm.NONE,
                    0,
                    KeyMaterial.EMPTY,
                    EncryptionAlgorithm.AES_GCM_16,
                    128,
                    32,
                    key,
                    128);
        }
        String[] auth = requireNonNull(members.get("auth-trunc")).split(" ", -1);
        KeyMaterial cipher = key(requireNonNull(members.get("enc")).split(" ", -1)[1]);
        return new SaSecrets(
                AuthAlgorithm.HMAC_SHA256,
                256,
                key(auth[1]),
                EncryptionAlgorithm.AES_CBC,
                128,
                0,
                cipher,
                Integer.parseInt(auth[2]));
    }

    private static KeyMaterial key(String hex) {
        return KeyMaterial.of(HexFormat.of().parseHex(hex.substring("0x".length())));
    }

    private void stateDelete(Map<String, String> members) {
        SecurityAssociation sa =
                engine.sadb()
                        .find(
                                protocol(members),
                                address(members.get("dst")),
                                new Spi(Integer.decode(members.get("spi"))));
        Endings.deleted(requireNonNull(sa), null, engine);
    }

    /** The kernel has removed all of itself, for no key socket asked. */
    private static Outcome emptied(Outcome.Event event, int count) {
        return new Outcome(
                event,
                null,
                SaType.UNSPEC,
                null,
                null,
                null,
                null,
                null,
                count,
                Errno.OK,
                Diagnostic.NONE);
    }

    private void stateFlush() {
        int count = Endings.flush(SaType.UNSPEC, engine);
        engine.tell(emptied(Outcome.Event.FLUSHED, count));
    }

    private void policyAdd(Deque<String> words) {
        List<String> all = List.copyOf(words);
        int template = all.indexOf("tmpl");
        Map<String, String> what = members(new ArrayDeque<>(all.subList(0, template)));
        Map<String, String> how = members(new ArrayDeque<>(all.subList(template + 1, all.size())));
        String[] source = requireNonNull(what.get("src")).split("/", -1);
        String[] destination = requireNonNull(what.get("dst")).split("/", -1);
        int reqid = Integer.parseInt(how.getOrDefault("reqid", "0"));
        Policy policy =
                new Policy(
                        ELSEWHERE,
                        engine.spd().nextId(PolicyDirection.OUT),
                        PolicyDirection.OUT,
                        new Selector(
                                address(source[0]),
                                Integer.parseInt(source[1]),
                                address(destination[0]),
                                Integer.parseInt(destination[1]),
                                0,
                                0,
                                0),
                        Action.IPSEC,
                        0,
                        List.of(
                                new Template(
                                        protocol(how),
                                        requireNonNull(MODES.get(how.get("mode"))),
                                        Template.Level.REQUIRE,
                                        reqid,
                                        address(how.get("src")),
                                        address(how.get("dst")))),
                        null,
                        null,
                        null,
                        now.wallSeconds(),
                        now.millis());
        engine.spd().insert(policy);
        engine.tell(Outcome.of(Outcome.Event.POLICY_ADDED, null, policy));
    }

    private void policyFlush() {
        List<Policy> all = engine.spd().newestFirst();
        all.forEach(engine.spd()::remove);
        engine.tell(emptied(Outcome.Event.POLICIES_FLUSHED, all.size()));
    }

    private static SaType protocol(Map<String, String> members) {
        return requireNonNull(PROTOCOLS.get(members.get("proto")));
    }

    private static IpAddress address(@Nullable String text) {
        return requireNonNull(AddressText.parse(requireNonNull(text)));
    }
}
