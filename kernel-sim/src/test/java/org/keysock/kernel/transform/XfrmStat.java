package org.keysock.kernel.transform;

/** Which counter of {@code /proc/net/xfrm_stat} Linux counts an inbound fate by. */
final class XfrmStat {

    private XfrmStat() {}

    /** The counter's name, empty when Linux counts nothing there. */
    static String counter(Fate fate) {
        return switch (fate) {
            case REPLAYED -> "XfrmInStateSeqError";
            case AUTHENTICATION,
                    BLOCK_SIZE,
                    PADDING,
                    DUMMY,
                    AH_LENGTH,
                    DECOMPRESSION,
                    DECOMPRESSION_BOMB ->
                    "XfrmInStateProtoError";
            case UNKNOWN_SPI -> "XfrmInNoStates";
            case PROTOCOL_HEADER -> "XfrmInHdrError";
            case MODE -> "XfrmInStateModeError";
            case ENCAPSULATION -> "XfrmInStateMismatch";
            case SA_EXPIRED -> "XfrmInStateExpired";
            case SA_STATE -> "XfrmInStateInvalid";
            case POLICY_DISCARD -> "XfrmInPolBlock";
            case POLICY_MISMATCH -> "XfrmInTmplMismatch";
            default -> "";
        };
    }
}
