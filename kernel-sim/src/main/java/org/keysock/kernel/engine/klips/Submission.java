package org.keysock.kernel.engine.klips;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.InitialVector;
import org.keysock.kernel.sadb.PacketOptions;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;

/** What ADD and UPDATE submit: klips.md sections 3.3, 3.5 and 3.11. */
final class Submission {

    private Submission() {}

    /**
     * The SA as submitted, in no database yet, with a fresh IV.
     *
     * @param old whose place it will take, with its home, time of making, NAT-T and inbound policy;
     *     null for none
     */
    static SecurityAssociation of(
            Request request, @Nullable SecurityAssociation old, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        Extension.Sa sa = Checks.sa(message);
        IpAddress source = Checks.address(message, ExtensionType.ADDRESS_SRC);
        IpAddress destination = Checks.address(message, ExtensionType.ADDRESS_DST);
        SaSecrets secrets =
                Algorithms.chosen(request.header().saType(), message, engine.settings());
        Checks.oneFamily(source, destination);
        SaFlags flags = sa.flags();
        if (old != null && old.flags().has(SaFlag.X_INFLOW)) {
            flags = flags.with(SaFlag.X_INFLOW);
        }
        SecurityAssociation made =
                new SecurityAssociation(
                        old == null ? DialectName.KLIPS : old.home(),
                        request.header().saType(),
                        sa.spi(),
                        source,
                        destination,
                        direction(destination, sa.flags(), engine.settings()),
                        SaState.MATURE,
                        flags,
                        sa.replayWindow(),
                        secrets,
                        details(message, secrets, old, engine.settings()),
                        old == null ? request.now().wallSeconds() : old.addedWall(),
                        old == null ? request.now().millis() : old.addedMillis());
        Lifetime hard = message.lifetime(ExtensionType.LIFETIME_HARD);
        Lifetime soft = message.lifetime(ExtensionType.LIFETIME_SOFT);
        made.limits(hard, clipped(soft, hard), null);
        return made;
    }

    /** Inbound when it ends here, or bit 0 of its flags is set, the kernel's mark: section 1.5. */
    static Direction direction(IpAddress destination, SaFlags flags, KernelSettings settings) {
        return settings.mine(destination) || flags.has(SaFlag.PFS)
                ? Direction.INBOUND
                : Direction.OUTBOUND;
    }

    /** Soft limits above the hard ones are cut to them, where these are limits at all. */
    private static @Nullable Lifetime clipped(@Nullable Lifetime soft, @Nullable Lifetime hard) {
        if (soft == null || hard == null) {
            return soft;
        }
        return new Lifetime(
                soft.type(),
                (int)
                        clipped(
                                Integer.toUnsignedLong(soft.allocations()),
                                Integer.toUnsignedLong(hard.allocations())),
                clipped(soft.bytes(), hard.bytes()),
                clipped(soft.addTime(), hard.addTime()),
                clipped(soft.useTime(), hard.useTime()),
                (int)
                        clipped(
                                Integer.toUnsignedLong(soft.packets()),
                                Integer.toUnsignedLong(hard.packets())));
    }

    private static long clipped(long soft, long hard) {
        return hard != 0 && Long.compareUnsigned(soft, hard) > 0 ? hard : soft;
    }

    private static SaDetails details(
            SadbMessage message,
            SaSecrets secrets,
            @Nullable SecurityAssociation old,
            KernelSettings settings) {
        SaDetails before = old == null ? SaDetails.NONE : old.details();
        KameExtension.NatTType natT =
                message.find(ExtensionType.X_NAT_T_TYPE, KameExtension.NatTType.class);
        return new SaDetails(
                0,
                0,
                0,
                message.address(ExtensionType.ADDRESS_PROXY),
                null,
                null,
                null,
                natT == null ? before.encapsulation() : natT.encapsulation(),
                port(message, ExtensionType.X_NAT_T_SPORT, before.natSourcePort()),
                port(message, ExtensionType.X_NAT_T_DPORT, before.natDestinationPort()),
                0,
                0,
                message.find(ExtensionType.IDENTITY_SRC, Identity.class),
                message.find(ExtensionType.IDENTITY_DST, Identity.class),
                null,
                null,
                null,
                null,
                before.tunnelPolicy(),
                initialVector(secrets, settings),
                PacketOptions.PLAIN);
    }

    /** The port of an extension of NAT-T, or another when it is not there. */
    static int port(SadbMessage message, ExtensionType type, int otherwise) {
        KameExtension.NatTPort port = message.find(type, KameExtension.NatTPort.class);
        return port == null ? otherwise : port.port();
    }

    private static @Nullable InitialVector initialVector(
            SaSecrets secrets, KernelSettings settings) {
        int length = Algorithms.ivBytes(secrets.encrypt());
        if (length == 0) {
            return null;
        }
        byte[] drawn = new byte[length];
        settings.random().nextBytes(drawn);
        return new InitialVector(drawn);
    }
}
