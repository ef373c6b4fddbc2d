package org.keysock.kernel.engine;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;

/**
 * What a policy asks for and no SA gives.
 *
 * @param saType the missing protocol
 * @param policyId number of the policy, 0 for none
 * @param unique whether the SA is for this flow's ports and protocol only
 * @param tunnelSource outer source, null together with {@code tunnelDestination} in transport mode
 * @param tunnelDestination outer destination
 * @param selectorSource in tunnel mode, what the policy protects, with prefix; null: the flow alone
 * @param selectorDestination as {@code selectorSource}
 */
public record Demand(
        SaType saType,
        int policyId,
        boolean unique,
        @Nullable IpAddress tunnelSource,
        @Nullable IpAddress tunnelDestination,
        @Nullable Address selectorSource,
        @Nullable Address selectorDestination) {

    /** Transport mode between the two ends of a flow, without a policy: {@code ctl acquire}. */
    public static Demand transport(SaType saType) {
        return new Demand(saType, 0, false, null, null, null, null);
    }
}
