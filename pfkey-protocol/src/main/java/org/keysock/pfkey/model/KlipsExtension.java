package org.keysock.pfkey.model;

import java.util.List;

/**
 * The extensions that only KLIPS has: klips.md 1.4. Addresses of groups and eroutes are {@link
 * Extension.Address}, those of NAT-T are {@link KameExtension.NatTType} and its kin.
 */
public sealed interface KlipsExtension extends Extension
        permits KlipsExtension.SaType2,
                KlipsExtension.Sa2,
                KlipsExtension.Debug,
                KlipsExtension.Protocol,
                KlipsExtension.PlumbIf,
                KlipsExtension.SaRef {

    /** X_SATYPE2: the type of the second SA of a group. */
    record SaType2(SaType saType) implements KlipsExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_SATYPE2;
        }
    }

    /** X_SA2 of KLIPS: the second SA of a group, described as the first one is. */
    record Sa2(Extension.Sa sa) implements KlipsExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_GRP_SA2;
        }
    }

    /**
     * X_DEBUG: which parts of the kernel shall tell of themselves.
     *
     * @param masks 32 bits for each {@link Part}, in their order
     */
    record Debug(List<Integer> masks) implements KlipsExtension {
        public Debug {
            masks = List.copyOf(masks);
            if (masks.size() != Part.values().length) {
                throw new IllegalArgumentException(masks.size() + " masks");
            }
        }

        /** The parts of the kernel, in the order of their masks. */
        public enum Part {
            TUNNEL,
            NETLINK,
            XFORM,
            EROUTE,
            SPI,
            RADIJ,
            ESP,
            AH,
            RCV,
            PFKEY,
            IPCOMP,
            VERBOSE
        }

        /** The mask of one part. */
        public int mask(Part part) {
            return masks.get(part.ordinal());
        }

        @Override
        public ExtensionType type() {
            return ExtensionType.X_DEBUG;
        }
    }

    /** X_PROTOCOL: the transport protocol of an eroute. */
    record Protocol(int protocol, int flags) implements KlipsExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_PROTOCOL;
        }
    }

    /** X_PLUMBIF: a virtual interface by its number; from 49152 on ipsec0 and up, below mast. */
    record PlumbIf(int number) implements KlipsExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_PLUMBIF;
        }
    }

    /** X_SAREF: the references of an SA and of the one in the other direction. */
    record SaRef(int mine, int his) implements KlipsExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_SAREF;
        }
    }
}
