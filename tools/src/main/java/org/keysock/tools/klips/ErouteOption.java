package org.keysock.tools.klips;

/** The options of {@code ipsec eroute}, in the order in which the original lists candidates. */
enum ErouteOption implements LongOption {
    DST("dst", true),
    SRC("src", true),
    ERAF("eraf", true),
    ADD("add", false),
    ADDIN("addin", false),
    REPLACE("replace", false),
    CLEAR("clear", false),
    DEL("del", false),
    AF("af", true),
    EDST("edst", true),
    PROTO("proto", true),
    TRANSPORT_PROTO("transport-proto", true),
    SRC_PORT("src-port", true),
    DST_PORT("dst-port", true),
    HELP("help", false),
    SPI("spi", true),
    SAID("said", true),
    VERSION("version", false),
    LABEL("label", true),
    OPTIONSFROM("optionsfrom", true),
    DEBUG("debug", false);

    private final String word;
    private final boolean valued;

    ErouteOption(String word, boolean valued) {
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
