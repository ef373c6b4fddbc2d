package org.keysock.kernel.engine.linux;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.RefusalTable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KameExtension.Policy;
import org.keysock.pfkey.model.KameExtension.Policy.Request;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/** What people are told of the refusals that are about policies: errno and reason. */
final class PolicyReasonsTest extends RefusalTable {

    private static final Sockaddr OLD = Sockaddr.of(Ipv4Address.of(192, 0, 2, 1), 0);
    private static final Sockaddr NEW = Sockaddr.of(Ipv4Address.of(192, 0, 2, 2), 0);
    private static final Sockaddr ANY = Sockaddr.of(Ipv4Address.ANY, 0);
    private static final Request ESP = new Request(50, 1, 2, 0, null, null);

    private final Scene scene = new Scene("linux.optional-outbound-tunnel=refuse", "linux.aead=on");

    @Override
    protected Harness harness() {
        return scene.harness;
    }

    @Override
    protected KeySocket asker() {
        return scene.asker;
    }

    private static Policy policy(int type, int direction, int id, List<Request> requests) {
        return new Policy(type, direction, id, 0, requests);
    }

    private static SadbMessage spd(MessageType type, @Nullable Policy policy) {
        List<Extension> parts = new ArrayList<>();
        if (policy != null) {
            parts.add(policy);
        }
        parts.add(Scene.src());
        parts.add(Scene.dst());
        return SadbMessage.of(BaseHeader.of(type, SaType.UNSPEC, 2, Scene.PID), parts);
    }

    private static SadbMessage spdAdd(Request... requests) {
        return spd(MessageType.X_SPDADD, policy(2, 2, 0, List.of(requests)));
    }

    @Test
    void policies() {
        refuse(spd(MessageType.X_SPDADD, null));
        refuse(spd(MessageType.X_SPDADD, policy(3, 2, 0, List.of())));
        refuse(spd(MessageType.X_SPDADD, policy(2, 0, 0, List.of())));
        refuse(spd(MessageType.X_SPDUPDATE, policy(2, 4, 0, List.of())));
        refuse(spd(MessageType.X_SPDADD, policy(2, 2, 0, Collections.nCopies(7, ESP))));
        refuse(spdAdd(new Request(50, 0, 2, 0, null, null)));
        refuse(spdAdd(new Request(50, 4, 2, 0, null, null)));
        refuse(spdAdd(new Request(6, 1, 2, 0, null, null)));
        refuse(spdAdd(new Request(50, 2, 2, 0, null, null)));
        refuse(spdAdd(new Request(50, 2, 2, 0, new Sockaddr.Other(7, new byte[14]), NEW)));
        refuse(spdAdd(new Request(50, 2, 1, 0, OLD, NEW)));
        accept(spdAdd(ESP));
        refuse(spdAdd(ESP));
        refuse(spd(MessageType.X_SPDGET, policy(0, 0, 7, List.of())));
        refuse(spd(MessageType.X_SPDGET, policy(0, 0, 800, List.of())));
        refuse(spd(MessageType.X_SPDDELETE2, policy(0, 0, 800, List.of())));
        refuse(spd(MessageType.X_SPDDELETE, policy(0, 1, 0, List.of())));
        assertTold(
                """
                EINVAL X_POLICY: missing
                EINVAL X_POLICY: policy type 3, the highest is 2
                EINVAL X_POLICY: direction 0, not 1 (in), 2 (out) or 3 (forwarded)
                EINVAL X_POLICY: direction 4, not 1 (in), 2 (out) or 3 (forwarded)
                ELOOP X_POLICY: more than 6 requests
                EINVAL X_POLICY: a request of mode 0, not transport or tunnel
                EINVAL X_POLICY: mode 4, the highest is 3
                EINVAL X_POLICY: a request of protocol 6, not 50 (ESP), 51 (AH) or 108 (IPCOMP)
                EINVAL X_POLICY: a request without the two addresses it needs
                EINVAL X_POLICY: a request with an address of family 7
                EINVAL X_POLICY: an outbound request of level use that is not in transport mode (linux.optional-outbound-tunnel)
                EEXIST X_POLICY: outbound policy from 10.0.0.1/32 port 0 to 10.0.0.2/32 port 0, protocol 0 is there already, its id is 1
                EINVAL X_POLICY: id 7, whose lowest three bits are no direction (0 in, 1 out, 2 forwarded)
                ENOENT X_POLICY: there is no policy with id 800
                ENOENT X_POLICY: there is no policy with id 800
                ENOENT X_POLICY: there is no inbound policy from 10.0.0.1/32 port 0 to 10.0.0.2/32 port 0, protocol 0
                """);
    }

    private static Request tunnel(int protocol, Sockaddr source, Sockaddr destination) {
        return new Request(protocol, 2, 2, 0, source, destination);
    }

    private void refuseMove(Request... requests) {
        refuse(spd(MessageType.X_MIGRATE, policy(2, 2, 0, List.of(requests))));
    }

    private static SadbMessage between(Sockaddr source, Sockaddr destination) {
        SadbMessage add = Scene.with(Scene.add(0x900), new Sa2(2, 0, 0));
        add = Scene.with(add, new Extension.Address(ADDRESS_SRC, 0, 32, source));
        return Scene.with(add, new Extension.Address(ADDRESS_DST, 0, 32, destination));
    }

    @Test
    void moves() {
        Request old = tunnel(50, OLD, NEW);
        refuseMove();
        refuseMove(old);
        refuse(spd(MessageType.X_MIGRATE, policy(2, 2, 0, Collections.nCopies(14, old))));
        refuseMove(old, ESP);
        refuseMove(old, tunnel(51, NEW, OLD));
        refuseMove(old, new Request(50, 1, 2, 0, NEW, OLD));
        refuseMove(old, new Request(50, 2, 2, 9, NEW, OLD));
        refuseMove(old, tunnel(50, ANY, OLD));
        refuseMove(old, tunnel(50, NEW, ANY));
        refuseMove(old, tunnel(50, NEW, OLD), old, tunnel(50, NEW, OLD));
        refuseMove(old, tunnel(50, NEW, OLD));
        accept(spdAdd(old));
        accept(between(OLD, NEW));
        accept(between(NEW, OLD));
        refuseMove(old, tunnel(50, NEW, OLD));
        refuseMove(tunnel(51, OLD, NEW), tunnel(51, NEW, OLD));
        assertTold(
                """
                EINVAL X_POLICY: no requests, they come in pairs of old and new
                EINVAL X_POLICY: an odd number of requests, not pairs of old and new
                EINVAL X_POLICY: more than 6 pairs of requests
                EINVAL X_POLICY: a request without the two addresses it needs
                EINVAL X_POLICY: protocols of a pair differ
                EINVAL X_POLICY: modes of a pair differ
                EINVAL X_POLICY: reqids of a pair differ
                EINVAL X_POLICY: a new source that is unspecified
                EINVAL X_POLICY: a new destination that is unspecified
                EINVAL X_POLICY: two pairs whose old requests are the same
                ENOENT X_POLICY: there is no outbound policy from 10.0.0.1/32 port 0 to 10.0.0.2/32 port 0, protocol 0
                ENODATA X_POLICY: the place of the moved SA is taken, ESP 0x900 to 192.0.2.1
                ENODATA X_POLICY: no template of the policy is one of the old requests
                """);
    }
}
