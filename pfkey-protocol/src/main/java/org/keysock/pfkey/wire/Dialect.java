package org.keysock.pfkey.wire;

import java.nio.ByteOrder;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

/**
 * One dialect of PF_KEY on hosts of one byte order, as tables: its numbers, its layouts and what it
 * calls well formed. Immutable; what differs between dialects differs in the values given here and
 * nowhere else in this package. The tables are in {@code Rfc2367}, {@code Solaris}, {@code Klips}
 * and {@code Linux}.
 */
public final class Dialect {

    private static final Set<DialectName> SPOKEN =
            Collections.unmodifiableSet(EnumSet.allOf(DialectName.class));

    /** Made when first asked for: a command that speaks one dialect starts faster so. */
    private static final Map<DialectName, Dialect> LITTLE = new EnumMap<>(DialectName.class);

    private static final Map<DialectName, Dialect> BIG = new EnumMap<>(DialectName.class);

    private final DialectName name;
    private final ByteOrder order;
    private final Numbers numbers;
    private final NumberSpace<ExtensionType> extensionTypes;
    private final Grammar requests;
    private final Grammar replies;
    private final boolean encloses;

    /**
     * A dialect.
     *
     * @param requests what it makes of what clients write
     * @param replies the extensions that kernels write, read without any checks
     * @param encloses whether X_PROMISC messages carry a whole message
     */
    Dialect(
            DialectName name,
            ByteOrder order,
            Numbers numbers,
            Grammar requests,
            List<ExtensionRow> replies,
            boolean encloses) {
        this.name = name;
        this.order = order;
        this.numbers = numbers;
        this.requests = requests;
        this.encloses = encloses;
        NumberSpace.Builder<ExtensionType> types =
                NumberSpace.of(ExtensionType.all(), ExtensionType::unknown);
        for (ExtensionRow row : replies) {
            types.put(row.number(), row.type());
        }
        this.extensionTypes = types.build();
        this.replies =
                Grammar.lenient(
                        replies,
                        Fault.refused(Errno.EMSGSIZE, "shorter than a base header"),
                        Fault.refused(Errno.EMSGSIZE, "a length that is not the bytes'"));
    }

    private static Dialect made(DialectName name, ByteOrder order) {
        return switch (name) {
            case RFC2367 -> Rfc2367.dialect(order);
            case SOLARIS -> Solaris.dialect(order);
            case LINUX -> Linux.dialect(order);
            case KLIPS -> Klips.dialect(KlipsForm.CLASSIC, order);
        };
    }

    /** The dialect of that name on a host like this one. */
    public static Dialect of(DialectName name) {
        return of(name, ByteOrder.nativeOrder());
    }

    /** The dialect of that name on a host of that byte order. */
    public static Dialect of(DialectName name, ByteOrder order) {
        Map<DialectName, Dialect> dialects = order == ByteOrder.BIG_ENDIAN ? BIG : LITTLE;
        synchronized (dialects) {
            Dialect dialect = dialects.get(name);
            if (dialect == null) {
                dialect = made(name, order);
                dialects.put(name, dialect);
            }
            return dialect;
        }
    }

    /**
     * KLIPS' dialect in one of its forms, on a host of that byte order; {@link #of} gives the
     * classic one. A message that was read in one form is not to be written in another: what was
     * kept of its bytes would come out as it was.
     */
    public static Dialect klips(KlipsForm form, ByteOrder order) {
        return form == KlipsForm.CLASSIC
                ? of(DialectName.KLIPS, order)
                : Klips.dialect(form, order);
    }

    /** The dialects that have a codec; kernels have reasons of their own to speak fewer. */
    public static Set<DialectName> spoken() {
        return SPOKEN;
    }

    /** Which dialect this is. */
    public DialectName name() {
        return name;
    }

    /** The byte order of the hosts that speak it here. */
    public ByteOrder order() {
        return order;
    }

    /** {@code sadb_msg_type}. */
    public NumberSpace<MessageType> messageTypes() {
        return numbers.messageTypes();
    }

    /** {@code sadb_msg_satype}. */
    public NumberSpace<SaType> saTypes() {
        return numbers.saTypes();
    }

    /** {@code sadb_sa_state}. */
    public NumberSpace<SaState> states() {
        return numbers.states();
    }

    /** {@code sadb_ext_type}. */
    public NumberSpace<ExtensionType> extensionTypes() {
        return extensionTypes;
    }

    /** {@code sadb_ident_type}. */
    public NumberSpace<IdentityType> identityTypes() {
        return numbers.identities();
    }

    /** {@code sadb_msg_errno}: the numbers of the dialect's own system. */
    public NumberSpace<Errno> errnos() {
        return numbers.errnos();
    }

    /** {@code sadb_sa_flags}. */
    public FlagBits flags() {
        return numbers.flags();
    }

    /** {@code sadb_sa_auth}. */
    public NumberSpace<AuthAlgorithm> authAlgorithms() {
        return numbers.auths();
    }

    /** {@code sadb_sa_encrypt} in an SA of that type: IPCOMP has numbers of its own. */
    public NumberSpace<EncryptionAlgorithm> encryptionAlgorithms(SaType saType) {
        return saType == SaType.X_IPCOMP ? numbers.compressions() : numbers.ciphers();
    }

    /** Whether an X_PROMISC message carries a whole message where others have extensions. */
    public boolean encloses() {
        return encloses;
    }

    /** What is well formed when a client wrote it. */
    Grammar requests() {
        return requests;
    }

    /** What is well formed when a kernel wrote it. */
    Grammar replies() {
        return replies;
    }

    @Override
    public String toString() {
        return name.text() + " " + order;
    }
}
