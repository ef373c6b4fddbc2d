package org.keysock.pfkey.text;

import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/**
 * One message as people read it: a line for the base header and an indented line for each
 * extension, in the words of RFC 2367 and of the dialects' own headers. Fields that are 0 are left
 * out. Moments are UTC, limits seconds, key lengths bits, addresses without a name.
 *
 * <p>Key bytes, and bytes that nobody could read, appear only {@link #withKeys() when asked for}.
 */
public final class MessageText {

    private final DialectName dialect;
    private final boolean keys;

    private MessageText(DialectName dialect, boolean keys) {
        this.dialect = dialect;
        this.keys = keys;
    }

    /** The text of messages as a socket of that dialect shows them, keys hidden. */
    public static MessageText in(DialectName dialect) {
        return new MessageText(dialect, false);
    }

    /** The same with key bytes in hexadecimal. */
    public MessageText withKeys() {
        return new MessageText(dialect, true);
    }

    /** A message, without a line end behind the last line. */
    public String of(SadbMessage message) {
        Words words = new Words(dialect, keys);
        write(message, words);
        return words.toString();
    }

    /** A message, or what was wrong with bytes that are none. */
    public String of(Reading reading) {
        if (reading instanceof Reading.Whole whole) {
            return of(whole.message());
        }
        Reading.Broken broken = (Reading.Broken) reading;
        Words words = new Words(dialect, keys);
        header(broken.header(), words);
        words.indented(
                () -> {
                    words.line("broken at byte").say(broken.offset() + ":");
                    words.say(broken.fault().reason());
                    if (broken.fault().errno() != Errno.OK) {
                        words.say("(" + broken.fault().errno() + ")");
                    }
                });
        return words.toString();
    }

    /** Begins with a line for the header. */
    static void write(SadbMessage message, Words words) {
        header(message.header(), words);
        words.indented(
                () -> {
                    for (Extension extension : message.extensions()) {
                        ExtensionTexts.write(extension, words);
                    }
                });
    }

    private static void header(BaseHeader header, Words words) {
        words.line(header.type().toString())
                .say(header.saType())
                .say("seq", Integer.toUnsignedLong(header.sequence()))
                .say("pid", Integer.toUnsignedLong(header.pid()));
        if (header.version() != BaseHeader.PF_KEY_V2) {
            words.say("version", header.version());
        }
        if (header.errno() != Errno.OK) {
            words.say("errno", header.errno());
        }
        reserved(header, words);
    }

    /** Solaris gives a reason there when it refuses; elsewhere it is a number. */
    private static void reserved(BaseHeader header, Words words) {
        Diagnostic diagnostic =
                words.dialect() == DialectName.SOLARIS && header.errno() != Errno.OK
                        ? Diagnostic.of(header.reserved())
                        : null;
        if (diagnostic == null || diagnostic == Diagnostic.NONE) {
            words.unlessZero("reserved", header.reserved());
        } else {
            words.say(diagnostic).say("(" + diagnostic.wording() + ")");
        }
    }

    /** The name of a small number, or the number itself. */
    static String named(String[] names, int number) {
        return number >= 0 && number < names.length ? names[number] : String.valueOf(number);
    }
}
