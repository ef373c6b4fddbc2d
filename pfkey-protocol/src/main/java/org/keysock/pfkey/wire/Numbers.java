package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.List;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

/** The number spaces of one dialect, but for that of its extensions. */
record Numbers(
        NumberSpace<MessageType> messageTypes,
        NumberSpace<SaType> saTypes,
        NumberSpace<SaState> states,
        NumberSpace<IdentityType> identities,
        NumberSpace<Errno> errnos,
        FlagBits flags,
        NumberSpace<AuthAlgorithm> auths,
        NumberSpace<EncryptionAlgorithm> ciphers,
        NumberSpace<EncryptionAlgorithm> compressions,
        NumberSpace<EncryptionAlgorithm> tunnels) {

    /** The given spaces, and those of a table of algorithms. */
    static Numbers of(
            AlgorithmTable algorithms,
            NumberSpace<MessageType> messageTypes,
            NumberSpace<SaType> saTypes,
            NumberSpace<SaState> states,
            NumberSpace<IdentityType> identities,
            NumberSpace<Errno> errnos,
            FlagBits flags) {
        return new Numbers(
                messageTypes,
                saTypes,
                states,
                identities,
                errnos,
                flags,
                auths(algorithms),
                ciphers(algorithms, Algorithm.Kind.ENCRYPT),
                ciphers(algorithms, Algorithm.Kind.COMPRESS),
                ciphers(algorithms, Algorithm.Kind.TUNNEL));
    }

    /** The authentication algorithms of a table, and 0 for none. */
    private static NumberSpace<AuthAlgorithm> auths(AlgorithmTable table) {
        NumberSpace.Builder<AuthAlgorithm> space =
                NumberSpace.of(AuthAlgorithm.all(), AuthAlgorithm::unknown)
                        .put(0, AuthAlgorithm.NONE);
        for (Algorithm row : table.rows(Algorithm.Kind.AUTH)) {
            space.put(row.number(), (AuthAlgorithm) row.code());
        }
        return space.build();
    }

    /**
     * The algorithms of a table that are of one of the other kinds, and 0 for none. Each shows the
     * others' numbers too, since an SA extension is written without a look at its SA type.
     */
    private static NumberSpace<EncryptionAlgorithm> ciphers(
            AlgorithmTable table, Algorithm.Kind kind) {
        NumberSpace.Builder<EncryptionAlgorithm> space =
                NumberSpace.of(EncryptionAlgorithm.all(), EncryptionAlgorithm::unknown)
                        .put(0, EncryptionAlgorithm.NONE);
        for (Algorithm row : encrypting(table)) {
            if (row.kind() == kind) {
                space.put(row.number(), (EncryptionAlgorithm) row.code());
            } else {
                space.show((EncryptionAlgorithm) row.code(), row.number());
            }
        }
        return space.build();
    }

    private static List<Algorithm> encrypting(AlgorithmTable table) {
        List<Algorithm> rows = new ArrayList<>();
        for (Algorithm row : table.rows()) {
            if (row.kind() != Algorithm.Kind.AUTH) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** What {@code sadb_sa_encrypt} says in an SA of that type. */
    EncryptionAlgorithm encryption(int number, SaType saType) {
        return (saType == SaType.X_IPCOMP ? compressions : ciphers).code(number);
    }

    /** The number in {@code sadb_sa_encrypt}; 0 for what the dialect has no number for. */
    int number(EncryptionAlgorithm algorithm) {
        return ciphers.number(algorithm, 0);
    }

    /** The number in {@code sadb_sa_auth}; 0 for what the dialect has no number for. */
    int number(AuthAlgorithm algorithm) {
        return auths.number(algorithm, 0);
    }
}
