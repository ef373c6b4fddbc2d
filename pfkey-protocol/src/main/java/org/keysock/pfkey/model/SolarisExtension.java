package org.keysock.pfkey.model;

import java.util.List;

/** The extensions that only Solaris has: solaris.md section 1.9. */
public sealed interface SolarisExtension extends Extension
        permits SolarisExtension.ExtendedRegister,
                SolarisExtension.ExtendedProposal,
                SolarisExtension.KmCookie,
                SolarisExtension.Pair,
                SolarisExtension.ReplayValue,
                SolarisExtension.ExtendedDump {

    /** X_EREG: the SA types an extended REGISTER asks for. */
    record ExtendedRegister(List<SaType> saTypes) implements SolarisExtension {
        public ExtendedRegister {
            saTypes = List.copyOf(saTypes);
        }

        @Override
        public ExtensionType type() {
            return ExtensionType.X_EREG;
        }
    }

    /** X_EPROP: a proposal over several SA types at once. */
    record ExtendedProposal(int replayWindow, List<Combination> combinations)
            implements SolarisExtension {
        public ExtendedProposal {
            combinations = List.copyOf(combinations);
        }

        @Override
        public ExtensionType type() {
            return ExtensionType.X_EPROP;
        }

        /** One extended combination and its algorithms. */
        public record Combination(
                int flags,
                Extension.Lifetime soft,
                Extension.Lifetime hard,
                List<AlgorithmDescriptor> algorithms) {
            public Combination {
                algorithms = List.copyOf(algorithms);
            }
        }

        /**
         * One algorithm of an extended combination.
         *
         * @param algorithmType 0 none, 1 authentication, 2 encryption, 3 compression
         * @param algorithm an {@link AuthAlgorithm} when {@code algorithmType} is 1, else an {@link
         *     EncryptionAlgorithm}
         */
        public record AlgorithmDescriptor(
                SaType saType,
                int algorithmType,
                Code algorithm,
                int saltBits,
                int minBits,
                int maxBits) {}
    }

    /**
     * X_KM_COOKIE: which key manager made the SA.
     *
     * @param protocol 0 manual, 1 IKE, 2 KINK, 3 IKEv2
     * @param cookie 64 bits as they stand in the extension; IKE's own cookie is the first 32
     */
    record KmCookie(int protocol, long cookie) implements SolarisExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_KM_COOKIE;
        }
    }

    /** X_PAIR: the SPI of the SA in the other direction. */
    record Pair(Spi spi) implements SolarisExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_PAIR;
        }
    }

    /** X_REPLAY_VALUE: the replay counter, 32 bits, and 64 bits reserved for extended numbers. */
    record ReplayValue(int value32, long value64) implements SolarisExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_REPLAY_VALUE;
        }
    }

    /** X_EDUMP: only SAs used within the last {@code timeout} seconds; 0 for all. */
    record ExtendedDump(long timeout) implements SolarisExtension {
        @Override
        public ExtensionType type() {
            return ExtensionType.X_EDUMP;
        }
    }
}
