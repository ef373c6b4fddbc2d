package org.keysock.tools.klips;

/** The options of {@code ipsec eroute}, in the order in which the original lists candidates. */
enum ErouteOption implements LongOption {
    DST("dst="),
    SRC("src="),
    ERAF("eraf="),
    ADD("add"),
    ADDIN("addin"),
    REPLACE("replace"),
    CLEAR("clear"),
    DEL("del"),
    AF("af="),
    EDST("edst="),
    PROTO("proto="),
    TRANSPORT_PROTO("transport-proto="),
    SRC_PORT("src-port="),
    DST_PORT("dst-port="),
    HELP("help"),
    SPI("spi="),
    SAID("said="),
    VERSION("version"),
    LABEL("label="),
    OPTIONSFROM("optionsfrom="),
    DEBUG("debug");

    private final String spelling;

    ErouteOption(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
