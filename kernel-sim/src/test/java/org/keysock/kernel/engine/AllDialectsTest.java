package org.keysock.kernel.engine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.linux.LinuxRules;
import org.keysock.kernel.engine.rfc2367.Rfc2367Rules;
import org.keysock.kernel.engine.solaris.SolarisRules;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.SolarisExtension.Pair;
import org.keysock.pfkey.model.Spi;

/** One engine, all dialects: what one adds, the others see, hear of, and can remove. */
class AllDialectsTest {

    private static final Ipv4Address ME = Ipv4Address.of(10, 0, 0, 1);
    private static final Ipv4Address YOU = Ipv4Address.of(10, 0, 0, 2);

    private final Harness harness =
            new Harness(
                    Map.of(
                            DialectName.SOLARIS,
                            new SolarisRules(),
                            DialectName.LINUX,
                            new LinuxRules(),
                            DialectName.RFC2367,
                            new Rfc2367Rules()),
                    List.of(ME));
    private final Map<DialectName, KeySocket> sockets = new EnumMap<>(DialectName.class);

    AllDialectsTest() {
        for (DialectName dialect :
                List.of(DialectName.RFC2367, DialectName.SOLARIS, DialectName.LINUX)) {
            sockets.put(dialect, harness.open(dialect));
        }
    }

    private KeySocket socket(DialectName dialect) {
        return sockets.getOrDefault(dialect, harness.open(dialect));
    }

    private static Extension.Address end(ExtensionType type, IpAddress address, int prefix) {
        return new Extension.Address(type, 0, prefix, Sockaddr.of(address, 0));
    }

    private static SadbMessage ask(
            MessageType type, int spi, IpAddress from, IpAddress to, Extension... more) {
        Extension[] parts = new Extension[3 + more.length];
        parts[0] =
                new Extension.Sa(
                        new Spi(spi),
                        0,
                        SaState.MATURE,
                        AuthAlgorithm.HMAC_SHA1,
                        EncryptionAlgorithm.AES_CBC,
                        SaFlags.NONE);
        parts[1] = end(ExtensionType.ADDRESS_SRC, from, 32);
        parts[2] = end(ExtensionType.ADDRESS_DST, to, 32);
        System.arraycopy(more, 0, parts, 3, more.length);
        return SadbMessage.of(BaseHeader.of(type, SaType.ESP, 5, 6), parts);
    }

    private static SadbMessage add(int spi, IpAddress from, IpAddress to, Extension... more) {
        Extension[] parts = new Extension[2 + more.length];
        parts[0] = key(ExtensionType.KEY_AUTH, "000102030405060708090a0b0c0d0e0f10111213");
        parts[1] = key(ExtensionType.KEY_ENCRYPT, "000102030405060708090a0b0c0d0e0f");
        System.arraycopy(more, 0, parts, 2, more.length);
        return ask(MessageType.ADD, spi, from, to, parts);
    }

    private static Extension.Key key(ExtensionType type, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new Extension.Key(type, 8 * bytes.length, 0, KeyMaterial.of(bytes));
    }

    private List<SadbMessage> heard(DialectName dialect, MessageType type) {
        return harness.heard(socket(dialect)).stream()
                .filter(message -> message.type() == type)
                .toList();
    }

    private void clear() {
        sockets.values().forEach(harness::heard);
    }

    @Test
    void whatOneAddsAllHearAndGetAndDelete() {
        for (DialectName adding : sockets.keySet()) {
            for (DialectName removing : sockets.keySet()) {
                clear();
                String what = adding + " adds, " + removing + " removes";
                harness.engine()
                        .handle(
                                socket(adding),
                                new Reading.Whole(add(77, ME, YOU), NO_BYTES),
                                harness.clock().now());
                for (DialectName hearing : sockets.keySet()) {
                    List<SadbMessage> told = heard(hearing, MessageType.ADD);
                    assertEquals(1, told.size(), what + ", " + hearing + " hears");
                    assertEquals(Errno.OK, told.get(0).header().errno(), what);
                }
                SadbMessage got =
                        harness.ask(socket(removing), ask(MessageType.GET, 77, ME, YOU)).get(0);
                assertEquals(
                        key(ExtensionType.KEY_ENCRYPT, "000102030405060708090a0b0c0d0e0f"),
                        got.key(ExtensionType.KEY_ENCRYPT),
                        what);
                harness.ask(socket(removing), ask(MessageType.DELETE, 77, ME, YOU));
                assertEquals(0, harness.engine().sadb().size(), what);
                for (DialectName hearing : sockets.keySet()) {
                    if (hearing != removing) {
                        assertEquals(1, heard(hearing, MessageType.DELETE).size(), what);
                    }
                }
            }
        }
    }

    private static final Reading.Raw NO_BYTES = new Reading.Raw(new byte[0], 0, 0);

    @Test
    void aPairThatGoesIsTwoDeletionsForTheOthers() {
        KeySocket solaris = socket(DialectName.SOLARIS);
        harness.ask(solaris, add(1, ME, YOU));
        harness.ask(solaris, add(2, YOU, ME, new Pair(new Spi(1))));
        clear();
        harness.ask(solaris, ask(MessageType.X_DELPAIR, 1, ME, YOU));
        assertEquals(2, heard(DialectName.LINUX, MessageType.DELETE).size());
        assertEquals(2, heard(DialectName.RFC2367, MessageType.DELETE).size());
    }

    @Test
    void aDeadPartnerOfAnotherHomeIsGoneAtOnce() {
        KeySocket solaris = socket(DialectName.SOLARIS);
        harness.ask(socket(DialectName.LINUX), add(1, ME, YOU));
        harness.ask(
                solaris,
                add(
                        2,
                        YOU,
                        ME,
                        new Pair(new Spi(1)),
                        new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, 5, 0)));
        clear();
        harness.advance(5);
        assertEquals(2, heard(DialectName.SOLARIS, MessageType.EXPIRE).size());
        harness.advance(1);
        assertEquals(0, harness.engine().sadb().size());
    }

    @Test
    void aLarvalSaOfAnotherHomeGoesWithoutAWordOnSolaris() {
        harness.ask(
                socket(DialectName.LINUX),
                SadbMessage.of(
                        BaseHeader.of(MessageType.GETSPI, SaType.ESP, 1, 2),
                        end(ExtensionType.ADDRESS_SRC, YOU, 32),
                        end(ExtensionType.ADDRESS_DST, ME, 32),
                        new Extension.SpiRange(new Spi(256), new Spi(999))));
        assertEquals(1, harness.engine().sadb().size());
        clear();
        harness.advance(31);
        assertEquals(0, harness.engine().sadb().size());
        assertEquals(0, heard(DialectName.SOLARIS, MessageType.EXPIRE).size());
    }

    @Test
    void anExpiryIsToldInEveryDialect() {
        for (DialectName home : sockets.keySet()) {
            SadbMessage register =
                    SadbMessage.of(BaseHeader.of(MessageType.REGISTER, SaType.ESP, 1, 2));
            sockets.values().forEach(socket -> harness.ask(socket, register));
            harness.ask(
                    socket(home),
                    add(
                            9,
                            ME,
                            YOU,
                            new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, 100, 0),
                            new Extension.Lifetime(ExtensionType.LIFETIME_SOFT, 0, 0, 50, 0)));
            clear();
            harness.advance(50);
            for (DialectName hearing : sockets.keySet()) {
                List<SadbMessage> told = heard(hearing, MessageType.EXPIRE);
                assertEquals(1, told.size(), home + "'s SA, " + hearing + " hears");
                assertFalse(told.get(0).has(ExtensionType.LIFETIME_HARD));
            }
            harness.advance(52);
            assertEquals(0, harness.engine().sadb().size());
        }
    }

    @Test
    void aWantIsToldInEveryDialect() {
        for (KeySocket socket : sockets.values()) {
            harness.ask(
                    socket, SadbMessage.of(BaseHeader.of(MessageType.REGISTER, SaType.ESP, 1, 2)));
        }
        clear();
        harness.engine()
                .needSa(
                        new Flow(ME, YOU, 6, 1, 2),
                        Demand.transport(SaType.ESP),
                        harness.clock().now());
        for (DialectName hearing : sockets.keySet()) {
            assertEquals(1, heard(hearing, MessageType.ACQUIRE).size(), hearing.text());
        }
    }

    private static final Extension.Lifetime HARD =
            new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, 5, 0);
    private static final Extension.Lifetime SOFT =
            new Extension.Lifetime(ExtensionType.LIFETIME_SOFT, 0, 0, 4, 0);

    private void larvalOfSolaris(int spi) {
        harness.ask(
                socket(DialectName.SOLARIS),
                SadbMessage.of(
                        BaseHeader.of(MessageType.GETSPI, SaType.ESP, 1, 2),
                        end(ExtensionType.ADDRESS_SRC, YOU, 0),
                        end(ExtensionType.ADDRESS_DST, ME, 0),
                        new Extension.SpiRange(new Spi(spi), new Spi(spi))));
        assertEquals(SaState.LARVAL, stored(spi, ME).state());
    }

    private SecurityAssociation stored(int spi, IpAddress destination) {
        return requireNonNull(harness.sa(SaType.ESP, destination, spi));
    }

    @Test
    void aLarvalSaOfSolarisEndsDeadOnLinuxAndWithoutAWordOnRfc2367() {
        harness.ask(
                socket(DialectName.LINUX),
                SadbMessage.of(BaseHeader.of(MessageType.REGISTER, SaType.ESP, 1, 2)));
        larvalOfSolaris(300);
        clear();
        harness.advance(91);
        assertEquals(List.of(), heard(DialectName.RFC2367, MessageType.EXPIRE));
        List<SadbMessage> told = heard(DialectName.LINUX, MessageType.EXPIRE);
        assertEquals(1, told.size());
        assertEquals(SaState.DEAD, requireNonNull(told.get(0).sa()).state());
    }

    @Test
    void bothHalvesOfAnExpiredPairNameTheHardLimit() {
        KeySocket solaris = socket(DialectName.SOLARIS);
        harness.ask(solaris, add(1, ME, YOU));
        harness.ask(solaris, add(2, YOU, ME, new Pair(new Spi(1)), HARD));
        clear();
        harness.advance(5);
        List<SadbMessage> told = heard(DialectName.RFC2367, MessageType.EXPIRE);
        assertEquals(2, told.size());
        for (SadbMessage message : told) {
            assertNotNull(message.lifetime(ExtensionType.LIFETIME_HARD));
            assertNull(message.lifetime(ExtensionType.LIFETIME_SOFT));
        }
    }

    @Test
    void aHardLimitKillsBothHalvesWhateverTheirHome() {
        for (DialectName home : List.of(DialectName.RFC2367, DialectName.LINUX)) {
            harness.ask(socket(DialectName.SOLARIS), add(1, ME, YOU));
            harness.ask(socket(home), add(2, YOU, ME, HARD, SOFT));
            harness.ask(
                    socket(DialectName.SOLARIS),
                    ask(MessageType.UPDATE, 2, YOU, ME, new Pair(new Spi(1))));
            assertEquals(stored(1, YOU), stored(2, ME).partner());
            clear();
            harness.advance(5);
            List<SadbMessage> told =
                    heard(DialectName.SOLARIS, MessageType.EXPIRE).stream()
                            .filter(message -> message.has(ExtensionType.LIFETIME_HARD))
                            .toList();
            assertEquals(2, told.size(), home.text());
            assertEquals(SaState.DEAD, stored(1, YOU).state());
            harness.advance(1);
            assertEquals(0, harness.engine().sadb().size(), home.text());
        }
    }

    @Test
    void anInboundHalfThatGoesAlongIsDeletedForThoseWhoKnowNoPairs() {
        harness.ask(socket(DialectName.LINUX), add(2, YOU, ME));
        harness.ask(socket(DialectName.SOLARIS), add(1, ME, YOU, new Pair(new Spi(2)), HARD));
        clear();
        harness.advance(5);
        assertNull(harness.sa(SaType.ESP, ME, 2));
        assertEquals(1, heard(DialectName.LINUX, MessageType.DELETE).size());
        assertEquals(1, heard(DialectName.RFC2367, MessageType.DELETE).size());
        assertEquals(0, heard(DialectName.SOLARIS, MessageType.DELETE).size());
    }

    @Test
    void aLarvalSaKeepsHomeAndPartnerWhoeverLetsItGrow() {
        for (DialectName growing : List.of(DialectName.RFC2367, DialectName.LINUX)) {
            KeySocket solaris = socket(DialectName.SOLARIS);
            larvalOfSolaris(300);
            harness.ask(solaris, add(1, ME, YOU, new Pair(new Spi(300))));
            SadbMessage update = add(300, YOU, ME);
            harness.ask(
                    socket(growing),
                    update.withHeader(update.header().withType(MessageType.UPDATE)));
            SecurityAssociation grown = stored(300, ME);
            assertEquals(SaState.MATURE, grown.state(), growing.text());
            assertEquals(DialectName.SOLARIS, grown.home(), growing.text());
            assertEquals(stored(1, YOU), grown.partner(), growing.text());
            clear();
            SadbMessage shown = harness.ask(solaris, ask(MessageType.GET, 300, YOU, ME)).get(0);
            assertEquals(
                    SaFlags.of(SaFlag.X_INBOUND, SaFlag.X_PAIRED),
                    requireNonNull(shown.sa()).flags());
            harness.ask(solaris, ask(MessageType.X_DELPAIR, 300, YOU, ME));
            assertEquals(0, harness.engine().sadb().size());
        }
    }

    @Test
    void aGrownSaThatDoesNotFitItsPartnerLosesIt() {
        for (DialectName growing : List.of(DialectName.RFC2367, DialectName.LINUX)) {
            KeySocket solaris = socket(DialectName.SOLARIS);
            harness.ask(
                    solaris,
                    SadbMessage.of(
                            BaseHeader.of(MessageType.GETSPI, SaType.ESP, 1, 2),
                            end(ExtensionType.ADDRESS_SRC, Ipv4Address.ANY, 0),
                            end(ExtensionType.ADDRESS_DST, ME, 0),
                            new Extension.SpiRange(new Spi(300), new Spi(300))));
            harness.ask(solaris, add(1, ME, YOU, new Pair(new Spi(300))));
            assertEquals(stored(1, YOU), stored(300, ME).partner());
            SadbMessage update = add(300, Ipv4Address.of(10, 0, 0, 3), ME);
            harness.ask(
                    socket(growing),
                    update.withHeader(update.header().withType(MessageType.UPDATE)));
            assertEquals(SaState.MATURE, stored(300, ME).state(), growing.text());
            assertNull(stored(300, ME).partner(), growing.text());
            harness.ask(solaris, ask(MessageType.DELETE, 300, YOU, ME));
            Endings.flush(SaType.UNSPEC, harness.engine());
        }
    }

    @Test
    void aDeletionNamesThePartnerOnSolarisWhoeverDeletes() {
        KeySocket solaris = socket(DialectName.SOLARIS);
        for (DialectName deleting : sockets.keySet()) {
            harness.ask(solaris, add(1, ME, YOU));
            harness.ask(solaris, add(2, YOU, ME, new Pair(new Spi(1))));
            clear();
            SadbMessage delete =
                    SadbMessage.of(
                            BaseHeader.of(MessageType.DELETE, SaType.ESP, 5, 6),
                            Extension.Sa.of(new Spi(1)),
                            end(ExtensionType.ADDRESS_SRC, ME, 32),
                            end(ExtensionType.ADDRESS_DST, YOU, 32));
            harness.engine()
                    .handle(
                            socket(deleting),
                            new Reading.Whole(delete, NO_BYTES),
                            harness.clock().now());
            List<SadbMessage> told = heard(DialectName.SOLARIS, MessageType.DELETE);
            assertEquals(1, told.size(), deleting.text());
            assertEquals(new Pair(new Spi(2)), told.get(0).find(ExtensionType.X_PAIR));
            Endings.flush(SaType.UNSPEC, harness.engine());
        }
    }
}
