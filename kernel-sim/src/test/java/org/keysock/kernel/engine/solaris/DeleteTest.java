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
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** DELETE and GET: solaris.md 3.8 and 3.9. */
class DeleteTest {

    private static final SaType ESP = SaType.ESP;

    private final Kernel kernel = new Kernel();

    private static Ask delete(int spi, Ipv4Address destination) {
        return Ask.naming(MessageType.DELETE, ESP, spi, destination);
    }

    @Test
    void theReplyDescribesTheDeadSaWithoutKeysToAll() { // E5a
        Ipv4Address group = Ipv4Address.of(224, 0, 0, 1);
        kernel.succeeds(Ask.addEsp(0x2112, ME, group).hard(0, 0, 100, 0));
        SadbMessage answer = Kernel.only(kernel.asks(delete(0x2112, group).seq(9)));
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.LIFETIME_CURRENT,
                        ExtensionType.LIFETIME_HARD,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST),
                Kernel.types(answer));
        Extension.Sa sa = answer.sa();
        assertNotNull(sa);
        assertEquals(SaState.DEAD, sa.state());
        assertEquals(9, answer.header().sequence());
        assertEquals(List.of(answer), kernel.bystanderHears());
        assertNull(kernel.sa(ESP, group, 0x2112));
    }

    @Test
    void whatIsNotThere() { // E5b, E5f
        kernel.refuses(delete(1, YOU), Errno.ESRCH, Diagnostic.SA_NOTFOUND);
        kernel.refuses(
                Ask.naming(MessageType.X_DELPAIR, ESP, 1, YOU),
                Errno.ESRCH,
                Diagnostic.SA_NOTFOUND);
        kernel.succeeds(Ask.addAh(1, ME, YOU));
        kernel.refuses(delete(1, YOU), Errno.ESRCH, Diagnostic.SA_NOTFOUND);
        kernel.succeeds(Ask.addEsp(1, ME, YOU));
        kernel.refuses(delete(1, YOU).src(PEER), Errno.ESRCH, Diagnostic.SA_NOTFOUND);
        kernel.succeeds(delete(1, YOU).src(ME));
    }

    @Test
    void anSaWithoutSourceIsFoundByAnySource() { // T29
        kernel.succeeds(Ask.addEsp(1, Ipv4Address.ANY, YOU));
        kernel.succeeds(delete(1, YOU).src(PEER));
    }

    @Test
    void larvalSasCanBeDeleted() {
        int spi = kernel.getSpi(256, 300, ME);
        kernel.succeeds(delete(spi, ME));
        assertNull(kernel.sa(ESP, ME, spi));
    }

    @Test
    void withSaTheDestinationIsNeeded() {
        kernel.refuses(delete(1, YOU).less(ExtensionType.ADDRESS_DST), Diagnostic.MISSING_DST);
        kernel.refuses(Ask.of(MessageType.DELETE, ESP), Diagnostic.MISSING_SA);
    }

    @Test
    void withoutSaAllThatMatchGo() {
        Identity joe =
                new Identity(ExtensionType.IDENTITY_SRC, IdentityType.USER_FQDN, 0, "joe@example");
        kernel.succeeds(Ask.addEsp(1, ME, YOU));
        kernel.succeeds(Ask.addEsp(2, ME, YOU).with(joe).cookie(1, 77));
        kernel.succeeds(Ask.addEsp(3, ME, PEER));
        kernel.succeeds(Ask.addAh(4, ME, YOU));
        int larval = kernel.getSpi(256, 300, YOU);
        Ask purge = Ask.of(MessageType.DELETE, ESP).dst(YOU).with(joe).cookie(0, 77);
        SadbMessage answer = Kernel.only(kernel.asks(purge));
        assertEquals(purge.message(), answer);
        assertEquals(List.of(answer), kernel.bystanderHears());
        assertNull(kernel.sa(ESP, YOU, 2));
        assertNotNull(kernel.sa(ESP, YOU, 1));
        kernel.succeeds(Ask.of(MessageType.DELETE, ESP).dst(YOU).cookie(2, 0));
        assertNotNull(kernel.sa(ESP, YOU, 1));
        kernel.succeeds(Ask.of(MessageType.DELETE, ESP).src(ME));
        assertNull(kernel.sa(ESP, YOU, 1));
        assertNull(kernel.sa(ESP, PEER, 3));
        assertNotNull(kernel.sa(SaType.AH, YOU, 4));
        assertNotNull(kernel.sa(ESP, YOU, larval));
        kernel.succeeds(Ask.of(MessageType.DELETE, ESP).src(ME));
    }

    @Test
    void getDescribesTheSaWithItsKeysToTheAsker() { // E6a
        Identity host =
                new Identity(ExtensionType.IDENTITY_SRC, IdentityType.FQDN, 0, "host.example");
        Identity joe =
                new Identity(ExtensionType.IDENTITY_DST, IdentityType.USER_FQDN, 0, "joe@example");
        kernel.succeeds(
                Ask.addEsp(1, ME, YOU)
                        .with(joe)
                        .with(host)
                        .idle(5, 0)
                        .soft(0, 0, 20, 0)
                        .hard(0, 0, 100, 0)
                        .replayValue(3)
                        .cookie(1, 2));
        SadbMessage answer =
                Kernel.only(kernel.asks(Ask.naming(MessageType.GET, ESP, 1, YOU).seq(3)));
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.LIFETIME_CURRENT,
                        ExtensionType.LIFETIME_HARD,
                        ExtensionType.LIFETIME_SOFT,
                        ExtensionType.X_LIFETIME_IDLE,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST,
                        ExtensionType.X_KM_COOKIE,
                        ExtensionType.KEY_AUTH,
                        ExtensionType.KEY_ENCRYPT,
                        ExtensionType.IDENTITY_SRC,
                        ExtensionType.IDENTITY_DST,
                        ExtensionType.X_REPLAY_VALUE),
                Kernel.types(answer));
        assertEquals(3, answer.header().sequence());
        assertEquals(Ask.PID, answer.header().pid());
        assertEquals(List.of(), kernel.bystanderHears());
    }

    @Test
    void getFindsLarvalAndDeadSas() {
        int spi = kernel.getSpi(256, 300, ME);
        Extension.Sa larval = kernel.get(ESP, spi, ME).sa();
        assertNotNull(larval);
        assertEquals(SaState.LARVAL, larval.state());
        kernel.succeeds(Ask.addEsp(1, ME, YOU).hard(0, 0, 5, 0));
        kernel.harness.advance(5);
        kernel.harness.heard(kernel.client);
        Extension.Sa dead = kernel.get(ESP, 1, YOU).sa();
        assertNotNull(dead);
        assertEquals(SaState.DEAD, dead.state());
    }

    @Test
    void getSaysWhatIsMissing() {
        Ask get = Ask.of(MessageType.GET, ESP);
        kernel.refuses(get, Diagnostic.MISSING_DST);
        kernel.refuses(get.dst(YOU), Diagnostic.MISSING_SA);
        kernel.refuses(
                Ask.naming(MessageType.GET, ESP, 1, YOU), Errno.ESRCH, Diagnostic.SA_NOTFOUND);
        assertEquals(List.of(), kernel.bystanderHears());
    }
}
