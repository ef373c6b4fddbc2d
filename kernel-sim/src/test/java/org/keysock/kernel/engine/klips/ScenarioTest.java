package org.keysock.kernel.engine.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.transform.FlowPath;
import org.keysock.kernel.transform.PathFinder;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** The scenario of KLIPS' own test suite, and the bytes of klips.md section 8. */
class ScenarioTest {

    private static final String CLEAR = "02090000 02000000 01000000 db030000";
    private static final String CLEAR_EROUTES =
            "020f0000 05000000 01000000 db030000 03000100 00000000 00000000 04000000 ffffffff"
                    + " 00000000";
    private static final String SRC = "03000500 00000000 02000000 c0010217 00000000 00000000";
    private static final String DST = "03000600 00000000 02000000 c001022d 00000000 00000000";
    private static final String SOFT_384 =
            "05000400 00000000 80010000 00000000 00000000 00000000 00000000 00000000 00000000"
                    + " 00000000";
    private static final String KEYS =
            "03000800 80000000 87658765 87658765 87658765 87658765 04000900 c0000000"
                    + " 40434345 45464649 494a4a4c 4c4f4f51 51525254 54575758";

    private final Scene scene = new Scene();
    private final PathFinder paths =
            new PathFinder(scene.harness.engine().spd(), scene.harness.engine().sadb(), 16);

    private List<SadbMessage> write(String hex) {
        List<SadbMessage> heard = scene.harness.ask(scene.asker, Scene.read(hex));
        assertEquals(List.of(), scene.harness.sendFailures(scene.asker), heard.toString());
        return heard;
    }

    private void answers(String answer, String request) {
        List<SadbMessage> heard = write(request);
        assertEquals(1, heard.size(), heard.toString());
        assertEquals(Scene.compact(answer), Scene.hex(heard.get(0)));
    }

    /** One ping of 84 bytes: how far it got. */
    private boolean ping() {
        Flow flow = new Flow(Ipv4Address.of(192, 0, 2, 1), Ipv4Address.of(192, 0, 1, 1), 1, 0, 0);
        var now = scene.harness.clock().now();
        FlowPath path = paths.take(flow, PolicyDirection.OUT, now.wallSeconds(), now.millis());
        int size = 84;
        for (SecurityAssociation sa : path.sas()) {
            size += sa.protocol() == SaType.X_IPIP ? 20 : 32;
            if (!scene.use(sa, size)) {
                return false;
            }
        }
        return !path.sas().isEmpty();
    }

    private void setUp(String limit) {
        answers(CLEAR, CLEAR);
        answers(CLEAR_EROUTES.replace("ffffffff", "01000000"), CLEAR_EROUTES);
        String words = limit.isEmpty() ? "12" : "17";
        String esp = "03000100 12345678 00010203 00000000 ";
        answers(
                "02030003 "
                        + (limit.isEmpty() ? "0b" : "10")
                        + "000000 01000000 db030000 "
                        + esp
                        + "02000000 00000000"
                        + limit
                        + SRC
                        + DST,
                "02030003 "
                        + words
                        + "000000 01000000 db030000 "
                        + esp
                        + "ffffffff 00000000"
                        + limit
                        + SRC
                        + DST
                        + KEYS);
        String tunnel = "02030009 0b000000 01000000 db030000 03000100 12345678 00010000 00000000 ";
        answers(tunnel + "03000000 00000000" + SRC + DST, tunnel + "ffffffff 00000000" + SRC + DST);
        String group =
                "020d0009 0f000000 01000000 db030000 03000100 12345678 00000000 00000000 ONE"
                        + " 00000000"
                        + DST
                        + "01001200 03000000 03001300 12345678 00000000 00000000 TWO 00000000"
                        + DST.replace("03000600", "03001400");
        answers(
                group.replace("ONE", "04000000").replace("TWO", "05000000"),
                group.replace("ONE", "ffffffff").replace("TWO", "ffffffff"));
        String flow =
                "020e0009 17000000 01000000 db030000 03000100 12345678 00000000 00000000 REF"
                        + " 00000000"
                        + SRC
                        + DST
                        + "03001500 00000000 02000000 c0000200 00000000 00000000"
                        + "03001600 00000000 02000000 c0000100 00000000 00000000"
                        + "03001700 00000000 02000000 ffffff00 00000000 00000000"
                        + "03001800 00000000 02000000 ffffff00 00000000 00000000";
        answers(flow.replace("REF", "06000000"), flow.replace("REF", "ffffffff"));
    }

    @Test
    void aTunnelInsideEspProtectsAPing() {
        setUp("");
        SecurityAssociation tunnel = scene.find(SaType.X_IPIP, 0x12345678);
        SecurityAssociation esp = scene.find(SaType.ESP, 0x12345678);
        assertEquals(2, esp.reference());
        assertEquals(3, tunnel.reference());
        assertEquals(tunnel, esp.innermost());
        Policy eroute = scene.harness.engine().spd().newestFirst().get(0);
        assertEquals(0, eroute.packets());

        assertTrue(ping());

        assertEquals(104, tunnel.use().bytes());
        assertEquals(136, esp.use().bytes());
        assertEquals(1, eroute.packets());
    }

    /** W12, byte for byte. */
    @Test
    void theFourthPingFindsTheSoftLimitReached() {
        scene.harness.advance(100);
        setUp(SOFT_384);
        scene.harness.advance(60);
        for (int count = 0; count < 3; count++) {
            assertTrue(ping());
        }
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        scene.harness.heard(scene.other);

        assertTrue(ping());

        List<SadbMessage> told = scene.harness.heard(scene.asker);
        assertEquals(1, told.size());
        assertEquals(
                Scene.compact(
                        "02080003 15000000 01000000 00000000"
                                + "03000100 12345678 00010203 00000000 02000000 00000000"
                                + "05000200 01000000 98010000 00000000 64000000 00000000"
                                + "a0000000 00000000 03000000 00000000"
                                + SOFT_384
                                + SRC
                                + DST),
                Scene.hex(told.get(0)));
        assertEquals(told, scene.harness.heard(scene.other));
        SecurityAssociation esp = scene.find(SaType.ESP, 0x12345678);
        assertEquals(SaState.DYING, esp.state());
        assertEquals(544, esp.use().bytes());
        assertTrue(ping());
        assertEquals(List.of(), scene.harness.heard(scene.asker));
    }

    /** W11: what a kernel without AES says, and W11a. */
    @Test
    void registerTellsWhatIsBuiltIn() {
        String request = "02070003 02000000 01000000 db030000";
        String auth = "03000e00 00000000 0300a000 a0000000 02008000 80000000";
        answers(
                "02070003 08000000 01000000 db030000"
                        + auth
                        + "03000f00 00000000 0c808000 00010000 0340a800 a8000000",
                request);
        Scene without = new Scene("klips.algorithms=3des");
        List<SadbMessage> heard = without.harness.ask(without.asker, Scene.read(request));
        assertEquals(
                Scene.compact(
                        "02070003 07000000 01000000 db030000"
                                + auth
                                + "02000f00 00000000 0340a800 a8000000"),
                Scene.hex(heard.get(0)));
    }

    @Test
    void erouteOutlivesItsSas() {
        setUp("");
        write(CLEAR);
        assertEquals(0, scene.size());
        assertEquals(1, scene.harness.engine().spd().size());
        assertFalse(ping());
        Flow flow = new Flow(Ipv4Address.of(192, 0, 2, 1), Ipv4Address.of(192, 0, 1, 1), 1, 0, 0);
        assertTrue(paths.path(flow, PolicyDirection.OUT).drops());
        assertEquals(
                List.of(MessageType.FLUSH),
                scene.types(scene.other).stream()
                        .filter(type -> type == MessageType.FLUSH)
                        .skip(1)
                        .toList());
    }
}
