package org.keysock.pfkey.wire;

import static org.keysock.pfkey.model.ExtensionType.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SolarisExtension;
import org.keysock.pfkey.model.Spi;

/** How to make a random extension of each type. */
final class ExtensionMakers {

    private ExtensionMakers() {}

    static Map<ExtensionType, Function<ExtensionType, Extension>> of(
            RandomMessages m, SaType saType) {
        Map<ExtensionType, Function<ExtensionType, Extension>> makers = new HashMap<>();
        Random random = m.random();
        makers.put(SA, type -> m.sa(type, saType));
        for (ExtensionType type :
                List.of(LIFETIME_CURRENT, LIFETIME_HARD, LIFETIME_SOFT, X_LIFETIME_IDLE)) {
            makers.put(type, m::lifetime);
        }
        for (ExtensionType type :
                List.of(
                        ADDRESS_SRC,
                        ADDRESS_DST,
                        ADDRESS_PROXY,
                        X_ADDRESS_NATT_LOC,
                        X_ADDRESS_NATT_REM,
                        X_ADDRESS_INNER_DST,
                        X_NAT_T_OA,
                        X_ADDRESS_DST2,
                        X_ADDRESS_SRC_FLOW,
                        X_ADDRESS_DST_FLOW,
                        X_ADDRESS_SRC_MASK,
                        X_ADDRESS_DST_MASK)) {
            makers.put(type, m::address);
        }
        for (ExtensionType type : List.of(KEY_AUTH, KEY_ENCRYPT, X_STR_AUTH)) {
            makers.put(type, m::key);
        }
        makers.put(IDENTITY_SRC, m::identity);
        makers.put(IDENTITY_DST, m::identity);
        makers.put(SENSITIVITY, m::label);
        makers.put(X_OUTER_SENS, m::label);
        makers.put(PROPOSAL, type -> m.proposal(saType));
        makers.put(SUPPORTED_AUTH, m::supported);
        makers.put(SUPPORTED_ENCRYPT, m::supported);
        makers.put(SPIRANGE, type -> m.spiRange());
        makers.put(X_KMPRIVATE, type -> new Extension.Opaque(type, m.bytes(12)));
        makers.put(
                X_EREG,
                type -> new SolarisExtension.ExtendedRegister(List.of(SaType.ESP, SaType.AH)));
        makers.put(X_EPROP, type -> m.extendedProposal());
        makers.put(
                X_KM_COOKIE,
                type -> new SolarisExtension.KmCookie(random.nextInt(), random.nextLong()));
        makers.put(X_PAIR, type -> new SolarisExtension.Pair(new Spi(random.nextInt())));
        makers.put(
                X_REPLAY_VALUE,
                type -> new SolarisExtension.ReplayValue(random.nextInt(), random.nextLong()));
        makers.put(X_EDUMP, type -> new SolarisExtension.ExtendedDump(random.nextLong()));
        makers.put(X_POLICY, type -> m.policy());
        makers.put(
                X_SA2,
                type ->
                        new KameExtension.Sa2(
                                random.nextInt(256), random.nextInt(), random.nextInt()));
        makers.put(X_NAT_T_TYPE, type -> new KameExtension.NatTType(random.nextInt(256)));
        makers.put(X_NAT_T_SPORT, type -> new KameExtension.NatTPort(type, random.nextInt(65536)));
        makers.put(X_NAT_T_DPORT, type -> new KameExtension.NatTPort(type, random.nextInt(65536)));
        makers.put(
                X_SEC_CTX,
                type ->
                        new KameExtension.SecurityContext(
                                random.nextInt(256),
                                random.nextInt(256),
                                m.bytes(random.nextInt(30))));
        makers.put(
                X_KMADDRESS,
                type -> new KameExtension.KmAddress(m.sockaddr(true), m.sockaddr(true)));
        makers.put(
                X_FILTER,
                type ->
                        new KameExtension.Filter(
                                m.bytes(16),
                                m.bytes(16),
                                random.nextInt(65536),
                                random.nextInt(256),
                                random.nextInt(256)));
        makers.put(X_SATYPE2, type -> new KlipsExtension.SaType2(SaType.X_IPCOMP));
        makers.put(X_GRP_SA2, type -> new KlipsExtension.Sa2(m.sa(SA, SaType.UNSPEC)));
        makers.put(X_DEBUG, type -> new KlipsExtension.Debug(random.ints(12).boxed().toList()));
        makers.put(
                X_PROTOCOL,
                type -> new KlipsExtension.Protocol(random.nextInt(256), random.nextInt(256)));
        makers.put(X_PLUMBIF, type -> new KlipsExtension.PlumbIf(random.nextInt(65536)));
        makers.put(X_SAREF, type -> new KlipsExtension.SaRef(random.nextInt(), random.nextInt()));
        return makers;
    }
}
