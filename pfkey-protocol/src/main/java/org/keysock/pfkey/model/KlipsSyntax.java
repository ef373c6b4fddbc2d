package org.keysock.pfkey.model;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_PROXY;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;
import static org.keysock.pfkey.model.ExtensionType.IDENTITY_DST;
import static org.keysock.pfkey.model.ExtensionType.IDENTITY_SRC;
import static org.keysock.pfkey.model.ExtensionType.KEY_AUTH;
import static org.keysock.pfkey.model.ExtensionType.KEY_ENCRYPT;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_CURRENT;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_HARD;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_SOFT;
import static org.keysock.pfkey.model.ExtensionType.PROPOSAL;
import static org.keysock.pfkey.model.ExtensionType.SA;
import static org.keysock.pfkey.model.ExtensionType.SENSITIVITY;
import static org.keysock.pfkey.model.ExtensionType.SPIRANGE;
import static org.keysock.pfkey.model.ExtensionType.SUPPORTED_AUTH;
import static org.keysock.pfkey.model.ExtensionType.SUPPORTED_ENCRYPT;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_DST2;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_DST_FLOW;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_DST_MASK;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_SRC_FLOW;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_SRC_MASK;
import static org.keysock.pfkey.model.ExtensionType.X_DEBUG;
import static org.keysock.pfkey.model.ExtensionType.X_GRP_SA2;
import static org.keysock.pfkey.model.ExtensionType.X_NAT_T_DPORT;
import static org.keysock.pfkey.model.ExtensionType.X_NAT_T_OA;
import static org.keysock.pfkey.model.ExtensionType.X_NAT_T_SPORT;
import static org.keysock.pfkey.model.ExtensionType.X_NAT_T_TYPE;
import static org.keysock.pfkey.model.ExtensionType.X_PLUMBIF;
import static org.keysock.pfkey.model.ExtensionType.X_PROTOCOL;
import static org.keysock.pfkey.model.ExtensionType.X_SAREF;
import static org.keysock.pfkey.model.ExtensionType.X_SATYPE2;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which extensions a message of KLIPS must and may have: klips.md 1.6. One parser stands in the
 * kernel and in its tools, so that a tool refuses its own request before it writes it, and a kernel
 * its own answer.
 */
public final class KlipsSyntax {

    private static final Row NONE = row(List.of());
    private static final List<ExtensionType> SA_ADDRESSES = List.of(SA, ADDRESS_SRC, ADDRESS_DST);

    /** The four of an eroute. */
    private static final List<ExtensionType> FLOW =
            List.of(X_ADDRESS_SRC_FLOW, X_ADDRESS_DST_FLOW, X_ADDRESS_SRC_MASK, X_ADDRESS_DST_MASK);

    private final Map<MessageType, Row> rows;

    /**
     * The extensions of a message.
     *
     * @param required those that it must have
     * @param permitted those that it may have, the required ones among them
     */
    public record Row(Set<ExtensionType> required, Set<ExtensionType> permitted) {
        public Row {
            required = Set.copyOf(required);
            permitted = Set.copyOf(permitted);
        }

        private Row and(ExtensionType... also) {
            Set<ExtensionType> more = new HashSet<>(permitted);
            more.addAll(List.of(also));
            return new Row(required, more);
        }
    }

    private KlipsSyntax(Map<MessageType, Row> rows) {
        this.rows = rows;
    }

    private static Row row(List<ExtensionType> required) {
        return new Row(Set.copyOf(required), Set.copyOf(required));
    }

    private static Row row(ExtensionType... required) {
        return row(Arrays.asList(required));
    }

    /** What is written to the kernel. */
    public static KlipsSyntax towardsKernel(KlipsForm form) {
        Map<MessageType, Row> rows = new HashMap<>();
        Row sa = row(SA_ADDRESSES);
        rows.put(MessageType.GETSPI, row(ADDRESS_SRC, ADDRESS_DST, SPIRANGE).and(ADDRESS_PROXY));
        Row add =
                sa.and(
                        LIFETIME_HARD,
                        LIFETIME_SOFT,
                        ADDRESS_PROXY,
                        KEY_AUTH,
                        KEY_ENCRYPT,
                        IDENTITY_SRC,
                        IDENTITY_DST,
                        SENSITIVITY,
                        X_NAT_T_SPORT,
                        X_NAT_T_DPORT);
        rows.put(MessageType.UPDATE, add.and(LIFETIME_CURRENT));
        rows.put(MessageType.ADD, modern(add.and(X_NAT_T_TYPE, X_NAT_T_OA), form));
        rows.put(MessageType.DELETE, sa);
        rows.put(MessageType.GET, form == KlipsForm.LIBRESWAN ? sa.and(LIFETIME_CURRENT) : sa);
        rows.put(MessageType.EXPIRE, NONE);
        for (MessageType type :
                List.of(MessageType.REGISTER, MessageType.FLUSH, MessageType.DUMP)) {
            rows.put(type, NONE);
        }
        rows.put(
                MessageType.X_ADDFLOW,
                flow(List.of(SA, ADDRESS_DST))
                        .and(ADDRESS_SRC, IDENTITY_SRC, IDENTITY_DST, X_PROTOCOL));
        rows.put(
                MessageType.X_DELFLOW,
                NONE.and(FLOW.toArray(new ExtensionType[0]))
                        .and(SA, IDENTITY_SRC, IDENTITY_DST, X_PROTOCOL));
        return new KlipsSyntax(withCommon(rows));
    }

    /** What the kernel writes. */
    public static KlipsSyntax fromKernel(KlipsForm form) {
        Map<MessageType, Row> rows = new HashMap<>();
        Row sa = row(SA_ADDRESSES);
        Row limited =
                sa.and(
                        LIFETIME_HARD,
                        LIFETIME_SOFT,
                        IDENTITY_SRC,
                        IDENTITY_DST,
                        SENSITIVITY,
                        X_NAT_T_SPORT,
                        X_NAT_T_DPORT);
        rows.put(MessageType.GETSPI, sa);
        rows.put(MessageType.UPDATE, limited.and(LIFETIME_CURRENT, ADDRESS_PROXY));
        rows.put(MessageType.ADD, modern(limited.and(X_NAT_T_TYPE, X_NAT_T_OA), form));
        rows.put(MessageType.DELETE, sa);
        Row all =
                limited.and(
                        LIFETIME_CURRENT,
                        ADDRESS_PROXY,
                        KEY_AUTH,
                        KEY_ENCRYPT,
                        X_NAT_T_TYPE,
                        X_NAT_T_OA);
        rows.put(MessageType.GET, all);
        rows.put(
                MessageType.DUMP,
                new Row(
                        Set.of(SA, ADDRESS_SRC, ADDRESS_DST, KEY_AUTH, KEY_ENCRYPT),
                        all.permitted()));
        rows.put(MessageType.REGISTER, NONE.and(SUPPORTED_AUTH, SUPPORTED_ENCRYPT));
        rows.put(
                MessageType.EXPIRE,
                row(SA, LIFETIME_CURRENT, ADDRESS_SRC, ADDRESS_DST)
                        .and(LIFETIME_HARD, LIFETIME_SOFT));
        rows.put(MessageType.FLUSH, NONE);
        rows.put(
                MessageType.X_ADDFLOW, flow(List.of(SA, ADDRESS_DST)).and(ADDRESS_SRC, X_PROTOCOL));
        rows.put(MessageType.X_DELFLOW, flow(List.of()).and(SA, X_PROTOCOL));
        return new KlipsSyntax(withCommon(rows));
    }

    /** The rows that are the same in both directions; X_PROMISC and X_PCHANGE have none. */
    private static Map<MessageType, Row> withCommon(Map<MessageType, Row> rows) {
        rows.put(
                MessageType.ACQUIRE,
                row(ADDRESS_SRC, ADDRESS_DST, PROPOSAL)
                        .and(ADDRESS_PROXY, IDENTITY_SRC, IDENTITY_DST, SENSITIVITY));
        rows.put(
                MessageType.X_GRPSA,
                row(SA, ADDRESS_DST).and(X_SATYPE2, X_GRP_SA2, X_ADDRESS_DST2));
        rows.put(MessageType.X_DEBUG, row(X_DEBUG));
        rows.put(
                MessageType.X_NAT_T_NEW_MAPPING,
                row(SA, ADDRESS_SRC, ADDRESS_DST, X_NAT_T_SPORT, X_NAT_T_DPORT));
        rows.put(MessageType.X_PLUMBIF, row(X_PLUMBIF));
        rows.put(MessageType.X_UNPLUMBIF, row(X_PLUMBIF));
        return Map.copyOf(rows);
    }

    private static Row flow(List<ExtensionType> besides) {
        Set<ExtensionType> required = new HashSet<>(FLOW);
        required.addAll(besides);
        return new Row(required, required);
    }

    private static Row modern(Row row, KlipsForm form) {
        return form.modern() ? row.and(X_PLUMBIF, X_SAREF) : row;
    }

    /** The extensions of a message, or null when no message of that type is ever right. */
    public @Nullable Row row(MessageType type) {
        return rows.get(type);
    }
}
