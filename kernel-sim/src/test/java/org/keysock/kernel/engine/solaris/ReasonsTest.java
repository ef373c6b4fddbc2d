package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.YOU;
import static org.keysock.kernel.engine.solaris.Ask.addEsp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Harness;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SolarisExtension.ReplayValue;
import org.keysock.pfkey.model.Spi;

/** What people are told of the refusals of this dialect: errno and reason. */
final class ReasonsTest {

    private static String told(Kernel kernel, Reading asked) {
        kernel.harness.ask(kernel.client, asked);
        List<Harness.Refused> refusals = kernel.harness.refusals();
        assertEquals(1, refusals.size());
        return refusals.get(0).errno() + " " + refusals.get(0).reason();
    }

    private static String told(Kernel kernel, Ask ask) {
        return told(kernel, Wire.read(Wire.bytes(ask.message())));
    }

    private static void assertTold(Stream<String> told, String table) {
        assertEquals(table.strip(), String.join("\n", told.toList()));
    }

    @Test
    void ofEveryDiagnostic() {
        Stream<String> told =
                DiagnosticsTest.cases()
                        .map(
                                tested -> {
                                    Kernel kernel = new Kernel();
                                    tested.before().forEach(kernel::succeeds);
                                    return told(kernel, tested.asked());
                                });
        assertTold(
                told,
                """
                EMSGSIZE base header at byte 0 of 16: sadb_msg_len is not the length of the record
                EINVAL base header: message type not known: unknown(0)
                EINVAL unknown(99) at byte 120 of 128: extension type not known
                EINVAL X_REPLAY_VALUE at byte 120 of 128: extension length is wrong
                EINVAL base header: SA type not known: RSVP
                EINVAL base header: a specific SA type is needed: UNSPEC
                EINVAL ADDRESS_DST: this message takes no extensions
                EINVAL SA at byte 32 of 48: SA extension given twice
                EINVAL ADDRESS_SRC at byte 40 of 64: source address given twice
                EINVAL ADDRESS_DST at byte 40 of 64: destination address given twice
                EINVAL ADDRESS_PROXY at byte 40 of 64: inner source address given twice
                EINVAL X_ADDRESS_INNER_DST at byte 40 of 64: inner destination address given twice
                EINVAL KEY_AUTH at byte 32 of 48: authentication key given twice
                EINVAL KEY_ENCRYPT at byte 32 of 48: encryption key given twice
                EINVAL SPIRANGE at byte 32 of 48: SPI range given twice
                EINVAL SA at byte 16 of 24: SA extension malformed
                EINVAL ADDRESS_SRC at byte 16 of 24: source address malformed
                EINVAL ADDRESS_DST at byte 16 of 24: destination address malformed
                EINVAL ADDRESS_PROXY at byte 16 of 24: inner source address malformed
                EINVAL X_ADDRESS_INNER_DST at byte 16 of 24: inner destination address malformed
                EINVAL KEY_AUTH at byte 16 of 32: authentication key malformed
                EINVAL KEY_ENCRYPT at byte 16 of 32: encryption key malformed
                EINVAL SPIRANGE at byte 16 of 32: SPI range malformed
                EINVAL ADDRESS_SRC: source address missing
                EINVAL ADDRESS_DST: destination address missing
                EINVAL SA: SA extension missing
                EINVAL KEY_ENCRYPT: encryption key missing
                EINVAL KEY_AUTH: authentication key missing
                EINVAL SPIRANGE: SPI range missing
                EINVAL PROPOSAL: proposal not allowed here
                EINVAL SUPPORTED_AUTH: algorithm list not allowed here
                EINVAL KEY_ENCRYPT: encryption key not allowed here
                EINVAL ADDRESS_SRC: source address family is wrong: family 7
                EINVAL ADDRESS_DST: destination address family is wrong: family 7
                EINVAL ADDRESS_PROXY: inner source address family is wrong: family 7
                EINVAL X_ADDRESS_INNER_DST: inner destination address family is wrong: family 7
                EINVAL X_ADDRESS_NATT_LOC: NAT-T local address family is wrong: family 7
                EINVAL X_ADDRESS_NATT_LOC: NAT-T local address family is wrong: IPv6
                EINVAL X_ADDRESS_NATT_REM: NAT-T remote address family is wrong: IPv6
                EINVAL ADDRESS_SRC: source and destination families differ: 192.0.2.1 and 2001:db8::9
                EINVAL ADDRESS_SRC: source and destination families differ: 2001:db8::9 and 192.0.2.2
                EINVAL ADDRESS_SRC: source address not usable: multicast or broadcast
                EINVAL ADDRESS_DST: destination address not usable: unspecified
                EINVAL X_ADDRESS_NATT_LOC: NAT-T local address malformed: multicast or broadcast
                EINVAL X_ADDRESS_NATT_REM: NAT-T remote address malformed: unspecified
                EINVAL X_ADDRESS_INNER_DST: inner destination address missing
                EINVAL ADDRESS_PROXY: inner source address missing
                EINVAL ADDRESS_PROXY: inner source prefix length is wrong: 33, not 0 to 32
                EINVAL X_ADDRESS_INNER_DST: inner destination prefix length is wrong: 95, not 96 to 128
                EINVAL ADDRESS_PROXY: inner address families differ: 10.1.0.0 and 2001::
                EPROTOTYPE ADDRESS_DST or ADDRESS_SRC: protocol 41, the inner addresses need 4
                EINVAL ADDRESS_SRC: source and destination protocols differ: 6 and 17
                EINVAL ADDRESS_PROXY: inner and outer ports both set
                EOPNOTSUPP LIFETIME_CURRENT: not allowed in ADD
                EEXIST SA: there is an SA ESP 0x1 to 192.0.2.2 already
                EINVAL LIFETIME_SOFT: soft allocation limit above hard limit: 2, that of LIFETIME_HARD is 1
                EINVAL LIFETIME_SOFT: soft byte limit above hard limit: 18446744073709551615, that of LIFETIME_HARD is 1
                EINVAL X_LIFETIME_IDLE: soft or idle add time after hard add time: 6, that of LIFETIME_SOFT is 5
                EINVAL LIFETIME_SOFT: soft or idle use time after hard use time: 10, that of LIFETIME_HARD is 9
                EINVAL SA: authentication algorithm not supported: unknown(99)
                EINVAL SA: authentication algorithm not supported: NONE
                EINVAL SA: authentication algorithm not supported: none, beside encryption NULL
                EINVAL SA: encryption algorithm not supported: unknown(99)
                EINVAL SA: encryption algorithm not supported: none, ESP needs one
                EINVAL SA: SA flags not allowed: <PFS>
                EINVAL SA: SA flags not allowed: <X_NATT_REM>
                EINVAL SA: SA state not allowed: DYING, not MATURE or X_ACTIVE_ELSEWHERE
                EINVAL KEY_AUTH: 120 bits, HMAC_MD5 takes 128
                EINVAL KEY_ENCRYPT: wrong number of encryption key bits: NULL takes no key
                EINVAL SA: this SA type does not encrypt
                EINVAL KEY_ENCRYPT: encryption key is weak
                EINVAL X_ADDRESS_NATT_LOC: NAT-T local address missing
                EINVAL X_ADDRESS_NATT_REM: NAT-T remote address missing
                EINVAL ADDRESS_PROXY: inner source address missing: the SA has the flag X_TUNNEL
                EINVAL KEY_ENCRYPT: 136 bits, AES_CBC takes 128 to 256 in steps of 64
                EOPNOTSUPP X_REPLAY_VALUE: replay value not allowed: a value of 64 bits
                EINVAL SENSITIVITY: security label not allowed
                EINVAL X_OUTER_SENS: security label not allowed
                EOPNOTSUPP SENSITIVITY: not allowed in ADD
                EINVAL KEY_AUTH: authentication key not allowed here
                EINVAL KEY_ENCRYPT: encryption key not allowed here
                EINVAL SA: SA flags not allowed: <X_EALG1>
                EINVAL SA: SA state not allowed: DEAD, not MATURE or X_ACTIVE_ELSEWHERE
                EINVAL X_REPLAY_VALUE: SA state not allowed: the SA is MATURE
                EINVAL X_KM_COOKIE: key management protocol differs: 2, that of the SA is 1
                EINVAL X_KM_COOKIE: key management cookie differs
                EOPNOTSUPP LIFETIME_CURRENT: not allowed in UPDATE
                EINVAL SENSITIVITY: security label not allowed
                ESRCH SA: there is no SA ESP 0x1 to 192.0.2.2
                EINVAL X_PAIR: SA cannot be paired with the named SA: there is no SA 0x9 from 192.0.2.1 to 192.0.2.2
                EINVAL X_PAIR: SA is already paired: the partner has another one
                ESRCH SA: paired SA not found: 0x1 has no partner
                ENOENT ADDRESS_SRC and ADDRESS_DST: no policy for them, this kernel has none
                """);
    }

    @Test
    void withoutDiagnostic() {
        Kernel kernel = new Kernel();
        List<String> told = new ArrayList<>();
        kernel.succeeds(addEsp(1, ME, YOU));
        told.add(told(kernel, addEsp(1, ME, YOU)));
        told.add(told(kernel, Wire.read("02")));
        told.add(
                told(
                        kernel,
                        addEsp(2, ME, YOU)
                                .with(
                                        new Extension.Lifetime(
                                                ExtensionType.LIFETIME_CURRENT, 0, 0, 0, 0))));
        told.add(
                told(
                        kernel,
                        Ask.of(MessageType.GETSPI, SaType.ESP)
                                .src(ME)
                                .dst(YOU)
                                .with(new Extension.SpiRange(new Spi(1), new Spi(1)))));
        told.add(told(kernel, Ask.of(MessageType.EXPIRE, SaType.ESP)));
        told.add(told(kernel, Ask.of(MessageType.X_INVERSE_ACQUIRE, SaType.ESP).src(ME).dst(YOU)));
        kernel.harness.holdDumps();
        kernel.asks(Ask.of(MessageType.DUMP, SaType.ESP));
        told.add(told(kernel, Ask.of(MessageType.DUMP, SaType.ESP)));
        told.add(told(kernel, Ask.of(MessageType.FLUSH, SaType.ESP)));
        told.add(
                told(
                        kernel,
                        addEsp(2, ME, YOU)
                                .algorithms(AuthAlgorithm.HMAC_MD5, EncryptionAlgorithm.AES_CBC)));
        told.add(told(kernel, addEsp(2, ME, YOU).with(new ReplayValue(0, 5))));
        assertTold(
                told.stream(),
                """
                EEXIST SA: there is an SA ESP 0x1 to 192.0.2.2 already
                OK base header at byte 0 of 1: shorter than a base header
                EOPNOTSUPP LIFETIME_CURRENT: not allowed in ADD
                EEXIST SPIRANGE: no SPI of ESP is free in 0x1 to 0x1
                EOPNOTSUPP base header: message type EXPIRE is no request to this kernel
                ENOENT ADDRESS_SRC and ADDRESS_DST: no policy for them, this kernel has none
                ENOMEM base header: a dump to this socket is under way
                ENOMEM base header: a dump to this socket is under way
                EINVAL KEY_ENCRYPT: 64 bits, AES_CBC takes 128 to 256 in steps of 64
                EOPNOTSUPP X_REPLAY_VALUE: replay value not allowed: a value of 64 bits
                """);
    }
}
