package org.keysock.tools.klips;

/** The options of {@code ipsec spi}, in the order in which the option library tells candidates. */
enum SpiOption implements LongOption {
    AH("ah", true),
    ESP("esp", true),
    COMP("comp", true),
    IP4("ip4", false),
    IP6("ip6", false),
    DEL("del", false),
    AUTHKEY("authkey", true),
    ENCKEY("enckey", true),
    EDST("edst", true),
    SPI("spi", true),
    PROTO("proto", true),
    AF("af", true),
    REPLAY_WINDOW("replay_window", true),
    IV("iv", true),
    DST("dst", true),
    SRC("src", true),
    NATT("natt", true),
    DPORT("dport", true),
    SPORT("sport", true),
    SAID("said", true),
    DEBUG("debug", false),
    OPTIONSFROM("optionsfrom", true),
    LIFE("life", true),
    LABEL("label", true),
    SAREF("saref", false),
    LISTENREPLY("listenreply", false),
    HELP("help", false),
    VERSION("version", false),
    CLEAR("clear", false);

    private final String word;
    private final boolean valued;

    SpiOption(String word, boolean valued) {
        this.word = word;
        this.valued = valued;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public boolean valued() {
        return valued;
    }
}
