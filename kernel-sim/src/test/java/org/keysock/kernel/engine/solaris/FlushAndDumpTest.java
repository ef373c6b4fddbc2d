package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.YOU;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.ExtendedDump;

/** FLUSH and DUMP: solaris.md 3.11 and 3.12. */
class FlushAndDumpTest {

    private static final Ipv6Address SIX = new Ipv6Address(0x20010db8_00000000L, 9);

    private final Kernel kernel = new Kernel();

    private static Ask flush(SaType saType) {
        return Ask.of(MessageType.FLUSH, saType);
    }

    private static Ask dump(SaType saType) {
        return Ask.of(MessageType.DUMP, saType);
    }

    private void fill() {
        kernel.succeeds(Ask.addEsp(1, new Ipv6Address(0, 1), SIX));
        kernel.succeeds(Ask.addEsp(2, YOU, ME));
        kernel.succeeds(Ask.addEsp(3, ME, YOU));
        kernel.succeeds(Ask.addEsp(4, ME, Ipv4Address.of(224, 0, 0, 1)));
        kernel.succeeds(Ask.addAh(5, ME, YOU));
        kernel.succeeds(Ask.addEspSa(6, SaFlag.X_INBOUND).src(SIX).dst(SIX));
    }

    @Test
    void flushOfATypeLeavesTheOthersAndIsToldOnceToAll() { // E2
        fill();
        kernel.getSpi(256, 300, ME);
        SadbMessage answer = Kernel.only(kernel.asks(flush(SaType.ESP).seq(5)));
        assertEquals(
                SadbMessage.of(BaseHeader.of(MessageType.FLUSH, SaType.ESP, 5, Ask.PID)), answer);
        assertEquals(List.of(answer), kernel.bystanderHears());
        assertEquals(1, kernel.harness.engine().sadb().size());
        assertNotNull(kernel.sa(SaType.AH, YOU, 5));
    }

    @Test
    void flushOfAllEmptiesEverything() { // E1
        fill();
        kernel.asks(Ask.of(MessageType.REGISTER, SaType.ESP));
        kernel.harness
                .engine()
                .needSa(
                        new Flow(ME, YOU, 6, 1, 2),
                        Demand.transport(SaType.ESP),
                        kernel.harness.clock().now());
        kernel.harness.heard(kernel.client);
        kernel.succeeds(flush(SaType.UNSPEC));
        assertEquals(0, kernel.harness.engine().sadb().size());
        assertEquals(0, kernel.harness.engine().acquires().all().size());
        kernel.succeeds(flush(SaType.UNSPEC));
    }

    @Test
    void flushTakesNoExtensionsAndKnownTypes() {
        kernel.refuses(flush(SaType.UNSPEC).dst(YOU), Diagnostic.NO_EXT);
        kernel.refuses(flush(SaType.RSVP), Diagnostic.UNKNOWN_SATYPE);
        kernel.refuses(flush(SaType.unknown(77)), Diagnostic.UNKNOWN_SATYPE);
    }

    @Test
    void aDumpGoesByTypeFamilyAndTableAndEndsWithSequenceZero() {
        fill();
        List<SadbMessage> dumped = kernel.asks(dump(SaType.UNSPEC).seq(8));
        assertEquals(List.of(5, 3, 4, 2, 1, 6), spis(dumped));
        SadbMessage first = dumped.get(0);
        assertEquals(BaseHeader.of(MessageType.DUMP, SaType.AH, 8, Ask.PID), first.header());
        assertNotNull(first.key(ExtensionType.KEY_AUTH));
        assertEquals(
                SadbMessage.of(BaseHeader.of(MessageType.DUMP, SaType.UNSPEC, 0, Ask.PID)),
                dumped.get(6));
        assertEquals(List.of(), kernel.bystanderHears());
        assertEquals(List.of(5), spis(kernel.asks(dump(SaType.AH))));
    }

    @Test
    void anEmptyDumpIsItsEndMarker() {
        assertEquals(
                SadbMessage.of(BaseHeader.of(MessageType.DUMP, SaType.ESP, 0, Ask.PID)),
                Kernel.only(kernel.asks(dump(SaType.ESP))));
    }

    @Test
    void anExtendedDumpShowsWhatWasUsedLately() {
        fill();
        kernel.uses(kernel.theSa(SaType.ESP, YOU, 3), 10);
        kernel.harness.advance(30);
        kernel.uses(kernel.theSa(SaType.ESP, ME, 2), 10);
        kernel.harness.advance(10);
        assertEquals(List.of(2), spis(kernel.asks(extended(10))));
        assertEquals(List.of(3, 2), spis(kernel.asks(extended(40))));
        assertEquals(6, spis(kernel.asks(extended(0))).size());
    }

    private static Ask extended(long timeout) {
        return dump(SaType.UNSPEC).with(new ExtendedDump(timeout));
    }

    @Test
    void aDumpTakesNothingElse() {
        kernel.refuses(dump(SaType.UNSPEC).dst(YOU), Diagnostic.NO_EXT);
        kernel.refuses(extended(5).dst(YOU), Diagnostic.NO_EXT);
        kernel.refuses(dump(SaType.MIP), Diagnostic.UNKNOWN_SATYPE);
        assertEquals(List.of(), kernel.bystanderHears());
    }

    @Test
    void whileADumpRunsItsSocketCanNeitherFlushNorDump() {
        fill();
        kernel.harness.holdDumps();
        assertEquals(List.of(), kernel.asks(dump(SaType.UNSPEC)));
        kernel.refuses(dump(SaType.UNSPEC), Errno.ENOMEM, Diagnostic.NONE);
        kernel.refuses(flush(SaType.UNSPEC), Errno.ENOMEM, Diagnostic.NONE);
        kernel.harness.drain(kernel.client, 3);
        assertEquals(List.of(5, 3, 4), spis(kernel.harness.heard(kernel.client)));
        kernel.succeeds(Ask.naming(MessageType.DELETE, SaType.ESP, 2, ME));
        kernel.succeeds(Ask.addEsp(9, YOU, ME));
        kernel.harness.drain(kernel.client, 9);
        assertEquals(List.of(1, 6), spis(kernel.harness.heard(kernel.client)));
        kernel.succeeds(flush(SaType.UNSPEC));
    }

    @Test
    void promiscuousSocketsSeeTheDumpOfAnother() {
        fill();
        KeySocket spy = kernel.open();
        kernel.harness.ask(spy, Ask.of(MessageType.X_PROMISC, SaType.unknown(1)).message());
        List<SadbMessage> dumped = kernel.asks(dump(SaType.ESP));
        assertEquals(6, dumped.size());
        assertEquals(dumped, kernel.harness.heard(spy));
    }

    private static List<Integer> spis(List<SadbMessage> dumped) {
        return dumped.stream()
                .filter(message -> message.size() > 0)
                .map(
                        message -> {
                            Extension.Sa sa = message.sa();
                            assertNotNull(sa);
                            return sa.spi().value();
                        })
                .toList();
    }
}
