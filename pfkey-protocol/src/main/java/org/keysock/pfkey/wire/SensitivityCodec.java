package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.SaType;

/** SADB_EXT_SENSITIVITY and Solaris' X_OUTER_SENS: RFC 2367 section 2.3.6. */
record SensitivityCodec(ExtensionType type, Fault malformed)
        implements ExtensionCodec<Extension.Sensitivity> {

    private static final int HEAD = 12;

    @Override
    public boolean checks() {
        return true;
    }

    @Override
    public @Nullable Fault check(Cursor body) {
        int words = body.peek8(5) + body.peek8(7);
        return 8 * words <= body.remaining() - HEAD ? null : malformed;
    }

    @Override
    public Extension.Sensitivity read(Cursor body, SaType saType) {
        int domain = body.u32();
        int level = body.u8();
        int words = body.u8();
        int integrityLevel = body.u8();
        int integrityWords = body.u8();
        int flags = body.u32();
        return new Extension.Sensitivity(
                type,
                domain,
                level,
                integrityLevel,
                flags,
                bitmap(body, words),
                bitmap(body, integrityWords));
    }

    private static List<Long> bitmap(Cursor body, int words) {
        List<Long> bitmap = new ArrayList<>(words);
        for (int word = 0; word < words; word++) {
            bitmap.add(body.u64());
        }
        return bitmap;
    }

    @Override
    public void write(Extension.Sensitivity label, Sink body, SaType saType) {
        body.u32(label.domain());
        body.u8(label.level());
        body.u8(label.sensitivity().size());
        body.u8(label.integrityLevel());
        body.u8(label.integrity().size());
        body.u32(label.flags());
        label.sensitivity().forEach(body::u64);
        label.integrity().forEach(body::u64);
    }
}
