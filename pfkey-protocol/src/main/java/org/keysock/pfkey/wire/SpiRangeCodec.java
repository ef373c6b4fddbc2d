package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension.SpiRange;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/**
 * SADB_EXT_SPIRANGE: RFC 2367 section 2.3.9.
 *
 * @param network whether the bounds stand in network order (Solaris, KLIPS) or in host order
 * @param reversed what the dialect says to a minimum above the maximum, if its codec says anything
 */
record SpiRangeCodec(boolean network, @Nullable Fault reversed)
        implements ExtensionCodec<SpiRange> {

    @Override
    public boolean checks() {
        return reversed != null;
    }

    @Override
    public @Nullable Fault check(Cursor body) {
        return reversed != null && Integer.compareUnsigned(bound(body), bound(body)) > 0
                ? reversed
                : null;
    }

    private int bound(Cursor body) {
        return network ? body.u32be() : body.u32();
    }

    @Override
    public SpiRange read(Cursor body, SaType saType) {
        SpiRange range = new SpiRange(new Spi(bound(body)), new Spi(bound(body)));
        body.reserved(4);
        return range;
    }

    @Override
    public void write(SpiRange range, Sink body, SaType saType) {
        bound(range.min(), body);
        bound(range.max(), body);
        body.reserved(4);
    }

    private void bound(Spi spi, Sink body) {
        if (network) {
            body.u32be(spi.value());
        } else {
            body.u32(spi.value());
        }
    }
}
