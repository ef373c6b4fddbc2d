package org.keysock.tools.ipseckey;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the language, solaris.md 4.7: what a word is called, what follows it, which
 * commands take it, and what happens when it comes again. One entry stands for all its synonyms;
 * those that end in 6 ask for IPv6.
 */
@SuppressWarnings("ImmutableEnumChecker") // nothing in here is ever written to
enum Token {
    SPI(Kind.SPI, Use.ANY, Again.VALUE_SKIPPED, "SPI value", "spi"),
    PAIR_SPI(Kind.SPI, Use.CHANGE, Again.VALUE_SKIPPED, "pair SPI value", "pair-spi"),
    REPLAY(Kind.number(8), Use.CHANGE, Again.VALUE_SKIPPED, "replay window size", "replay"),
    STATE(Kind.STATE, Use.CHANGE, Again.VALUE_SKIPPED, "SA state", "state"),
    AUTHALG(
            Kind.AUTHENTICATION,
            Use.CHANGE,
            Again.VALUE_SKIPPED,
            "auth algorithm",
            "auth_alg",
            "authalg"),
    ENCRALG(
            Kind.ENCRYPTION,
            Use.CHANGE,
            Again.VALUE_SKIPPED,
            "encryption algorithm",
            "encr_alg",
            "encralg"),
    ENCAP(Kind.ENCAPSULATION, Use.CHANGE, Again.VALUE_SKIPPED, "encapsulation", "encap"),
    INBOUND(Kind.FLAG, Use.ANY, Again.LAST_WINS, "", "inbound"),
    OUTBOUND(Kind.FLAG, Use.ANY, Again.LAST_WINS, "", "outbound"),
    REPLAY_VALUE(Kind.number(32), Use.CHANGE, Again.VALUE_READ, "replay value", "replay_value"),
    SPORT(Kind.number(16), Use.ANY, Again.VALUE_READ, "source port", "sport"),
    DPORT(Kind.number(16), Use.ANY, Again.VALUE_READ, "destination port", "dport"),
    PROTO(Kind.number(8), Use.ANY, Again.VALUE_READ, "protocol", "proto", "ulp"),
    NAT_LPORT(Kind.number(16), Use.CHANGE, Again.VALUE_READ, "NAT-T local port", "nat_lport"),
    NAT_RPORT(Kind.number(16), Use.CHANGE, Again.VALUE_READ, "NAT-T remote port", "nat_rport"),
    ISPORT(
            Kind.number(16),
            Use.CHANGE,
            Again.VALUE_READ,
            "inner-source port",
            "isport",
            "innersport"),
    IDPORT(
            Kind.number(16),
            Use.CHANGE,
            Again.VALUE_READ,
            "inner-destination port",
            "idport",
            "innerdport"),
    IPROTO(Kind.number(8), Use.CHANGE, Again.VALUE_READ, "inner protocol", "iproto", "iulp"),
    HARD_ALLOC(
            Kind.number(32),
            Use.CHANGE,
            Again.VALUE_SKIPPED,
            "hard allocation limit",
            "hard_alloc"),
    HARD_BYTES(Kind.number(64), Use.CHANGE, Again.VALUE_SKIPPED, "hard byte limit", "hard_bytes"),
    HARD_ADDTIME(
            Kind.number(64), Use.CHANGE, Again.VALUE_SKIPPED, "past-add lifetime", "hard_addtime"),
    HARD_USETIME(
            Kind.number(64), Use.CHANGE, Again.VALUE_SKIPPED, "past-use lifetime", "hard_usetime"),
    SOFT_ALLOC(
            Kind.number(32),
            Use.CHANGE,
            Again.VALUE_SKIPPED,
            "soft allocation limit",
            "soft_alloc"),
    SOFT_BYTES(Kind.number(64), Use.CHANGE, Again.VALUE_SKIPPED, "soft byte limit", "soft_bytes"),
    SOFT_ADDTIME(
            Kind.number(64), Use.CHANGE, Again.VALUE_SKIPPED, "past-add lifetime", "soft_addtime"),
    SOFT_USETIME(
            Kind.number(64), Use.CHANGE, Again.VALUE_SKIPPED, "past-use lifetime", "soft_usetime"),
    IDLE_ADDTIME(Kind.number(32), Use.CHANGE, Again.LAST_WINS, "", "idle_addtime"),
    IDLE_USETIME(Kind.number(32), Use.CHANGE, Again.LAST_WINS, "", "idle_usetime"),
    SRC(
            Kind.ADDRESS,
            Use.ANY,
            Again.VALUE_READ,
            "source address",
            "src",
            "saddr",
            "srcaddr",
            "src6",
            "saddr6",
            "srcaddr6"),
    DST(
            Kind.ADDRESS,
            Use.ANY,
            Again.VALUE_READ,
            "destination address",
            "dst",
            "daddr",
            "dstaddr",
            "dst6",
            "daddr6",
            "dstaddr6"),
    NAT_LOC(Kind.ADDRESS, Use.CHANGE, Again.VALUE_READ, "NAT-T local address", "nat_loc"),
    NAT_REM(Kind.ADDRESS, Use.CHANGE, Again.VALUE_READ, "NAT-T remote address", "nat_rem"),
    ISRC(
            Kind.PREFIX,
            Use.CHANGE,
            Again.VALUE_READ,
            "proxy/inner-source address",
            "isrc",
            "innersrc",
            "proxy",
            "proxyaddr",
            "isrc6",
            "innersrc6",
            "proxy6",
            "proxyaddr6"),
    IDST(
            Kind.PREFIX,
            Use.CHANGE,
            Again.VALUE_READ,
            "inner-destination address",
            "idst",
            "innerdst",
            "idst6",
            "innerdst6"),
    AUTHKEY(Kind.KEY, Use.CHANGE, Again.VALUE_READ, "authentication key", "authkey"),
    ENCRKEY(Kind.KEY, Use.CHANGE, Again.VALUE_READ, "encryption key", "encrkey"),
    RESERVED_BITS(Kind.number(16), Use.CHANGE, Again.LAST_WINS, "", "reserved_bits"),
    SRCIDTYPE(
            Kind.IDENTITY,
            Use.CHANGE,
            Again.VALUE_READ,
            "source certificate identity",
            "srcidtype"),
    DSTIDTYPE(
            Kind.IDENTITY,
            Use.CHANGE,
            Again.VALUE_READ,
            "destination certificate identity",
            "dstidtype"),
    LABEL(Kind.LABEL, Use.CHANGE, Again.LAST_WINS, "", "label"),
    OUTER_LABEL(Kind.LABEL, Use.CHANGE, Again.LAST_WINS, "", "outer-label"),
    IMPLICIT_LABEL(Kind.LABEL, Use.CHANGE, Again.LAST_WINS, "", "implicit-label"),
    FLAGS("flags"),
    CURRENT_ALLOC("current_alloc"),
    CURRENT_BYTES("current_bytes"),
    CURRENT_ADDTIME("current_addtime"),
    CURRENT_USETIME("current_usetime"),
    DPD("dpd"),
    SENS_LEVEL("sens_level"),
    SENS_MAP("sens_map"),
    INTEG_LEVEL("integ_level"),
    INTEG_MAP("integ_map");

    /** Which commands take a token. */
    enum Use {
        /** Add, update and update-pair, and those that only name an SA. */
        ANY,
        /** Add, update and update-pair. */
        CHANGE,
        /** None: the word is known and refused. */
        NONE
    }

    /** What happens when a token comes a second time. */
    enum Again {
        /** An error; its value is passed over. */
        VALUE_SKIPPED,
        /** An error; its value is read as a token. */
        VALUE_READ,
        /** No error. */
        LAST_WINS
    }

    /** What follows a token. */
    record Kind(Form form, int bits) {
        static final Kind SPI = new Kind(Form.SPI, 32);
        static final Kind STATE = new Kind(Form.STATE, 0);
        static final Kind AUTHENTICATION = new Kind(Form.AUTHENTICATION, 0);
        static final Kind ENCRYPTION = new Kind(Form.ENCRYPTION, 0);
        static final Kind ENCAPSULATION = new Kind(Form.ENCAPSULATION, 0);
        static final Kind ADDRESS = new Kind(Form.ADDRESS, 0);
        static final Kind PREFIX = new Kind(Form.PREFIX, 0);
        static final Kind KEY = new Kind(Form.KEY, 0);
        static final Kind IDENTITY = new Kind(Form.IDENTITY, 0);
        static final Kind LABEL = new Kind(Form.LABEL, 0);
        static final Kind FLAG = new Kind(Form.FLAG, 0);

        /** A number that must fit into so many bits. */
        static Kind number(int bits) {
            return new Kind(Form.NUMBER, bits);
        }
    }

    /** Forms of values. */
    enum Form {
        NUMBER,
        SPI,
        STATE,
        AUTHENTICATION,
        ENCRYPTION,
        ENCAPSULATION,
        ADDRESS,
        PREFIX,
        KEY,
        IDENTITY,
        LABEL,
        FLAG
    }

    private static final Map<String, Token> BY_NAME = new HashMap<>(256);

    static {
        for (Token token : values()) {
            for (String name : token.names) {
                BY_NAME.put(name, token);
            }
        }
    }

    private final Kind kind;
    private final Use use;
    private final Again again;
    private final String what;
    private final String[] names;

    Token(Kind kind, Use use, Again again, String what, String... names) {
        this.kind = kind;
        this.use = use;
        this.again = again;
        this.what = what;
        this.names = names;
    }

    Token(String name) {
        this(Kind.FLAG, Use.NONE, Again.LAST_WINS, "", name);
    }

    /** The token of that name or synonym, case counts; null when there is none. */
    static @Nullable Token of(String word) {
        return BY_NAME.get(word);
    }

    Form form() {
        return kind.form();
    }

    /** How many words follow it. */
    int valueCount() {
        return switch (form()) {
            case FLAG -> 0;
            case IDENTITY -> 2;
            default -> 1;
        };
    }

    /** Width of a number's field. */
    int bits() {
        return kind.bits();
    }

    Use use() {
        return use;
    }

    Again again() {
        return again;
    }

    /** What the token gives, in the words of the messages. */
    String what() {
        return what;
    }

    /** The name and its synonyms. */
    String[] names() {
        return names.clone();
    }
}
