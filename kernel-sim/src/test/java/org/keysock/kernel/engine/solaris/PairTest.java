package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.PEER;
import static org.keysock.kernel.engine.solaris.Ask.YOU;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.Pair;
import org.keysock.pfkey.model.Spi;

/** Pairs: solaris.md 3.16. */
class PairTest {

    private static final SaType ESP = SaType.ESP;

    private final Kernel kernel = new Kernel();

    private void refuses(Ask ask, Diagnostic diagnostic) {
        kernel.refuses(ask, diagnostic);
    }

    @Test
    void addPairsWithTheSaOfTheOtherDirection() { // E7d, E7f
        kernel.succeeds(Ask.addEsp(0x2345, ME, YOU));
        SadbMessage answer = kernel.succeeds(Ask.addEsp(0x5432, YOU, ME).pair(0x2345));
        Extension.Sa sa = answer.sa();
        assertNotNull(sa);
        assertEquals(SaFlags.of(SaFlag.X_INBOUND, SaFlag.X_PAIRED), sa.flags());
        assertPaired(0x5432, ME, 0x2345);
        assertPaired(0x2345, YOU, 0x5432);
    }

    private void assertPaired(int spi, IpAddress destination, int partner) {
        SadbMessage shown = kernel.get(ESP, spi, destination);
        Extension.Sa sa = shown.sa();
        assertNotNull(sa);
        assertEquals(true, sa.flags().has(SaFlag.X_PAIRED));
        assertEquals(new Pair(new Spi(partner)), shown.extension(shown.size() - 1));
    }

    @Test
    void theLiteralExampleSevenNeedsTheLenientSwitch() { // E7e
        kernel.succeeds(Ask.addEsp(0x2345, ME, YOU));
        refuses(Ask.addEsp(0x5432, ME, YOU).pair(0x2345), Diagnostic.PAIR_INAPPROPRIATE);
        assertNull(kernel.sa(ESP, YOU, 0x5432));
        Kernel lenient = new Kernel("solaris.lenient-pairing=on");
        lenient.succeeds(Ask.addEsp(0x2345, ME, YOU));
        lenient.succeeds(Ask.addEsp(0x5432, ME, YOU).pair(0x2345));
        assertNotNull(lenient.theSa(ESP, YOU, 0x2345).partner());
    }

    @Test
    void updatePairsByTheStoredSource() { // E12b
        kernel.succeeds(Ask.addEsp(0x123456, ME, YOU));
        kernel.succeeds(Ask.addEsp(0x654321, YOU, ME));
        kernel.succeeds(Ask.update(ESP, 0x123456, YOU).pair(0x654321));
        assertPaired(0x123456, YOU, 0x654321);
    }

    @Test
    void whatCannotBePaired() {
        kernel.succeeds(Ask.addEsp(1, ME, YOU));
        refuses(Ask.addEsp(2, YOU, ME).pair(0), Diagnostic.PAIR_INAPPROPRIATE);
        refuses(Ask.addEsp(2, YOU, ME).pair(2), Diagnostic.PAIR_INAPPROPRIATE);
        refuses(Ask.addEsp(2, YOU, ME).pair(77), Diagnostic.PAIR_INAPPROPRIATE); // E12c
        refuses(Ask.addEsp(2, PEER, ME).pair(1), Diagnostic.PAIR_INAPPROPRIATE);
        refuses(Ask.addEsp(2, Ipv4Address.ANY, YOU).pair(1), Diagnostic.PAIR_INAPPROPRIATE);
        refuses(
                Ask.addEspSa(2, SaFlag.X_INBOUND).src(Ipv4Address.ANY).dst(ME).pair(1),
                Diagnostic.PAIR_INAPPROPRIATE);
        kernel.succeeds(Ask.addEspSa(3, SaFlag.X_INBOUND, SaFlag.X_OUTBOUND).src(ME).dst(YOU));
        refuses(Ask.addEsp(2, YOU, ME).pair(3), Diagnostic.PAIR_INAPPROPRIATE);
        kernel.becomes(kernel.theSa(ESP, YOU, 1), SaState.DYING);
        refuses(Ask.addEsp(2, YOU, ME).pair(1), Diagnostic.PAIR_INAPPROPRIATE);
        assertEquals(2, kernel.harness.engine().sadb().size());
    }

    @Test
    void aPairIsNotBrokenByAnother() { // E12d
        kernel.paired(1, 2);
        refuses(Ask.addEsp(3, YOU, ME).pair(1), Diagnostic.PAIR_ALREADY);
        assertNull(kernel.sa(ESP, ME, 3));
        kernel.succeeds(Ask.addEsp(3, YOU, ME));
        refuses(Ask.update(ESP, 3, ME).pair(1).hard(0, 7, 0, 0), Diagnostic.PAIR_ALREADY);
        assertNull(kernel.get(ESP, 3, ME).lifetime(ExtensionType.LIFETIME_HARD));
        refuses(Ask.update(ESP, 1, YOU).pair(3), Diagnostic.PAIR_ALREADY);
        assertPaired(1, YOU, 2);
    }

    @Test
    void aLarvalSaKeepsItsPartnerWhenItGrows() {
        int spi = kernel.getSpi(0x1000, 0x1fff, ME);
        kernel.succeeds(Ask.addEsp(1, ME, YOU).pair(spi));
        Ask grown = Ask.of(MessageType.UPDATE, ESP);
        Ask.addEsp(spi, YOU, ME).message().extensions().forEach(grown::with);
        kernel.succeeds(grown);
        assertPaired(spi, ME, 1);
        assertPaired(1, YOU, spi);
    }

    @Test
    void deleteBreaksThePairSilently() { // T11
        kernel.paired(1, 2);
        SadbMessage answer = kernel.succeeds(Ask.naming(MessageType.DELETE, ESP, 1, YOU));
        assertEquals(new Pair(new Spi(2)), answer.find(ExtensionType.X_PAIR));
        SadbMessage shown = kernel.get(ESP, 2, ME);
        assertNull(shown.find(ExtensionType.X_PAIR));
        Extension.Sa sa = shown.sa();
        assertNotNull(sa);
        assertEquals(SaFlags.of(SaFlag.X_INBOUND), sa.flags());
    }

    @Test
    void deletePairTakesBothWithOneReply() { // E5d
        kernel.paired(1, 2);
        SadbMessage answer = kernel.succeeds(Ask.naming(MessageType.X_DELPAIR, ESP, 1, YOU));
        assertEquals(MessageType.X_DELPAIR, answer.type());
        assertEquals(0, kernel.harness.engine().sadb().size());
    }

    @Test
    void deletePairOfAnUnpairedSaDeletesIt() { // E5c, E5e
        kernel.succeeds(Ask.addEsp(1, ME, YOU));
        kernel.succeeds(Ask.naming(MessageType.X_DELPAIR, ESP, 1, YOU));
        assertEquals(0, kernel.harness.engine().sadb().size());
    }

    @Test
    void whenTheOutboundHalfExpiresTheInboundOneDiesSilently() {
        kernel.paired(1, 2);
        kernel.succeeds(Ask.update(ESP, 1, YOU).hard(0, 0, 10, 0));
        kernel.harness.advance(10);
        assertEquals(List.of(new Spi(1)), expired());
        assertEquals(SaState.DEAD, kernel.theSa(ESP, ME, 2).state());
        kernel.harness.advance(1);
        assertEquals(0, kernel.harness.engine().sadb().size());
    }

    @Test
    void whenTheInboundHalfExpiresTheOutboundOneSaysSo() {
        kernel.paired(1, 2);
        kernel.succeeds(Ask.update(ESP, 2, ME).hard(0, 0, 10, 0));
        kernel.harness.advance(10);
        assertEquals(List.of(new Spi(2), new Spi(1)), expired());
    }

    private List<Spi> expired() {
        return kernel.harness.heard(kernel.client).stream()
                .filter(message -> message.type() == MessageType.EXPIRE)
                .map(
                        message -> {
                            Extension.Sa sa = message.sa();
                            assertNotNull(sa);
                            assertEquals(SaState.DEAD, sa.state());
                            assertNotNull(message.lifetime(ExtensionType.LIFETIME_HARD));
                            return sa.spi();
                        })
                .toList();
    }

    @Test
    void softExpiriesAreIndependent() {
        kernel.paired(1, 2);
        kernel.succeeds(Ask.update(ESP, 1, YOU).soft(0, 0, 10, 0));
        kernel.harness.advance(11);
        assertEquals(SaState.DYING, kernel.theSa(ESP, YOU, 1).state());
        assertEquals(SaState.MATURE, kernel.theSa(ESP, ME, 2).state());
    }

    @Test
    void anSaOfAnotherNodeCanBePaired() {
        for (SaState state : List.of(SaState.X_ACTIVE_ELSEWHERE, SaState.X_IDLE)) {
            int spi = state == SaState.X_IDLE ? 10 : 20;
            kernel.succeeds(Ask.addEsp(spi, ME, YOU));
            kernel.becomes(kernel.theSa(ESP, YOU, spi), state);
            kernel.succeeds(Ask.addEsp(spi + 1, YOU, ME).pair(spi));
            assertPaired(spi, YOU, spi + 1);
        }
    }

    @Test
    void aLarvalSaMustGrowTheOtherWayThanItsPartner() {
        int spi = kernel.getSpi(0x1000, 0x1fff, ME);
        kernel.succeeds(Ask.addEsp(1, ME, YOU).pair(spi));
        for (List<SaFlag> flags :
                List.of(List.of(SaFlag.X_OUTBOUND), List.of(SaFlag.X_INBOUND, SaFlag.X_OUTBOUND))) {
            Ask grown = Ask.of(MessageType.UPDATE, ESP);
            Ask.addEspSa(spi, flags.toArray(SaFlag[]::new))
                    .src(YOU)
                    .dst(ME)
                    .message()
                    .extensions()
                    .forEach(grown::with);
            refuses(grown, Diagnostic.PAIR_INAPPROPRIATE);
            assertEquals(SaState.LARVAL, kernel.theSa(ESP, ME, spi).state());
            assertEquals(kernel.theSa(ESP, YOU, 1), kernel.theSa(ESP, ME, spi).partner());
        }
    }
}
