package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.YOU;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** Lifetimes and EXPIRE: solaris.md 3.15 and 3.18. */
class AgerTest {

    private static final SaType ESP = SaType.ESP;

    private final Kernel kernel = new Kernel();

    private SecurityAssociation added(Ask ask) {
        kernel.succeeds(ask);
        return kernel.theSa(ESP, YOU, 1);
    }

    private SecurityAssociation added() {
        return added(Ask.addEsp(1, ME, YOU));
    }

    private List<SadbMessage> after(long seconds) {
        kernel.harness.advance(seconds);
        return kernel.harness.heard(kernel.client);
    }

    private static SaState state(SadbMessage message) {
        Extension.Sa sa = message.sa();
        assertNotNull(sa);
        return sa.state();
    }

    @Test
    void softThenHardThenGone() { // T27
        added(Ask.addEsp(1, ME, YOU).hard(0, 0, 20, 0).soft(0, 0, 10, 0).cookie(1, 5));
        assertEquals(List.of(), after(9));
        SadbMessage soft = Kernel.only(after(1));
        assertEquals(BaseHeader.of(MessageType.EXPIRE, ESP, 0, 0), soft.header());
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.LIFETIME_CURRENT,
                        ExtensionType.LIFETIME_SOFT,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST,
                        ExtensionType.X_KM_COOKIE),
                Kernel.types(soft));
        assertEquals(SaState.DYING, state(soft));
        assertEquals(List.of(soft), kernel.bystanderHears());
        assertEquals(List.of(), after(9));
        SadbMessage hard = Kernel.only(after(1));
        assertEquals(SaState.DEAD, state(hard));
        assertNotNull(hard.lifetime(ExtensionType.LIFETIME_HARD));
        assertNull(hard.lifetime(ExtensionType.LIFETIME_SOFT));
        assertNotNull(kernel.sa(ESP, YOU, 1));
        assertEquals(List.of(), after(1));
        assertNull(kernel.sa(ESP, YOU, 1));
    }

    @Test
    void useLimitsCountFromTheFirstUse() {
        SecurityAssociation sa = added(Ask.addEsp(1, ME, YOU).hard(0, 0, 0, 30));
        assertEquals(List.of(), after(100));
        assertTrue(kernel.uses(sa, 10));
        assertEquals(List.of(), after(20));
        assertTrue(kernel.uses(sa, 10));
        assertEquals(SaState.DEAD, state(Kernel.only(after(10))));
    }

    @Test
    void theEarlierLimitWins() {
        SecurityAssociation sa = added(Ask.addEsp(1, ME, YOU).soft(0, 0, 50, 10));
        kernel.uses(sa, 1);
        assertEquals(List.of(), after(9));
        assertEquals(SaState.DYING, state(Kernel.only(after(1))));
        assertEquals(List.of(), after(50));
    }

    @Test
    void bytesAreCountedBeforeUse() {
        SecurityAssociation sa =
                added(Ask.addEsp(1, ME, YOU).soft(0, 1000, 0, 0).hard(0, 2000, 0, 0));
        assertTrue(kernel.uses(sa, 999));
        assertEquals(List.of(), after(0));
        assertTrue(kernel.uses(sa, 1));
        SadbMessage soft = Kernel.only(after(0));
        Lifetime current = soft.lifetime(ExtensionType.LIFETIME_CURRENT);
        assertNotNull(current);
        assertEquals(1000, current.bytes());
        assertEquals(
                SaFlag.X_USED.bit(), sa.flags().meanings() & SaFlag.X_USED.bit(), "flag X_USED");
        assertTrue(kernel.uses(sa, 999));
        assertEquals(List.of(), after(0));
        assertFalse(kernel.uses(sa, 1));
        SadbMessage hard = Kernel.only(after(0));
        assertEquals(SaState.DEAD, state(hard));
        assertEquals(1999, sa.use().bytes());
        assertFalse(kernel.uses(sa, 1));
        after(1);
        assertNull(kernel.sa(ESP, YOU, 1));
    }

    @Test
    void allocationsNeverExpire() {
        SecurityAssociation sa = added(Ask.addEsp(1, ME, YOU).soft(1, 0, 0, 0).hard(2, 0, 0, 0));
        for (int packet = 0; packet < 5; packet++) {
            assertTrue(kernel.uses(sa, 1));
        }
        assertEquals(List.of(), after(1000));
    }

    @Test
    void anIdleSaSaysSoAgainAndAgain() {
        SecurityAssociation sa = added(Ask.addEsp(1, ME, YOU).idle(20, 10));
        assertEquals(List.of(), after(9));
        SadbMessage idle = Kernel.only(after(1));
        assertEquals(SaState.MATURE, state(idle));
        assertEquals(
                new Lifetime(ExtensionType.X_LIFETIME_IDLE, 0, 0, 20, 10),
                idle.lifetime(ExtensionType.X_LIFETIME_IDLE));
        assertEquals(List.of(), after(7));
        assertEquals(1, after(1).size());
        assertEquals(2, after(16).size());
        kernel.uses(sa, 1);
        assertEquals(List.of(), after(9));
        assertEquals(1, after(1).size());
        kernel.succeeds(Ask.update(ESP, 1, YOU).idle(30, 30));
        assertEquals(List.of(), after(29));
        assertEquals(1, after(1).size());
    }

    @Test
    void aSoftLimitDoesNotRepeatAnIdleMessageEarly() {
        added(Ask.addEsp(1, ME, YOU).idle(10, 0).soft(0, 0, 13, 0));
        assertEquals(1, after(10).size());
        SadbMessage soft = Kernel.only(after(3));
        assertEquals(SaState.DYING, state(soft));
        assertEquals(List.of(), after(100));
    }

    @Test
    void theRepetitionIsASwitch() {
        Kernel quick = new Kernel("solaris.idle-repeat=2");
        quick.succeeds(Ask.addEsp(1, ME, YOU).idle(10, 0));
        quick.harness.advance(16);
        assertEquals(4, quick.harness.heard(quick.client).size());
    }

    @Test
    void anSaOfAnotherNodeGoesSilently() {
        SecurityAssociation sa =
                added(
                        Ask.addEsp(1, ME, YOU)
                                .state(SaState.X_ACTIVE_ELSEWHERE)
                                .idle(5, 0)
                                .soft(0, 0, 8, 0)
                                .hard(0, 0, 10, 0));
        assertEquals(List.of(), after(5));
        assertEquals(SaState.X_IDLE, sa.state());
        assertEquals(List.of(), after(5));
        assertNull(kernel.sa(ESP, YOU, 1));
    }

    @Test
    void aCloneExpiresOnce() {
        kernel.succeeds(Ask.addEsp(1, Ipv4Address.ANY, YOU).soft(0, 0, 5, 0));
        assertEquals(1, after(5).size());
    }

    @Test
    void limitsBeyondAllTimeNeverCome() {
        added(Ask.addEsp(1, ME, YOU).hard(0, -1, -1, -1).soft(0, -2, Long.MAX_VALUE, 0));
        assertEquals(List.of(), after(1_000_000));
        assertTrue(kernel.uses(kernel.theSa(ESP, YOU, 1), Long.MAX_VALUE));
    }

    @Test
    void innerAddressesAreShownForTunnels() {
        kernel.succeeds(
                Ask.addEspSa(1, SaFlag.X_TUNNEL)
                        .src(ME)
                        .dst(YOU)
                        .inner(Ipv4Address.of(10, 1, 0, 0), 16, Ipv4Address.of(10, 2, 0, 0), 16)
                        .soft(0, 0, 5, 0));
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.LIFETIME_CURRENT,
                        ExtensionType.LIFETIME_SOFT,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST,
                        ExtensionType.ADDRESS_PROXY,
                        ExtensionType.X_ADDRESS_INNER_DST),
                Kernel.types(Kernel.only(after(5))));
    }

    @Test
    void noLimitMeansNoDeadline() {
        added();
        assertEquals(Long.MAX_VALUE, kernel.harness.engine().nextDeadline());
        assertEquals(List.of(), after(10_000));
    }
}
