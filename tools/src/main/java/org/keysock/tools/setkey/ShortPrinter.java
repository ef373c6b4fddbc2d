package org.keysock.tools.setkey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.Extension.Sa;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.text.AddressText;

/** Shows an SA as one line, {@code -l}: section 12.4. */
final class ShortPrinter {

    /** What stands above the lines. */
    static final String HEADING = "time p   s spi      ltime   src -> dst\n";

    /** Larval, mature, dying, dead. */
    private static final String STATES = "LMDd";

    private static final int BIG = 1000;

    private final Moments moments;

    ShortPrinter(Moments moments) {
        this.moments = moments;
    }

    /** Appends the line of a message. */
    void append(StringBuilder text, SadbMessage message) {
        long now = moments.now();
        String time = moments.time(now);
        text.append(time, 3, 5).append(time, 6, 8).append(' ');
        SaType saType = message.header().saType();
        boolean named = saType == SaType.ESP || saType == SaType.AH;
        padded(text, named ? SaPrinter.type(saType) : "#" + Numbers.of(saType));
        text.append(' ');
        Sa sa = message.sa();
        int state = sa == null ? STATES.length() : Numbers.of(sa.state());
        text.append(state < STATES.length() ? STATES.charAt(state) : '?').append(' ');
        if (sa == null) {
            text.append("????????");
        } else {
            HexLines.eight(text, sa.spi().value());
        }
        age(text.append(' '), message, now);
        Address source = message.address(ExtensionType.ADDRESS_SRC);
        if (source != null && source.protocol() != 0) {
            text.append(UpperLayer.name(source.protocol())).append(' ');
        }
        end(text, source);
        text.append(" -> ");
        end(text, message.address(ExtensionType.ADDRESS_DST));
        text.append('\n');
    }

    /** Seconds since it was added, and how many it has. */
    private static void age(StringBuilder text, SadbMessage message, long now) {
        Lifetime current = message.lifetime(ExtensionType.LIFETIME_CURRENT);
        Lifetime hard = message.lifetime(ExtensionType.LIFETIME_HARD);
        if (current == null || hard == null) {
            text.append(" ??/??? ");
            return;
        }
        String age = number(current.addTime() == 0 ? 0 : now - current.addTime());
        for (int missing = age.length(); missing < 3; missing++) {
            text.append(' ');
        }
        padded(text.append(age).append('/'), number(hard.addTime()));
        text.append(' ');
    }

    private static String number(long seconds) {
        return seconds < 0 || seconds >= BIG ? "big" : Long.toString(seconds);
    }

    private static void padded(StringBuilder text, String word) {
        text.append(word);
        for (int missing = word.length(); missing < 3; missing++) {
            text.append(' ');
        }
    }

    private static void end(StringBuilder text, @Nullable Address end) {
        if (end == null || end.address() == null) {
            text.append('?');
            return;
        }
        text.append(AddressText.format(end.address()));
        if (end.port() != 0) {
            text.append('[').append(end.port()).append(']');
        }
    }
}
