package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.PEER;
import static org.keysock.kernel.engine.solaris.Ask.YOU;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.Extension.Proposal;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.SolarisExtension.ExtendedProposal;
import org.keysock.pfkey.model.SolarisExtension.ExtendedRegister;

/** ACQUIRE in both directions, and INVERSE_ACQUIRE: solaris.md 3.14 and 3.19. */
class AcquireTest {

    private static final Flow WEB = new Flow(ME, YOU, 6, 40000, 80);

    private final Kernel kernel = new Kernel();

    private void register(KeySocket socket, SaType saType) {
        kernel.harness.ask(socket, Ask.of(MessageType.REGISTER, saType).message());
        kernel.harness.heard(kernel.client);
    }

    private void registerExtended(KeySocket socket, SaType... saTypes) {
        kernel.harness.ask(
                socket,
                Ask.of(MessageType.REGISTER, SaType.UNSPEC)
                        .with(new ExtendedRegister(List.of(saTypes)))
                        .message());
    }

    private @Nullable Acquire needs(Flow flow, Demand demand) {
        return kernel.harness.engine().needSa(flow, demand, kernel.harness.clock().now());
    }

    private @Nullable Acquire needsEsp() {
        return needs(WEB, Demand.transport(SaType.ESP));
    }

    private static Ask giveUp(int sequence) {
        return Ask.of(MessageType.ACQUIRE, SaType.ESP).seq(sequence);
    }

    /** Sends a request with an errno in its header. */
    private List<SadbMessage> sends(KeySocket socket, Ask ask, Errno errno) {
        SadbMessage message = ask.message();
        return kernel.harness.ask(
                socket, message.withHeader(message.header().refused(errno, Diagnostic.NONE)));
    }

    @Test
    void aRegisteredSocketIsAskedOnceForOneWant() {
        register(kernel.client, SaType.ESP);
        assertNotNull(needsEsp());
        SadbMessage asked = Kernel.only(kernel.harness.heard(kernel.client));
        assertEquals(BaseHeader.of(MessageType.ACQUIRE, SaType.ESP, 0xfffffffe, 0), asked.header());
        assertEquals(
                List.of(
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST,
                        ExtensionType.PROPOSAL),
                Kernel.types(asked));
        assertEquals(
                Address.of(ExtensionType.ADDRESS_DST, YOU),
                asked.address(ExtensionType.ADDRESS_DST));
        assertNotNull(needsEsp());
        assertEquals(List.of(), kernel.harness.heard(kernel.client));
        assertEquals(List.of(), kernel.bystanderHears());
        needs(new Flow(ME, PEER, 6, 1, 2), Demand.transport(SaType.ESP));
        assertEquals(
                0xfffffffd, Kernel.only(kernel.harness.heard(kernel.client)).header().sequence());
    }

    @Test
    void theProposalHasTheDefaultsOfTheKernel() {
        register(kernel.client, SaType.ESP);
        needsEsp();
        SadbMessage asked = Kernel.only(kernel.harness.heard(kernel.client));
        Proposal proposal = asked.find(ExtensionType.PROPOSAL, Proposal.class);
        assertNotNull(proposal);
        assertEquals(64, proposal.replayWindow());
        Proposal.Combination first = proposal.combinations().get(0);
        assertEquals(EncryptionAlgorithm.AES_GCM_16, first.encrypt());
        assertEquals(new Lifetime(ExtensionType.LIFETIME_SOFT, 0, 0, 24000, 0), first.soft());
        assertEquals(new Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, 28800, 0), first.hard());
        assertEquals(6 + 4 * 5, proposal.combinations().size());
    }

    @Test
    void theExtendedOneComesFirstWithTheSameSequence() { // K8, K10
        KeySocket extended = kernel.open();
        registerExtended(extended, SaType.ESP, SaType.AH);
        KeySocket spy = kernel.open();
        kernel.harness.ask(spy, Ask.of(MessageType.X_PROMISC, SaType.unknown(1)).message());
        needsEsp();
        List<SadbMessage> seen = kernel.harness.heard(spy);
        assertEquals(2, seen.size());
        assertEquals(SaType.UNSPEC, seen.get(0).header().saType());
        assertEquals(SaType.ESP, seen.get(1).header().saType());
        assertEquals(seen.get(0).header().sequence(), seen.get(1).header().sequence());
        assertEquals(
                seen.get(0).extensions().subList(0, 2), seen.get(1).extensions().subList(0, 2));
        ExtendedProposal proposal = seen.get(0).find(ExtensionType.X_EPROP, ExtendedProposal.class);
        assertNotNull(proposal);
        assertEquals(26, proposal.combinations().size());
        assertEquals(List.of(seen.get(0)), kernel.harness.heard(extended));
    }

    @Test
    void aTunnelShowsThePolicysSelectors() {
        register(kernel.client, SaType.ESP);
        Demand demand =
                new Demand(
                        SaType.ESP,
                        null,
                        2,
                        0,
                        true,
                        ME,
                        PEER,
                        net(ExtensionType.ADDRESS_SRC, Ipv4Address.of(10, 1, 0, 0)),
                        net(ExtensionType.ADDRESS_DST, Ipv4Address.of(10, 2, 0, 0)));
        needs(new Flow(Ipv4Address.of(10, 1, 0, 7), Ipv4Address.of(10, 2, 0, 8), 6, 1, 2), demand);
        SadbMessage asked = Kernel.only(kernel.harness.heard(kernel.client));
        assertEquals(
                List.of(
                        ExtensionType.ADDRESS_PROXY,
                        ExtensionType.X_ADDRESS_INNER_DST,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST,
                        ExtensionType.PROPOSAL),
                Kernel.types(asked));
        assertEquals(
                new Address(ExtensionType.ADDRESS_DST, 4, 0, new Sockaddr.Inet4(PEER, 0)),
                asked.address(ExtensionType.ADDRESS_DST));
        assertEquals(
                net(ExtensionType.ADDRESS_PROXY, Ipv4Address.of(10, 1, 0, 0)),
                asked.address(ExtensionType.ADDRESS_PROXY));
    }

    private static Address net(ExtensionType type, IpAddress address) {
        return new Address(type, 0, 16, Sockaddr.of(address, 0));
    }

    @Test
    void aUniquePolicyShowsThePorts() { // K9
        register(kernel.client, SaType.ESP);
        needs(WEB, Demand.transport(SaType.ESP, true));
        SadbMessage asked = Kernel.only(kernel.harness.heard(kernel.client));
        assertEquals(
                new Address(ExtensionType.ADDRESS_SRC, 6, 0, new Sockaddr.Inet4(ME, 40000)),
                asked.address(ExtensionType.ADDRESS_SRC));
    }

    @Test
    void withoutAListenerNothingWaits() {
        assertNull(needsEsp());
        register(kernel.client, SaType.AH);
        assertNull(needsEsp());
        assertEquals(0, kernel.harness.engine().acquires().all().size());
    }

    @Test
    void packetsStopWaitingAfterATime() {
        register(kernel.client, SaType.ESP);
        needsEsp();
        kernel.harness.advance(14);
        assertEquals(1, kernel.harness.engine().acquires().all().size());
        kernel.harness.advance(1);
        assertEquals(0, kernel.harness.engine().acquires().all().size());
        kernel.harness.heard(kernel.client);
        needsEsp();
        assertEquals(1, kernel.harness.heard(kernel.client).size());
    }

    @Test
    void anAddWithTheSequenceSatisfiesIt() {
        register(kernel.client, SaType.ESP);
        needsEsp();
        kernel.harness.heard(kernel.client);
        kernel.succeeds(Ask.addEsp(1, ME, PEER).seq(0xfffffffe));
        assertEquals(1, kernel.harness.engine().acquires().all().size());
        kernel.succeeds(Ask.addEsp(1, ME, YOU).seq(1));
        assertEquals(1, kernel.harness.engine().acquires().all().size());
        kernel.succeeds(Ask.addEsp(2, ME, YOU).seq(0xfffffffe));
        assertEquals(0, kernel.harness.engine().acquires().all().size());
    }

    @Test
    void aKeyManagerGivesUpWithoutAnAnswer() {
        register(kernel.client, SaType.ESP);
        needsEsp();
        kernel.harness.heard(kernel.client);
        Ask wordy = giveUp(0xfffffffe).dst(YOU);
        assertEquals(List.of(), sends(kernel.client, wordy, Errno.ENOMEM));
        assertEquals(1, kernel.harness.engine().acquires().all().size());
        assertEquals(List.of(), sends(kernel.client, giveUp(0xfffffffe), Errno.ENOMEM));
        assertEquals(0, kernel.harness.engine().acquires().all().size());
        assertEquals(List.of(), sends(kernel.client, giveUp(5), Errno.ENOMEM));
    }

    @Test
    void givingUpWithoutATypeIsForExtendedSockets() {
        Ask ask = Ask.of(MessageType.ACQUIRE, SaType.UNSPEC).seq(0xfffffffe);
        SadbMessage refused = Kernel.only(sends(kernel.client, ask, Errno.ENOMEM));
        assertEquals(
                "EINVAL " + Diagnostic.SATYPE_NEEDED.number(),
                refused.header().errno() + " " + refused.header().reserved());
        KeySocket empty = kernel.open();
        registerExtended(empty);
        assertEquals(Errno.EBUSY, Kernel.only(sends(empty, ask, Errno.ENOMEM)).header().errno());
        registerExtended(kernel.client, SaType.ESP);
        needsEsp();
        kernel.harness.heard(kernel.client);
        assertEquals(List.of(), sends(kernel.client, ask, Errno.ENOMEM));
        assertEquals(0, kernel.harness.engine().acquires().all().size());
        kernel.refuses(ask, Diagnostic.SATYPE_NEEDED);
    }

    @Test
    void anAcquireOfAClientIsForwarded() {
        register(kernel.bystander, SaType.ESP);
        Ask ask = Ask.of(MessageType.ACQUIRE, SaType.ESP).src(ME).dst(YOU);
        assertEquals(List.of(), kernel.asks(ask));
        assertEquals(List.of(ask.message()), kernel.bystanderHears());
        kernel.refuses(Ask.of(MessageType.ACQUIRE, SaType.MIP), Diagnostic.UNKNOWN_SATYPE);
    }

    @Test
    void anInverseAcquireFindsNoPolicy() {
        Ask ask = Ask.of(MessageType.X_INVERSE_ACQUIRE, SaType.UNSPEC);
        kernel.refuses(ask, Diagnostic.MISSING_SRC);
        kernel.refuses(ask.src(ME), Diagnostic.MISSING_DST);
        kernel.refuses(ask.dst(Ipv4Address.ANY), Diagnostic.BAD_DST);
        kernel.refuses(ask.less(ExtensionType.ADDRESS_DST).dst(YOU), Errno.ENOENT, Diagnostic.NONE);
        kernel.refuses(
                ask.address(
                        ExtensionType.X_ADDRESS_INNER_DST, Ipv4Address.of(10, 2, 0, 0), 0, 16, 0),
                Diagnostic.MISSING_INNER_SRC);
        kernel.refuses(
                ask.address(ExtensionType.ADDRESS_PROXY, Kernel.LOCAL.get(2), 0, 128, 0),
                Diagnostic.INNER_AF_MISMATCH);
    }
}
