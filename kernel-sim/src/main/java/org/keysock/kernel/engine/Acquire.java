package org.keysock.kernel.engine;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.SaType;

/**
 * An SA that traffic needs and that does not exist: RFC 2367 section 3.1.6.
 *
 * @param sequence number under which key managers answer; unsigned
 * @param saType the missing protocol
 * @param source of the SA, with ports and protocol as the policy asks
 * @param destination of the SA
 * @param innerSource in tunnel mode, of the policy's selector
 * @param innerDestination in tunnel mode
 * @param policyId number of the policy, 0 for none
 * @param expiresMillis when packets stop waiting for it, monotonic
 */
public record Acquire(
        int sequence,
        SaType saType,
        Address source,
        Address destination,
        @Nullable Address innerSource,
        @Nullable Address innerDestination,
        int policyId,
        long expiresMillis) {}
