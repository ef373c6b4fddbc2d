package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.ExtendedRegister;

/** REGISTER: solaris.md 3.13. */
class RegisterTest {

    private final Kernel kernel = new Kernel();

    private static Ask register(SaType saType) {
        return Ask.of(MessageType.REGISTER, saType);
    }

    private static Ask extended(SaType... saTypes) {
        return register(SaType.UNSPEC).with(new ExtendedRegister(List.of(saTypes)));
    }

    @Test
    void theAnswerListsTheAlgorithmsByNumber() {
        SadbMessage answer = Kernel.only(kernel.asks(register(SaType.ESP)));
        assertEquals(160, bytes(answer), "sample 4 of section 5.7");
        Supported ciphers = answer.find(ExtensionType.SUPPORTED_ENCRYPT, Supported.class);
        assertNotNull(ciphers);
        assertEquals(11, ciphers.algorithms().size());
        assertEquals(
                new Supported.Algorithm(EncryptionAlgorithm.AES_GCM_16, 8, 128, 256, 64, 32),
                ciphers.algorithms().get(10));
        assertEquals(
                List.of(ExtensionType.SUPPORTED_AUTH),
                Kernel.types(Kernel.only(kernel.asks(register(SaType.AH)))));
    }

    private static int bytes(SadbMessage answer) {
        int bytes = BaseHeader.BYTES;
        for (var part : answer.extensions()) {
            bytes += 8 + 8 * ((Supported) part).algorithms().size();
        }
        return bytes;
    }

    @Test
    void othersThatRegisteredForTheTypeHearIt() {
        harnessAsk(kernel.bystander, register(SaType.ESP));
        KeySocket ofAh = kernel.open();
        harnessAsk(ofAh, register(SaType.AH));
        SadbMessage answer = Kernel.only(kernel.asks(register(SaType.ESP).seq(3)));
        assertEquals(3, answer.header().sequence());
        assertEquals(List.of(answer), kernel.bystanderHears());
        assertEquals(List.of(), kernel.harness.heard(ofAh));
        Kernel.only(kernel.asks(register(SaType.ESP)));
    }

    private void harnessAsk(KeySocket socket, Ask ask) {
        kernel.harness.ask(socket, ask.message());
    }

    @Test
    void anExtendedRegisterIsAnsweredForEachType() {
        harnessAsk(kernel.bystander, extended(SaType.AH));
        List<SadbMessage> answers = kernel.asks(extended(SaType.ESP, SaType.AH, SaType.MIP));
        assertEquals(
                List.of(SaType.ESP, SaType.AH),
                answers.stream().map(answer -> answer.header().saType()).toList());
        assertEquals(answers, kernel.bystanderHears());
    }

    @Test
    void aSocketIsRegisteredOneWayOrTheOther() {
        kernel.asks(register(SaType.ESP));
        kernel.refuses(extended(SaType.ESP), Errno.EBUSY, Diagnostic.NONE);
        harnessAsk(kernel.bystander, extended(SaType.ESP));
        SadbMessage refused =
                Kernel.only(kernel.harness.ask(kernel.bystander, register(SaType.ESP).message()));
        assertEquals(Errno.EBUSY, refused.header().errno());
        assertEquals(List.of(), kernel.harness.heard(kernel.client));
    }

    @Test
    void whatCannotBeRegisteredFor() {
        kernel.refuses(register(SaType.UNSPEC), Diagnostic.SATYPE_NEEDED);
        kernel.refuses(register(SaType.OSPFV2), Diagnostic.UNKNOWN_SATYPE);
        kernel.refuses(register(SaType.X_TCPSIG), Diagnostic.UNKNOWN_SATYPE);
    }

    @Test
    void changedAlgorithmsAreToldToAllWhoRegistered() {
        KeySocket extended = kernel.open();
        harnessAsk(extended, extended());
        kernel.asks(register(SaType.ESP));
        kernel.harness.engine().algorithmsChanged(SaType.ESP);
        SadbMessage news = Kernel.only(kernel.harness.heard(kernel.client));
        assertEquals(BaseHeader.of(MessageType.REGISTER, SaType.ESP, 0, 0), news.header());
        assertEquals(List.of(news), kernel.harness.heard(extended));
        assertEquals(List.of(), kernel.bystanderHears());
    }

    @Test
    void registrationsVanishWithTheSocket() {
        harnessAsk(kernel.bystander, register(SaType.ESP));
        kernel.harness.engine().close(kernel.bystander);
        kernel.harness.heard(kernel.bystander);
        kernel.asks(register(SaType.ESP));
        assertEquals(List.of(), kernel.bystanderHears());
    }
}
