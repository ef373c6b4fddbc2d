package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.KameExtension.Policy.Request;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/** Policy messages, where the recorded dialogues say nothing: section 8.13. */
final class PolicyTest {

    private static final int OUT = 2;
    private static final Request ESP = new Request(50, 1, 2, 0, null, null);

    private final Scene scene = new Scene();

    private static SadbMessage message(MessageType type, int sequence, Extension... parts) {
        return SadbMessage.of(BaseHeader.of(type, SaType.UNSPEC, sequence, Scene.PID), parts);
    }

    private static Address net(ExtensionType type, int third) {
        return new Address(type, 255, 24, Sockaddr.of(Ipv4Address.of(10, third, 0, 0), 0));
    }

    private static SadbMessage policy(
            MessageType type, int third, int priority, List<Request> requests, Extension... more) {
        Extension[] parts = new Extension[3 + more.length];
        parts[0] = new KameExtension.Policy(requests.isEmpty() ? 0 : 2, OUT, 0, priority, requests);
        parts[1] = net(ExtensionType.ADDRESS_SRC, third);
        parts[2] = net(ExtensionType.ADDRESS_DST, 99);
        System.arraycopy(more, 0, parts, 3, more.length);
        return message(type, 1, parts);
    }

    private SadbMessage ask(SadbMessage message) {
        List<SadbMessage> heard = scene.harness.ask(scene.asker, message);
        return heard.get(heard.size() - 1);
    }

    private Errno errno(SadbMessage message) {
        return ask(message).header().errno();
    }

    private static KameExtension.Policy shown(SadbMessage message) {
        return requireNonNull(message.find(ExtensionType.X_POLICY, KameExtension.Policy.class));
    }

    @Test
    void updateAddsWhatIsNotThereAndKeepsTheIdOfWhatIs() {
        SadbMessage added = ask(policy(MessageType.X_SPDUPDATE, 1, 5, List.of(ESP)));
        assertEquals(MessageType.X_SPDUPDATE, added.type());
        assertEquals(3, added.header().reserved());
        ask(policy(MessageType.X_SPDADD, 2, 5, List.of()));
        SadbMessage updated = ask(policy(MessageType.X_SPDUPDATE, 1, 7, List.of()));
        assertEquals(shown(added).id(), shown(updated).id());
        assertEquals(7, shown(updated).priority());
        assertEquals(0, shown(updated).policyType());
        assertEquals(2, scene.harness.engine().spd().size());
        assertEquals(3, scene.harness.heard(scene.other).size());
        assertEquals(List.of(), scene.harness.heard(scene.foreigner));
    }

    @Test
    void theSameSelectorExistsWhateverThePriority() {
        assertEquals(Errno.OK, errno(policy(MessageType.X_SPDADD, 1, 5, List.of(ESP))));
        assertEquals(Errno.EEXIST, errno(policy(MessageType.X_SPDADD, 1, 6, List.of())));
        assertEquals(Errno.EEXIST, errno(policy(MessageType.X_SPDSETIDX, 1, 6, List.of())));
    }

    @Test
    void sixRequestsAndNoMore() {
        List<Request> six = Collections.nCopies(6, ESP);
        List<Request> seven = Collections.nCopies(7, ESP);
        assertEquals(Errno.ELOOP, errno(policy(MessageType.X_SPDADD, 1, 0, seven)));
        assertEquals(Errno.OK, errno(policy(MessageType.X_SPDADD, 1, 0, six)));
    }

    @Test
    void anOptionalTunnelMayBeForInboundPoliciesOnly() {
        Scene strict = new Scene("linux.optional-outbound-tunnel=refuse");
        Request tunnel =
                new Request(50, 2, 1, 0, Sockaddr.of(Scene.HERE, 0), Sockaddr.of(Scene.THERE, 0));
        SadbMessage out = policy(MessageType.X_SPDADD, 1, 0, List.of(tunnel));
        List<SadbMessage> refused = strict.harness.ask(strict.asker, out);
        assertEquals(Errno.EINVAL, refused.get(0).header().errno());
        assertEquals(Errno.OK, errno(out));
        SadbMessage in =
                message(
                        MessageType.X_SPDADD,
                        1,
                        new KameExtension.Policy(2, 1, 0, 0, List.of(tunnel)),
                        net(ExtensionType.ADDRESS_SRC, 1),
                        net(ExtensionType.ADDRESS_DST, 2));
        List<SadbMessage> taken = strict.harness.ask(strict.asker, in);
        assertEquals(Errno.OK, taken.get(0).header().errno());
    }

    @Test
    void reqidsAreKeptWithUniqueOnly() {
        Request unique = new Request(50, 1, 3, 0x4000, null, null);
        Request required = new Request(51, 1, 2, 7, null, null);
        List<Request> requests =
                shown(ask(policy(MessageType.X_SPDADD, 1, 0, List.of(unique, required))))
                        .requests();
        assertEquals(new Request(50, 1, 3, 0x4000, null, null), requests.get(0));
        assertEquals(new Request(51, 1, 2, 0, null, null), requests.get(1));
        Request another = new Request(50, 1, 3, 0, null, null);
        requests = shown(ask(policy(MessageType.X_SPDADD, 2, 0, List.of(another)))).requests();
        assertEquals(0x4001, requests.get(0).reqid());
    }

    @Test
    void flushIsToldTwiceToItsSenderWhenThereWasAPolicy() {
        SadbMessage flush = message(MessageType.X_SPDFLUSH, 5);
        assertEquals(List.of(flush), scene.harness.ask(scene.asker, flush));
        assertEquals(List.of(), scene.harness.heard(scene.other));
        ask(policy(MessageType.X_SPDADD, 1, 0, List.of()));
        scene.harness.heard(scene.other);
        assertEquals(List.of(flush, flush), scene.harness.ask(scene.asker, flush));
        assertEquals(List.of(flush), scene.harness.heard(scene.other));
        assertEquals(Errno.ENOENT, errno(message(MessageType.X_SPDDUMP, 6)));
    }

    @Test
    void idsOfSocketsPoliciesAreInvalid() {
        for (int id : new int[] {3, 12, 15}) {
            KameExtension.Policy named = new KameExtension.Policy(0, 0, id, 0, List.of());
            assertEquals(Errno.EINVAL, errno(message(MessageType.X_SPDGET, 1, named)));
            assertEquals(Errno.EINVAL, errno(message(MessageType.X_SPDDELETE2, 1, named)));
        }
        assertEquals(Errno.EINVAL, errno(message(MessageType.X_SPDGET, 1)));
    }

    @Test
    void oneDumpAtATimeOfEitherKind() {
        scene.harness.ask(scene.asker, Scene.add(5));
        scene.harness.ask(scene.asker, Scene.add(6));
        ask(policy(MessageType.X_SPDADD, 1, 0, List.of()));
        ask(policy(MessageType.X_SPDADD, 2, 0, List.of()));
        scene.harness.holdDumps();
        scene.harness.ask(scene.asker, message(MessageType.X_SPDDUMP, 1));
        assertEquals(Errno.EBUSY, errno(message(MessageType.DUMP, 2)));
        assertEquals(Errno.EBUSY, errno(message(MessageType.X_SPDDUMP, 3)));
        scene.harness.drain(scene.asker, 3);
        List<SadbMessage> shown = scene.harness.heard(scene.asker);
        assertEquals(List.of(1, 0), shown.stream().map(m -> m.header().sequence()).toList());
        scene.harness.ask(scene.asker, message(MessageType.DUMP, 4));
        assertEquals(Errno.EBUSY, errno(message(MessageType.X_SPDDUMP, 5)));
    }

    @Test
    void aPolicyThatReachesItsHardLimitVanishesSilently() {
        Extension.Lifetime hard = Scene.limit(ExtensionType.LIFETIME_HARD, 0, 0, 60);
        assertEquals(Errno.OK, errno(policy(MessageType.X_SPDADD, 1, 0, List.of(), hard)));
        scene.harness.heard(scene.other);
        scene.harness.advance(59);
        assertEquals(1, scene.harness.engine().spd().size());
        scene.harness.advance(1);
        assertEquals(0, scene.harness.engine().spd().size());
        assertEquals(List.of(), scene.harness.heard(scene.other));
    }

    @Test
    void theLowestPriorityAndThenTheOldestJudges() {
        ask(policy(MessageType.X_SPDADD, 1, 9, List.of()));
        SadbMessage all =
                message(
                        MessageType.X_SPDADD,
                        1,
                        new KameExtension.Policy(1, OUT, 0, 5, List.of()),
                        new Address(
                                ExtensionType.ADDRESS_SRC,
                                0,
                                0,
                                Sockaddr.of(Ipv4Address.of(0, 0, 0, 0), 0)),
                        new Address(
                                ExtensionType.ADDRESS_DST,
                                0,
                                0,
                                Sockaddr.of(Ipv4Address.of(0, 0, 0, 0), 0)));
        int strong = shown(ask(all)).id();
        Flow flow = new Flow(Ipv4Address.of(10, 1, 0, 7), Ipv4Address.of(10, 99, 0, 7), 6, 1, 2);
        Policy judge = scene.harness.engine().spd().judge(flow, PolicyDirection.OUT);
        assertNotNull(judge);
        assertEquals(strong, judge.id());
        assertNull(scene.harness.engine().spd().judge(flow, PolicyDirection.IN));
    }
}
