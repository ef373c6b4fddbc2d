package org.keysock.kernel.sadb;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.Extension.Sensitivity;
import org.keysock.pfkey.model.KameExtension.SecurityContext;
import org.keysock.pfkey.model.SolarisExtension.KmCookie;

/**
 * What most SAs do not have, so that an SA without it pays one reference.
 *
 * <p>Addresses keep ports, protocol and prefix as they are to be shown.
 *
 * @param protocol upper-layer (Solaris: outer) protocol the SA is bound to, 0 for any
 * @param sourcePort port of the selector, 0 for any
 * @param destinationPort port of the selector, 0 for any
 * @param proxy ADDRESS_PROXY, Solaris' inner source
 * @param innerDestination Solaris' inner destination
 * @param natLocal Solaris' X_ADDRESS_NATT_LOC
 * @param natRemote Solaris' X_ADDRESS_NATT_REM
 * @param encapsulation X_NAT_T_TYPE, 0 for none
 * @param natSourcePort X_NAT_T_SPORT
 * @param natDestinationPort X_NAT_T_DPORT
 * @param mode X_SA2: 0 any, 1 transport, 2 tunnel, 3 BEET
 * @param reqid X_SA2: ties the SA to a policy's request
 * @param cookie X_KM_COOKIE
 * @param tunnelPolicy which inner packets a tunnel lets in (KLIPS' X_ADDFLOW with INFLOW), null for
 *     all
 * @param initialVector drawn when it was added (KLIPS), null for none
 * @param packets how its packets are built, beyond what any dialect can say yet
 */
public record SaDetails(
        int protocol,
        int sourcePort,
        int destinationPort,
        @Nullable Address proxy,
        @Nullable Address innerDestination,
        @Nullable Address natLocal,
        @Nullable Address natRemote,
        int encapsulation,
        int natSourcePort,
        int natDestinationPort,
        int mode,
        int reqid,
        @Nullable Identity sourceIdentity,
        @Nullable Identity destinationIdentity,
        @Nullable Sensitivity sensitivity,
        @Nullable Sensitivity outerSensitivity,
        @Nullable KmCookie cookie,
        @Nullable SecurityContext securityContext,
        @Nullable TunnelPolicy tunnelPolicy,
        @Nullable InitialVector initialVector,
        PacketOptions packets) {

    /** The port of encapsulated ESP where the SA names none: RFC 3948 section 2. */
    public static final int ENCAPSULATION_PORT = 4500;

    /** X_NAT_T_TYPE 2: RFC 3948. */
    public static final int IN_UDP = 2;

    /** Nothing of all that. */
    public static final SaDetails NONE =
            new SaDetails(
                    0, 0, 0, null, null, null, null, 0, 0, 0, 0, 0, null, null, null, null, null,
                    null);

    /** The same with packets built otherwise. */
    public SaDetails with(PacketOptions newPackets) {
        return new SaDetails(
                protocol,
                sourcePort,
                destinationPort,
                proxy,
                innerDestination,
                natLocal,
                natRemote,
                encapsulation,
                natSourcePort,
                natDestinationPort,
                mode,
                reqid,
                sourceIdentity,
                destinationIdentity,
                sensitivity,
                outerSensitivity,
                cookie,
                securityContext,
                tunnelPolicy,
                initialVector,
                newPackets);
    }

    /** The same with what a message of some dialect can say. */
    public SaDetails(
            int protocol,
            int sourcePort,
            int destinationPort,
            @Nullable Address proxy,
            @Nullable Address innerDestination,
            @Nullable Address natLocal,
            @Nullable Address natRemote,
            int encapsulation,
            int natSourcePort,
            int natDestinationPort,
            int mode,
            int reqid,
            @Nullable Identity sourceIdentity,
            @Nullable Identity destinationIdentity,
            @Nullable Sensitivity sensitivity,
            @Nullable Sensitivity outerSensitivity,
            @Nullable KmCookie cookie,
            @Nullable SecurityContext securityContext) {
        this(
                protocol,
                sourcePort,
                destinationPort,
                proxy,
                innerDestination,
                natLocal,
                natRemote,
                encapsulation,
                natSourcePort,
                natDestinationPort,
                mode,
                reqid,
                sourceIdentity,
                destinationIdentity,
                sensitivity,
                outerSensitivity,
                cookie,
                securityContext,
                null,
                null,
                PacketOptions.PLAIN);
    }

    /** How ESP is put into UDP: 0 not at all, 1 and 2 as X_NAT_T_TYPE has it; Solaris: always 2. */
    public int udpForm() {
        boolean solaris = natLocal != null || natRemote != null;
        return encapsulation == 0 && solaris ? IN_UDP : encapsulation;
    }

    /** The port from which ESP in UDP goes. */
    public int udpSourcePort() {
        return port(natSourcePort, natLocal);
    }

    /** The port to which ESP in UDP goes. */
    public int udpDestinationPort() {
        return port(natDestinationPort, natRemote);
    }

    private static int port(int said, @Nullable Address end) {
        int port = said != 0 || end == null ? said : end.sockaddr().port();
        return port == 0 ? ENCAPSULATION_PORT : port;
    }

    /** The same with other ports of NAT-T. */
    public SaDetails withNatPorts(int newSource, int newDestination) {
        return with(newSource, newDestination, cookie, tunnelPolicy);
    }

    /** The same with another cookie. */
    public SaDetails withCookie(@Nullable KmCookie newCookie) {
        return with(natSourcePort, natDestinationPort, newCookie, tunnelPolicy);
    }

    /** The same with another inbound policy of a tunnel. */
    public SaDetails withTunnelPolicy(@Nullable TunnelPolicy newPolicy) {
        return with(natSourcePort, natDestinationPort, cookie, newPolicy);
    }

    private SaDetails with(
            int newNatSource,
            int newNatDestination,
            @Nullable KmCookie newCookie,
            @Nullable TunnelPolicy newPolicy) {
        return new SaDetails(
                protocol,
                sourcePort,
                destinationPort,
                proxy,
                innerDestination,
                natLocal,
                natRemote,
                encapsulation,
                newNatSource,
                newNatDestination,
                mode,
                reqid,
                sourceIdentity,
                destinationIdentity,
                sensitivity,
                outerSensitivity,
                newCookie,
                securityContext,
                newPolicy,
                initialVector,
                packets);
    }
}
