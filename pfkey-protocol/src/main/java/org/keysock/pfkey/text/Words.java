package org.keysock.pfkey.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.Sockaddr;

/** The text of one message while it grows: words with a space between, lines with an indent. */
final class Words {

    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder(512);
    private final DialectName dialect;
    private final boolean keys;
    private String indent = "";

    Words(DialectName dialect, boolean keys) {
        this.dialect = dialect;
        this.keys = keys;
    }

    /** The dialect that the message was read in. */
    DialectName dialect() {
        return dialect;
    }

    /** Begins a line. */
    Words line(String first) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(indent).append(first);
        return this;
    }

    /** Runs {@code lines} with every line it begins one step to the right. */
    void indented(Runnable lines) {
        String outer = indent;
        indent = outer + STEP;
        lines.run();
        indent = outer;
    }

    Words say(Object word) {
        text.append(' ').append(word);
        return this;
    }

    Words say(String name, Object value) {
        return say(name).say(value);
    }

    /** A name and a number, unless the number is 0. */
    Words unlessZero(String name, long value) {
        return value == 0 ? this : say(name, value);
    }

    /** A name and an unsigned 64-bit number, unless it is 0. */
    Words unlessZeroUnsigned(String name, long value) {
        return value == 0 ? this : say(name, Long.toUnsignedString(value));
    }

    /** A name and a number of seconds, unless it is 0. */
    Words seconds(String name, long value) {
        return value == 0 ? this : say(name, Long.toUnsignedString(value)).say("s");
    }

    /** A name and a moment in UTC, unless it is 0. */
    Words moment(String name, long epochSecond) {
        if (epochSecond == 0) {
            return this;
        }
        try {
            return say(name, Instant.ofEpochSecond(epochSecond));
        } catch (DateTimeException tooFarAway) {
            return say(name, Long.toUnsignedString(epochSecond));
        }
    }

    /** A number as hexadecimal, unless it is 0. */
    Words hex(String name, long value) {
        return value == 0 ? this : say(name, "0x" + Long.toHexString(value));
    }

    /** An address, its port and scope where they are set. */
    Words address(Sockaddr sockaddr) {
        say(sockaddr.address() == null ? sockaddr : sockaddr.address());
        unlessZero("port", sockaddr.port());
        if (sockaddr instanceof Sockaddr.Inet6 inet6) {
            hex("flow", Integer.toUnsignedLong(inet6.flowInfo()));
            unlessZero("scope", Integer.toUnsignedLong(inet6.scopeId()));
        }
        return this;
    }

    /** A key, in hexadecimal if keys are wanted. */
    Words key(KeyMaterial material) {
        return keys ? say(HexFormat.of().formatHex(material.revealed())) : say("hidden");
    }

    /** Bytes that may hold a secret: shown like a key. */
    Words bytes(byte[] bytes) {
        say(bytes.length).say("bytes");
        return keys && bytes.length > 0 ? say(HexFormat.of().formatHex(bytes)) : this;
    }

    /** Text from outside, in quotes, with everything but printable ASCII escaped. */
    Words quoted(String outside) {
        StringBuilder quoted = new StringBuilder("\"");
        outside.chars()
                .forEach(
                        c -> {
                            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                                quoted.append(String.format("\\x%02x", c));
                            } else {
                                quoted.append((char) c);
                            }
                        });
        return say(quoted.append('"'));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
