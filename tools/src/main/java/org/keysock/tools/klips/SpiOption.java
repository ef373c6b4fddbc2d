package org.keysock.tools.klips;

/** The options of {@code ipsec spi}, in the order in which the option library tells candidates. */
enum SpiOption implements LongOption {
    AH("ah="),
    ESP("esp="),
    COMP("comp="),
    IP4("ip4"),
    IP6("ip6"),
    DEL("del"),
    AUTHKEY("authkey="),
    ENCKEY("enckey="),
    EDST("edst="),
    SPI("spi="),
    PROTO("proto="),
    AF("af="),
    REPLAY_WINDOW("replay_window="),
    IV("iv="),
    DST("dst="),
    SRC("src="),
    NATT("natt="),
    DPORT("dport="),
    SPORT("sport="),
    SAID("said="),
    DEBUG("debug"),
    OPTIONSFROM("optionsfrom="),
    LIFE("life="),
    LABEL("label="),
    SAREF("saref"),
    LISTENREPLY("listenreply"),
    HELP("help"),
    VERSION("version"),
    CLEAR("clear");

    private final String spelling;

    SpiOption(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
