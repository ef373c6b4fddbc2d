package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.YOU;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** X_PROMISC, EXPIRE of a user, and who hears what: solaris.md 3.3, 3.19 and 3.20. */
class PromiscTest {

    private static final Ask ON = Ask.of(MessageType.X_PROMISC, SaType.unknown(1));
    private static final Ask OFF = Ask.of(MessageType.X_PROMISC, SaType.UNSPEC);

    private final Kernel kernel = new Kernel();
    private KeySocket spy = kernel.bystander;

    @BeforeEach
    void aSpy() {
        spy = kernel.open();
        kernel.harness.ask(spy, ON.message());
    }

    @Test
    void theSwitchIsEchoedToTheAskerAndAllThatAreOn() { // E9
        assertEquals(List.of(ON.message()), kernel.asks(ON));
        assertEquals(List.of(ON.message()), kernel.harness.heard(spy));
        assertEquals(List.of(), kernel.bystanderHears());
        assertEquals(List.of(OFF.message()), kernel.asks(OFF));
        assertEquals(List.of(OFF.message()), kernel.harness.heard(spy));
        kernel.asks(Ask.naming(MessageType.GET, SaType.ESP, 1, YOU));
        assertEquals(1, kernel.harness.heard(spy).size());
        assertEquals(List.of(), kernel.harness.heard(kernel.client));
    }

    @Test
    void aGetOfAnotherIsSeenWithItsKeysAndUnwrapped() { // T39
        kernel.succeeds(Ask.addEsp(1, ME, YOU));
        assertEquals(1, kernel.harness.heard(spy).size(), "the ADD, once");
        SadbMessage answer = kernel.get(SaType.ESP, 1, YOU);
        assertEquals(List.of(answer), kernel.harness.heard(spy));
        assertEquals(List.of(), kernel.bystanderHears());
    }

    @Test
    void errorsOfGetAreSeenToo() {
        kernel.refuses(
                Ask.naming(MessageType.GET, SaType.ESP, 1, YOU),
                Errno.ESRCH,
                Diagnostic.SA_NOTFOUND);
        assertEquals(1, kernel.harness.heard(spy).size());
    }

    @Test
    void aUsersExpireIsRefusedToAll() {
        SadbMessage refused = Kernel.only(kernel.asks(Ask.of(MessageType.EXPIRE, SaType.ESP)));
        assertEquals(Errno.EOPNOTSUPP, refused.header().errno());
        assertEquals(0, refused.header().reserved());
        assertEquals(List.of(refused), kernel.bystanderHears());
    }

    @Test
    void pairsByStateAreForClustersOnly() {
        SadbMessage refused =
                Kernel.only(kernel.asks(Ask.of(MessageType.X_DELPAIR_STATE, SaType.ESP)));
        assertEquals(Errno.EOPNOTSUPP, refused.header().errno());
        assertEquals(List.of(), kernel.bystanderHears());
    }

    @Test
    void anUnknownTypeIsAnsweredToTheAsker() {
        kernel.refuses(Ask.of(MessageType.unknown(99), SaType.ESP), Diagnostic.UNKNOWN_MSG);
        assertEquals(List.of(), kernel.bystanderHears());
        assertEquals(1, kernel.harness.heard(spy).size());
    }

    @Test
    void noEchoCarriesAKey() {
        assertNoKey(Ask.addEsp(1, ME, YOU).key(ExtensionType.X_STR_AUTH, Ask.MD5_KEY, 128, 0));
        assertNoKey(
                Ask.of(MessageType.GETSPI, SaType.ESP)
                        .src(YOU)
                        .dst(ME)
                        .with(new Extension.SpiRange(new Spi(5), new Spi(5)))
                        .authKey(Ask.MD5_KEY));
        assertNoKey(Ask.of(MessageType.DELETE, SaType.ESP).dst(YOU).encryptKey(Ask.DES_KEY));
        assertNoKey(Ask.of(MessageType.X_PROMISC, SaType.unknown(1)).encryptKey(Ask.DES_KEY));
    }

    private void assertNoKey(Ask ask) {
        SadbMessage echo = Kernel.only(kernel.asks(ask));
        assertEquals(Errno.OK, echo.header().errno());
        assertEquals(withoutKeys(ask.message()).size(), echo.size());
        assertEquals(echo.extensions(), withoutKeys(echo));
        assertEquals(List.of(echo), kernel.harness.heard(spy));
    }

    private static List<Extension> withoutKeys(SadbMessage message) {
        return message.extensions().stream()
                .filter(part -> !(part instanceof Extension.Key))
                .toList();
    }
}
