package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.PEER;
import static org.keysock.kernel.engine.solaris.Ask.YOU;
import static org.keysock.kernel.engine.solaris.Ask.update;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.KmCookie;
import org.keysock.pfkey.model.SolarisExtension.ReplayValue;
import org.keysock.pfkey.model.Spi;

/** UPDATE: solaris.md 3.7. */
class UpdateTest {

    private static final SaType ESP = SaType.ESP;

    private final Kernel kernel = new Kernel();

    private SecurityAssociation added(Ask ask) {
        kernel.succeeds(ask);
        return kernel.theSa(ESP, YOU, 1);
    }

    private @Nullable Lifetime shown(ExtensionType type) {
        return kernel.get(ESP, 1, YOU).lifetime(type);
    }

    @Test
    void limitsChangeWhereTheMessageSaysSomething() {
        added(Ask.addEsp(1, ME, YOU).hard(0, 1000, 100, 0).soft(0, 500, 50, 0));
        Ask ask = update(ESP, 1, YOU).hard(0, 0, 200, 300);
        SadbMessage answer = Kernel.only(kernel.asks(ask));
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.ADDRESS_DST,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.LIFETIME_HARD),
                Kernel.types(answer));
        assertEquals(List.of(answer), kernel.bystanderHears());
        assertEquals(
                new Lifetime(ExtensionType.LIFETIME_HARD, 0, 1000, 200, 300),
                shown(ExtensionType.LIFETIME_HARD));
        assertEquals(
                new Lifetime(ExtensionType.LIFETIME_SOFT, 0, 500, 50, 0),
                shown(ExtensionType.LIFETIME_SOFT));
    }

    @Test
    void softIsClampedToAHardLimitThatIsSet() {
        added(Ask.addEsp(1, ME, YOU));
        kernel.succeeds(update(ESP, 1, YOU).soft(0, 5000, 0, 50));
        assertEquals(
                new Lifetime(ExtensionType.LIFETIME_SOFT, 0, 5000, 0, 50),
                shown(ExtensionType.LIFETIME_SOFT));
        kernel.succeeds(update(ESP, 1, YOU).hard(0, 4000, 0, 40));
        kernel.succeeds(update(ESP, 1, YOU).soft(0, 5000, 0, 50));
        assertEquals(
                new Lifetime(ExtensionType.LIFETIME_SOFT, 0, 4000, 0, 40),
                shown(ExtensionType.LIFETIME_SOFT));
    }

    @Test
    void theAddTimeStays() {
        added(Ask.addEsp(1, ME, YOU));
        Lifetime before = shown(ExtensionType.LIFETIME_CURRENT);
        kernel.harness.advance(10);
        kernel.succeeds(update(ESP, 1, YOU).hard(0, 0, 100, 0));
        assertEquals(before, shown(ExtensionType.LIFETIME_CURRENT));
        kernel.harness.advance(89);
        assertNotNull(kernel.sa(ESP, YOU, 1));
        kernel.harness.advance(2);
        assertNull(kernel.sa(ESP, YOU, 1));
    }

    @Test
    void aDyingSaStaysDying() {
        SecurityAssociation sa = added(Ask.addEsp(1, ME, YOU).soft(0, 0, 5, 0));
        kernel.harness.advance(6);
        assertEquals(SaState.DYING, sa.state());
        kernel.harness.heard(kernel.client);
        kernel.succeeds(update(ESP, 1, YOU).soft(0, 0, 500, 0));
        assertEquals(SaState.DYING, sa.state());
    }

    @Test
    void aDeadSaIsNotFound() {
        kernel.becomes(added(Ask.addEsp(1, ME, YOU)), SaState.DEAD);
        kernel.refuses(update(ESP, 1, YOU), Errno.ESRCH, Diagnostic.NONE);
    }

    @Test
    void theSourceMustMatchUnlessOneIsUnspecified() {
        added(Ask.addEsp(1, ME, YOU));
        kernel.succeeds(update(ESP, 1, YOU).less(ExtensionType.ADDRESS_SRC).src(ME));
        kernel.refuses(
                update(ESP, 1, YOU).less(ExtensionType.ADDRESS_SRC).src(PEER),
                Errno.ESRCH,
                Diagnostic.SA_NOTFOUND);
    }

    @Test
    void whatIsMissingIsNamedInTheOrderOfTheOriginal() {
        Ask nothing = Ask.of(MessageType.UPDATE, ESP);
        kernel.refuses(nothing, Diagnostic.MISSING_DST);
        kernel.refuses(nothing.dst(YOU), Diagnostic.MISSING_SRC);
        kernel.refuses(nothing.src(ME), Diagnostic.MISSING_SA);
        kernel.refuses(update(ESP, 1, YOU), Errno.ESRCH, Diagnostic.SA_NOTFOUND);
    }

    @Test
    void aGrownSaTakesNeitherKeysNorOtherStates() {
        added(Ask.addEsp(1, ME, YOU));
        kernel.refuses(update(ESP, 1, YOU).authKey(Ask.MD5_KEY), Diagnostic.AKEY_PRESENT);
        kernel.refuses(update(ESP, 1, YOU).encryptKey(Ask.DES_KEY), Diagnostic.EKEY_PRESENT);
        for (SaState state : List.of(SaState.LARVAL, SaState.DYING, SaState.DEAD, SaState.X_IDLE)) {
            kernel.refuses(update(ESP, 1, YOU).state(state), Diagnostic.BAD_SASTATE);
        }
        kernel.refuses(update(ESP, 1, YOU).state(SaState.X_ACTIVE), Diagnostic.BAD_SASTATE);
        kernel.refuses(update(ESP, 1, YOU).flags(SaFlag.X_TUNNEL), Diagnostic.BAD_SAFLAGS);
        kernel.refuses(
                update(ESP, 1, YOU).with(new Lifetime(ExtensionType.LIFETIME_CURRENT, 0, 0, 0, 0)),
                Errno.EOPNOTSUPP,
                Diagnostic.MISSING_LIFETIME);
        kernel.refuses(
                update(ESP, 1, YOU).hard(0, 1, 0, 0).soft(0, 2, 0, 0), Diagnostic.BYTES_HSERR);
    }

    @Test
    void aReplayValueIsForDyingSas() {
        SecurityAssociation sa =
                added(Ask.addEspSa(1, SaFlag.X_INBOUND).src(ME).dst(YOU).replay(32));
        kernel.refuses(update(ESP, 1, YOU).replayValue(9), Diagnostic.BAD_SASTATE);
        kernel.becomes(sa, SaState.DYING);
        kernel.succeeds(update(ESP, 1, YOU).replayValue(100));
        assertEquals(
                new ReplayValue(100, 0),
                kernel.get(ESP, 1, YOU).find(ExtensionType.X_REPLAY_VALUE));
        kernel.refuses(update(ESP, 1, YOU).replayValue(68), Diagnostic.INVALID_REPLAY);
        kernel.refuses(update(ESP, 1, YOU).replayValue(0), Diagnostic.INVALID_REPLAY);
        kernel.succeeds(update(ESP, 1, YOU).replayValue(69));
    }

    @Test
    void aReplayValueMeansNothingWithoutAWindow() {
        kernel.becomes(added(Ask.addEsp(1, ME, YOU)), SaState.DYING);
        kernel.succeeds(update(ESP, 1, YOU).replayValue(9));
        assertNull(kernel.get(ESP, 1, YOU).find(ExtensionType.X_REPLAY_VALUE));
    }

    @Test
    void ikeCookiesHave32BitsAndDoNotChange() { // K2 to K4
        added(Ask.addEsp(1, ME, YOU));
        kernel.succeeds(update(ESP, 1, YOU).cookie(1, 0xdeadbeef_12345678L));
        assertEquals(
                new KmCookie(1, 0x12345678L),
                kernel.get(ESP, 1, YOU).find(ExtensionType.X_KM_COOKIE));
        kernel.succeeds(update(ESP, 1, YOU).cookie(1, 0xcafe0000_12345678L));
        kernel.refuses(update(ESP, 1, YOU).cookie(1, 0x87654321L), Diagnostic.DUPLICATE_KMC);
        kernel.refuses(update(ESP, 1, YOU).cookie(3, 0x12345678L), Diagnostic.DUPLICATE_KMP);
        kernel.succeeds(update(ESP, 1, YOU).cookie(0, 0));
    }

    @Test
    void kinkCookiesHave64Bits() { // K5
        added(Ask.addEsp(1, ME, YOU));
        kernel.succeeds(update(ESP, 1, YOU).cookie(2, 0xdeadbeef_12345678L));
        assertEquals(
                new KmCookie(2, 0xdeadbeef_12345678L),
                kernel.get(ESP, 1, YOU).find(ExtensionType.X_KM_COOKIE));
        kernel.refuses(update(ESP, 1, YOU).cookie(2, 5), Diagnostic.DUPLICATE_KMC);
        kernel.refuses(update(ESP, 1, YOU).cookie(3, 5), Diagnostic.DUPLICATE_KMP);
    }

    @Test
    void ikev2CookiesMayChange() { // K6
        added(Ask.addEsp(1, ME, YOU));
        kernel.succeeds(update(ESP, 1, YOU).cookie(3, 7));
        kernel.succeeds(update(ESP, 1, YOU).cookie(3, 8));
        assertEquals(new KmCookie(3, 8), kernel.get(ESP, 1, YOU).find(ExtensionType.X_KM_COOKIE));
        kernel.refuses(update(ESP, 1, YOU).cookie(2, 8), Diagnostic.DUPLICATE_KMP);
    }

    @Test
    void aClusterNodeWakesAnIdleSa() {
        SecurityAssociation sa = added(Ask.addEsp(1, ME, YOU).idle(10, 0));
        kernel.becomes(sa, SaState.X_IDLE);
        kernel.harness.advance(60);
        kernel.succeeds(update(ESP, 1, YOU).state(SaState.X_ACTIVE_ELSEWHERE));
        assertEquals(SaState.X_ACTIVE_ELSEWHERE, sa.state());
        kernel.harness.advance(9);
        assertEquals(SaState.X_ACTIVE_ELSEWHERE, sa.state());
        kernel.harness.advance(1);
        assertEquals(SaState.X_IDLE, sa.state());
        kernel.succeeds(update(ESP, 1, YOU).state(SaState.X_ACTIVE));
        assertEquals(SaState.MATURE, sa.state());
        assertEquals(List.of(), kernel.harness.heard(kernel.client));
    }

    @Test
    void aLarvalSaGrowsByTheWholeOfAdd() { // T15
        int spi = kernel.getSpi(0x1000, 0x1fff, ME);
        kernel.harness.advance(5);
        Ask bare = Ask.update(ESP, spi, ME).less(ExtensionType.ADDRESS_SRC).src(YOU);
        kernel.refuses(bare, Diagnostic.MISSING_EKEY);
        SadbMessage answer = kernel.succeeds(growing(MessageType.UPDATE, spi));
        assertEquals(MessageType.UPDATE, answer.type());
        assertNull(answer.key(ExtensionType.KEY_AUTH));
        SadbMessage shown = kernel.get(ESP, spi, ME);
        Extension.Sa sa = shown.sa();
        assertNotNull(sa);
        assertEquals(SaState.MATURE, sa.state());
        assertEquals(new Spi(spi), sa.spi());
        assertEquals(1_230_000_005L, added(shown));
        kernel.harness.advance(100);
        assertNotNull(kernel.sa(ESP, ME, spi));
        assertEquals(1, kernel.harness.engine().sadb().size());
    }

    private static Ask growing(MessageType type, int spi) {
        Ask grown = Ask.of(type, ESP);
        Ask.addEsp(spi, YOU, ME).message().extensions().forEach(grown::with);
        return grown;
    }

    private static long added(SadbMessage shown) {
        Lifetime current = shown.lifetime(ExtensionType.LIFETIME_CURRENT);
        assertNotNull(current);
        return current.addTime();
    }

    @Test
    void updatePairOfALarvalSaHasNoPartner() {
        int spi = kernel.getSpi(0x1000, 0x1fff, ME);
        kernel.refuses(
                growing(MessageType.X_UPDATEPAIR, spi), Errno.ESRCH, Diagnostic.PAIR_SA_NOTFOUND);
        assertEquals(SaState.LARVAL, kernel.theSa(ESP, ME, spi).state());
    }

    @Test
    void updatePairChangesBoth() { // T12
        kernel.paired(1, 2);
        kernel.succeeds(
                Ask.naming(MessageType.X_UPDATEPAIR, ESP, 1, YOU)
                        .src(Ipv4Address.ANY)
                        .hard(0, 5000, 0, 0)
                        .cookie(3, 9));
        for (SadbMessage shown : List.of(kernel.get(ESP, 1, YOU), kernel.get(ESP, 2, ME))) {
            assertEquals(
                    new Lifetime(ExtensionType.LIFETIME_HARD, 0, 5000, 0, 0),
                    shown.lifetime(ExtensionType.LIFETIME_HARD));
            assertEquals(new KmCookie(3, 9), shown.find(ExtensionType.X_KM_COOKIE));
        }
        kernel.refuses(
                Ask.naming(MessageType.X_UPDATEPAIR, ESP, 2, ME).src(Ipv4Address.ANY).cookie(2, 9),
                Diagnostic.DUPLICATE_KMP);
    }

    @Test
    void updatePairNeedsAPairUnlessLenient() { // T12, T13
        added(Ask.addEsp(1, ME, YOU));
        Ask ask =
                Ask.naming(MessageType.X_UPDATEPAIR, ESP, 1, YOU)
                        .src(Ipv4Address.ANY)
                        .hard(0, 5000, 0, 0);
        kernel.refuses(ask, Errno.ESRCH, Diagnostic.PAIR_SA_NOTFOUND);
        assertNull(shown(ExtensionType.LIFETIME_HARD));
        Kernel lenient = new Kernel("solaris.update-pair-unpaired=update");
        lenient.succeeds(Ask.addEsp(1, ME, YOU));
        lenient.succeeds(ask);
        assertNotNull(lenient.get(ESP, 1, YOU).lifetime(ExtensionType.LIFETIME_HARD));
    }

    @Test
    void theFuzzIsTakenOffOnceMore() {
        Kernel fuzzy = new Kernel("solaris.soft-fuzz=on");
        fuzzy.succeeds(Ask.addEsp(1, ME, YOU));
        fuzzy.succeeds(update(ESP, 1, YOU).soft(0, 0, 1000, 0));
        Lifetime soft = fuzzy.get(ESP, 1, YOU).lifetime(ExtensionType.LIFETIME_SOFT);
        assertNotNull(soft);
        assertEquals(true, soft.addTime() <= 992);
    }

    @Test
    void thePartnersCookieIsLookedAtBeforeTheReplayValue() {
        kernel.paired(1, 2);
        kernel.succeeds(update(ESP, 2, ME).cookie(1, 5));
        Ask ask =
                Ask.naming(MessageType.X_UPDATEPAIR, ESP, 1, YOU)
                        .src(YOU.any())
                        .cookie(3, 6)
                        .replayValue(1);
        kernel.refuses(ask, Diagnostic.DUPLICATE_KMP);
    }

    @Test
    void anUpdateBlursTheSoftTimeOfInboundSasToo() {
        Kernel fuzzy = new Kernel("solaris.soft-fuzz=on");
        fuzzy.succeeds(Ask.addEsp(2, YOU, ME).soft(0, 0, 1000, 0));
        Lifetime added = fuzzy.get(ESP, 2, ME).lifetime(ExtensionType.LIFETIME_SOFT);
        assertNotNull(added);
        assertEquals(1000, added.addTime());
        fuzzy.succeeds(update(ESP, 2, ME).soft(0, 0, 1000, 0));
        Lifetime changed = fuzzy.get(ESP, 2, ME).lifetime(ExtensionType.LIFETIME_SOFT);
        assertNotNull(changed);
        assertTrue(changed.addTime() <= 992 && changed.addTime() >= 977);
    }
}
