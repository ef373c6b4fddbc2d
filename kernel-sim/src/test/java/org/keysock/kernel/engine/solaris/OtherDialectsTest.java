package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.YOU;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.ScriptedRules;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** What Solaris sockets hear of other dialects' doings, and the other way round. */
class OtherDialectsTest {

    private final ScriptedRules linux = new ScriptedRules();
    private final Harness harness =
            new Harness(
                    Map.of(DialectName.SOLARIS, new SolarisRules(), DialectName.LINUX, linux),
                    Kernel.LOCAL);
    private final KeySocket solaris = harness.open(DialectName.SOLARIS);
    private final KeySocket other = harness.open(DialectName.LINUX);

    private static SecurityAssociation sa(SaType saType, AuthAlgorithm auth) {
        return new SecurityAssociation(
                DialectName.LINUX,
                saType,
                new Spi(5),
                ME,
                YOU,
                Direction.OUTBOUND,
                SaState.MATURE,
                SaFlags.NONE,
                0,
                new SaSecrets(
                        auth,
                        96,
                        KeyMaterial.of(new byte[12]),
                        EncryptionAlgorithm.AES_CBC,
                        128,
                        0,
                        KeyMaterial.of(new byte[16]),
                        96),
                SaDetails.NONE,
                1,
                2);
    }

    private List<SadbMessage> does(Ask ask, Outcome.Event event, SecurityAssociation sa) {
        linux.next(
                request -> {
                    harness.engine().insert(sa);
                    return Outcome.of(event, request, sa);
                });
        harness.ask(other, ask.message());
        return harness.heard(solaris);
    }

    @Test
    void anAddOfAnotherIsDescribedWithoutKeys() {
        SecurityAssociation sa = sa(SaType.ESP, AuthAlgorithm.HMAC_SHA1);
        SadbMessage heard =
                Kernel.only(does(Ask.addEsp(5, ME, YOU).seq(44), Outcome.Event.ADDED, sa));
        assertEquals(MessageType.ADD, heard.type());
        assertEquals(44, heard.header().sequence());
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.LIFETIME_CURRENT,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST),
                Kernel.types(heard));
        Extension.Sa shown = heard.sa();
        assertNotNull(shown);
        assertEquals(SaFlags.of(SaFlag.X_OUTBOUND), shown.flags());
    }

    @Test
    void anAlgorithmWithoutNumberIsShownAsNoneWithoutItsKey() {
        SecurityAssociation sa = sa(SaType.ESP, AuthAlgorithm.HMAC_RIPEMD160);
        does(Ask.addEsp(5, ME, YOU), Outcome.Event.ADDED, sa);
        SadbMessage shown =
                Kernel.only(
                        harness.ask(
                                solaris,
                                Ask.naming(MessageType.GET, SaType.ESP, 5, YOU).message()));
        Extension.Sa said = shown.sa();
        assertNotNull(said);
        assertEquals(AuthAlgorithm.NONE, said.auth());
        assertNull(shown.key(ExtensionType.KEY_AUTH));
        assertNotNull(shown.key(ExtensionType.KEY_ENCRYPT));
    }

    @Test
    void whatSolarisHasNoTypeForIsNotHeardNorDumped() {
        SecurityAssociation sa = sa(SaType.X_IPCOMP, AuthAlgorithm.NONE);
        assertEquals(List.of(), does(Ask.addEsp(5, ME, YOU), Outcome.Event.ADDED, sa));
        List<SadbMessage> dumped =
                harness.ask(solaris, Ask.of(MessageType.DUMP, SaType.UNSPEC).message());
        assertEquals(1, dumped.size());
    }

    @Test
    void refusalsOfAnotherAreHeardWhereSolarisTellsThemToAll() {
        linux.next(
                request -> {
                    throw new Refusal(Errno.EEXIST, "taken");
                });
        harness.ask(other, Ask.addEsp(5, ME, YOU).message());
        assertEquals(Errno.EEXIST, Kernel.only(harness.heard(solaris)).header().errno());
        linux.next(
                request -> {
                    throw new Refusal(Errno.ESRCH, "none");
                });
        harness.ask(other, Ask.naming(MessageType.GET, SaType.ESP, 5, YOU).message());
        assertEquals(List.of(), harness.heard(solaris));
    }

    @Test
    void othersAreToldOfEveryChange() {
        harness.ask(solaris, Ask.addEsp(1, ME, YOU).message());
        harness.ask(solaris, Ask.addEsp(2, YOU, ME).pair(1).message());
        harness.ask(solaris, Ask.naming(MessageType.X_DELPAIR, SaType.ESP, 1, YOU).message());
        harness.ask(solaris, Ask.addEsp(3, ME, YOU).message());
        harness.ask(solaris, Ask.of(MessageType.DELETE, SaType.ESP).dst(YOU).message());
        assertEquals(
                List.of(
                        Outcome.Event.ADDED,
                        Outcome.Event.ADDED,
                        Outcome.Event.DELETED,
                        Outcome.Event.DELETED,
                        Outcome.Event.ADDED,
                        Outcome.Event.DELETED,
                        Outcome.Event.PURGED),
                linux.heard().stream().map(Outcome::event).toList());
        assertNull(linux.heard().get(3).request());
    }
}
