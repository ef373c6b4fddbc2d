package org.keysock.pfkey.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The extensions that KAME and Linux added: rfc2367-linux-kame.md section 3.4. {@code X_NAT_T_OA}
 * is an {@link Extension.Address}.
 */
public sealed interface KameExtension extends Extension
        permits KameExtension.Policy,
                KameExtension.Sa2,
                KameExtension.NatTType,
                KameExtension.NatTPort,
                KameExtension.SecurityContext,
                KameExtension.KmAddress,
                KameExtension.Filter {

    /**
     * X_POLICY: a security policy, or a reference to one.
     *
     * @param policyType 0 discard, 1 none, 2 IPsec, 3 entrust, 4 bypass
     * @param direction 0 any, 1 in, 2 out, 3 forward; 4 and 5 of per-socket policies
     * @param id the kernel's number of the policy
     * @param priority unsigned, a lower value is stronger
     */
    record Policy(int policyType, int direction, int id, int priority, List<Request> requests)
            implements KameExtension {
        public Policy {
            requests = List.copyOf(requests);
        }

        @Override
        public ExtensionType type() {
            return ExtensionType.X_POLICY;
        }

        /**
         * One transform that a policy asks for: {@code sadb_x_ipsecrequest}.
         *
         * @param protocol 50 ESP, 51 AH, 108 IPCOMP
         * @param mode 0 any, 1 transport, 2 tunnel, 3 BEET
         * @param level 0 default, 1 use, 2 require, 3 unique
         * @param source outer source, null together with {@code destination}
         */
        public record Request(
                int protocol,
                int mode,
                int level,
                int reqid,
                @Nullable Sockaddr source,
                @Nullable Sockaddr destination) {}
    }

    /**
     * X_SA2: what KAME wanted to know of an SA besides.
     *
     * @param mode 0 any, 1 transport, 2 tunnel, 3 BEET
     * @param sequence low 32 bits of the sequence counter; Linux 0
     */
    record Sa2(int mode, int sequence, int reqid) implements KameExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_SA2;
        }
    }

    /** X_NAT_T_TYPE: 2 for ESP in UDP (RFC 3948), 1 for the old drafts' form. */
    record NatTType(int encapsulation) implements KameExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_NAT_T_TYPE;
        }
    }

    /** X_NAT_T_SPORT or X_NAT_T_DPORT. */
    record NatTPort(ExtensionType type, int port) implements KameExtension {}

    /** X_SEC_CTX: a label of a security module; {@code context} with its final NUL. */
    record SecurityContext(int algorithm, int domain, byte[] context) implements KameExtension {
        public SecurityContext {
            context = context.clone();
        }

        @Override
        public ExtensionType type() {
            return ExtensionType.X_SEC_CTX;
        }

        @Override
        public byte[] context() {
            return context.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof SecurityContext c
                    && c.algorithm == algorithm
                    && c.domain == domain
                    && Arrays.equals(c.context, context);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * algorithm + domain) + Arrays.hashCode(context);
        }
    }

    /** X_KMADDRESS: the key manager's own address and its peer's. */
    record KmAddress(Sockaddr local, Sockaddr remote) implements KameExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_KMADDRESS;
        }
    }

    /**
     * X_FILTER: which SAs a DUMP is about. Source and destination are 16 bytes each, of which the
     * first 4 count when {@code family} is the dialect's AF_INET; family 0 matches all.
     */
    record Filter(
            byte[] source, byte[] destination, int family, int sourcePrefix, int destinationPrefix)
            implements KameExtension {
        public Filter {
            if (source.length != 16 || destination.length != 16) {
                throw new IllegalArgumentException("a filter's addresses have 16 bytes each");
            }
            source = source.clone();
            destination = destination.clone();
        }

        @Override
        public ExtensionType type() {
            return ExtensionType.X_FILTER;
        }

        @Override
        public byte[] source() {
            return source.clone();
        }

        @Override
        public byte[] destination() {
            return destination.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Filter f
                    && f.family == family
                    && f.sourcePrefix == sourcePrefix
                    && f.destinationPrefix == destinationPrefix
                    && Arrays.equals(f.source, source)
                    && Arrays.equals(f.destination, destination);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(source) * 31 + Arrays.hashCode(destination);
        }
    }
}
