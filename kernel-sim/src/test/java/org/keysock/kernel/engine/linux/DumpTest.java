package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KameExtension.Filter;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** DUMP: section 8.9, for what the recorded dialogues do not show. */
final class DumpTest {

    private static final int AF_INET = 2;

    private final Scene scene = new Scene();

    private List<Integer> dumped(Filter filter) {
        List<Integer> spis = new ArrayList<>();
        for (SadbMessage message :
                scene.harness.ask(scene.asker, Scene.esp(MessageType.DUMP, 9, filter))) {
            assertEquals(Errno.OK, message.header().errno());
            spis.add(requireNonNull(message.sa()).spi().value());
        }
        return spis;
    }

    private static Filter destination(int family, IpAddress network, int prefix) {
        return new Filter(new byte[16], Arrays.copyOf(network.toBytes(), 16), family, 0, prefix);
    }

    private void ask(KeySocket socket, SadbMessage message) {
        scene.harness.ask(socket, message);
        scene.harness.heard(scene.asker);
    }

    @Test
    void filter() {
        ask(scene.asker, Scene.addTo(1, Ipv4Address.of(10, 1, 0, 1)));
        ask(scene.asker, Scene.addTo(2, Ipv4Address.of(10, 1, 0, 2)));
        ask(scene.asker, Scene.addTo(3, Ipv4Address.of(10, 2, 0, 1)));
        Ipv4Address network = Ipv4Address.of(10, 1, 0, 1);
        assertEquals(List.of(3, 2, 1), dumped(destination(0, network, 32)));
        assertEquals(List.of(2, 1), dumped(destination(AF_INET, network, 16)));
        assertEquals(List.of(1), dumped(destination(AF_INET, network, 33)));
        assertEquals(List.of(3, 2, 1), dumped(destination(AF_INET, network, 0)));
        SadbMessage refused =
                scene.harness
                        .ask(
                                scene.asker,
                                Scene.esp(MessageType.DUMP, 9, destination(AF_INET, network, 129)))
                        .get(0);
        assertEquals(Errno.EINVAL, refused.header().errno());
    }

    @Test
    void secondDumpIsRefusedWhileTheFirstGoesOn() {
        ask(scene.asker, Scene.add(1));
        scene.harness.holdDumps();
        SadbMessage dump =
                SadbMessage.of(BaseHeader.of(MessageType.DUMP, SaType.UNSPEC, 9, Scene.PID));
        assertEquals(List.of(), scene.harness.ask(scene.asker, dump));
        assertEquals(Errno.EBUSY, scene.harness.ask(scene.asker, dump).get(0).header().errno());
        scene.harness.drain(scene.asker, 5);
        SadbMessage only = scene.harness.heard(scene.asker).get(0);
        assertEquals(0, only.header().sequence());
        assertEquals(List.of(), scene.harness.ask(scene.asker, dump));
    }
}
