package org.keysock.tools.ipseckey;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.text.NumberText;
import org.keysock.tools.ipseckey.Complaints.Abandoned;

/**
 * Reads the words behind add, update, update-pair, delete, delete-pair and get into a {@link
 * Draft}, after the table {@link Token}. Errors are collected, so that a line's errors are told
 * together; some give the line up at once, as the original does.
 */
final class SaWords {

    /** The one encapsulation. */
    static final String UDP = "udp";

    private static final int HIGHEST_ALGORITHM = 255;
    private static final int HIGHEST_IDENTITY = 65535;
    private static final int MAPPED_BITS = 96;
    private static final int HOST_BITS = 128;
    private static final int WIDEST_PREFIX = 255;

    private final Verb verb;
    private final SaType saType;
    private final List<String> words;
    private final Names names;
    private final Complaints complaints;
    private final Draft draft = new Draft();
    private int at;
    private boolean unknownName;

    /** Reads {@code words} from {@code from}. */
    SaWords(
            Verb verb,
            SaType saType,
            List<String> words,
            int from,
            Names names,
            Complaints complaints) {
        this.verb = verb;
        this.saType = saType;
        this.words = words;
        this.at = from;
        this.names = names;
        this.complaints = complaints;
    }

    /** Reads all words; errors in them have been shown when this gives up. */
    Draft read() throws Abandoned {
        while (at < words.size()) {
            String word = words.get(at++);
            Token token = Token.of(word);
            if (token == null) {
                unknown(word);
            } else if (!verb.takes(token)) {
                complaints.collect(
                        verb.changes()
                                ? "Don't use extension " + word + " for add/update.\n"
                                : "Don't use extension "
                                        + word
                                        + " for '"
                                        + verb.word()
                                        + "' command.\n");
            } else {
                read(token, word);
            }
        }
        complaints.settle();
        return draft;
    }

    /**
     * Whether the name of an algorithm or of a kind of identity was not known, so that nothing may
     * be sent.
     */
    boolean unknownName() {
        return unknownName;
    }

    private void unknown(String word) {
        complaints.collect(
                "Unknown extension field \"" + word + (verb.changes() ? "\" \n" : "\"\n"));
    }

    private void read(Token token, String word) throws Abandoned {
        if (given(token) && token.again() != Token.Again.LAST_WINS) {
            complaints.collect("Can only specify single " + token.what() + ".\n");
            if (token.again() == Token.Again.VALUE_SKIPPED) {
                at++;
            }
            return;
        }
        draft.see(token);
        switch (token.form()) {
            case NUMBER -> draft.number(token, number(token));
            case SPI -> spi(token);
            case STATE -> state();
            case AUTHENTICATION -> authentication();
            case ENCRYPTION -> encryption();
            case ENCAPSULATION -> encapsulation(token);
            case ADDRESS -> address(token, word);
            case PREFIX -> prefix(token, word);
            case KEY -> key(token);
            case IDENTITY -> identity(token);
            case LABEL -> label(token);
            case FLAG -> draft.number(token, 1);
        }
        if (token == Token.REPLAY && draft.number(token) != 0) {
            complaints.warn("WARNING:  Replay with manual keying considered harmful.\n");
        }
    }

    /** Whether the token has a value; a value of zero is none, except behind replay_value. */
    private boolean given(Token token) {
        return switch (token.form()) {
            case NUMBER, SPI ->
                    draft.number(token) != 0 || (token == Token.REPLAY_VALUE && draft.saw(token));
            case AUTHENTICATION -> draft.auth() != AuthAlgorithm.NONE;
            case ENCRYPTION -> draft.encrypt() != EncryptionAlgorithm.NONE;
            default -> draft.saw(token);
        };
    }

    private String next(String expected) throws Abandoned {
        if (at == words.size()) {
            throw complaints.abandon(
                    "Unexpected end of command line, was expecting " + expected + ".\n");
        }
        return words.get(at++);
    }

    private long number(Token token) throws Abandoned {
        String word = next("a number");
        Long value = NumberText.parse(word);
        if (value == null) {
            throw complaints.abandon("Expecting a number, not \"" + word + "\"!\n");
        }
        int bits = token.bits();
        // the original cuts what does not fit: 256 would become a replay window of 0, -1 no limit
        if (word.indexOf('-') >= 0 ? value != 0 : bits < 64 && value >>> bits != 0) {
            if (token.form() == Token.Form.SPI && value.intValue() == 0) {
                return 0;
            }
            throw complaints.abandon("Number \"" + word + "\" is out of range.\n");
        }
        return value;
    }

    private void spi(Token token) throws Abandoned {
        if (token == Token.PAIR_SPI && verb == Verb.UPDATE_PAIR) {
            throw complaints.abandon(
                    "pair-spi can not be used with the \"update-pair\" command.\n");
        }
        long spi = number(token);
        if (spi == 0) {
            complaints.collect("Invalid SPI value \"0\" .\n");
        }
        draft.number(token, spi);
    }

    private void state() throws Abandoned {
        String word = next("an SA state");
        SaState named = StateWord.state(word);
        if (named == null) {
            complaints.warn("Unknown state type \"" + word + "\"\n");
            named = SaState.LARVAL;
        }
        draft.state(named);
    }

    private void authentication() throws Abandoned {
        String word = next("an algorithm name");
        Integer number = algorithm(Algorithm.Kind.AUTH, word);
        if (number == null) {
            complaints.warn("Unknown authentication algorithm type \"" + word + "\"\n");
            unknownName = true;
        } else {
            draft.auth(Numbers.authentication(number));
        }
    }

    private void encryption() throws Abandoned {
        if (saType == SaType.AH) {
            complaints.collect("Cannot specify an encryption algorithm with AH.\n");
        }
        String word = next("an algorithm name");
        Integer number = algorithm(Algorithm.Kind.ENCRYPT, word);
        if (number == null) {
            complaints.warn("Unknown encryption algorithm type \"" + word + "\"\n");
            unknownName = true;
            return;
        }
        draft.encrypt(Numbers.encryption(number));
        Algorithm row = AlgorithmTable.of(DialectName.SOLARIS).find(draft.encrypt());
        if (row != null && row.saltBits() > 0 && NumberText.parse(word) == null) {
            complaints.warn(
                    "Using manual keying with a Counter mode algorithm such as \""
                            + row.name()
                            + "\" may be insecure!\n");
        }
    }

    /** The number of an algorithm given by name or number, or null. */
    private static @Nullable Integer algorithm(Algorithm.Kind kind, String word) {
        if (word.equalsIgnoreCase("any")
                || (kind == Algorithm.Kind.AUTH && word.equalsIgnoreCase("none"))) {
            return 0;
        }
        Algorithm row = AlgorithmTable.of(DialectName.SOLARIS).named(kind, word);
        if (row != null) {
            return row.number();
        }
        Long number = NumberText.parse(word);
        return number != null && number >= 0 && number <= HIGHEST_ALGORITHM
                ? Integer.valueOf(number.intValue())
                : null;
    }

    private void encapsulation(Token token) throws Abandoned {
        if (next("an encapsulation").startsWith(UDP)) {
            draft.number(token, 1);
        } else {
            throw complaints.abandon("Can only specify udp encapsulation.\n");
        }
    }

    private void address(Token token, String name) throws Abandoned {
        String word = next("an address");
        List<IpAddress> found = resolve(token, name, word, word);
        boolean many = token == Token.SRC || token == Token.DST;
        if (found.size() > 1 && !many) {
            complaints.warn(vague(token, word) + ", not using.\n");
            found = List.of();
        }
        if (!found.isEmpty()) {
            draft.place(token, new Draft.Place(word, found, 0));
        }
    }

    private void prefix(Token token, String name) throws Abandoned {
        String word = next("an address");
        int slash = word.indexOf('/');
        String address = slash < 0 ? word : word.substring(0, slash);
        List<IpAddress> found = resolve(token, name, address, word);
        if (found.size() > 1) {
            // the original leaves it out, which makes the tunnel one for everything
            complaints.collect(vague(token, address) + ".\n");
        } else if (found.size() == 1) {
            boolean mapped = found.get(0) instanceof Ipv4Address;
            int length = slash < 0 ? HOST_BITS : prefixLength(word.substring(slash + 1), mapped);
            draft.place(token, new Draft.Place(word, found, length));
        }
    }

    /**
     * A prefix length as it goes on the wire, where an IPv4 address is a mapped IPv6 one. Its range
     * is the kernel's business; a word that is no number would widen the SA to everything.
     */
    private int prefixLength(String word, boolean mapped) throws Abandoned {
        int length;
        try {
            length = Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw complaints.abandon("Expecting a number, not \"" + word + "\"!\n");
        }
        if (length < 0 || length > WIDEST_PREFIX) {
            // cut to 8 bits it would be another one: 256 would become 0
            throw complaints.abandon("Number \"" + word + "\" is out of range.\n");
        }
        return mapped && length <= 32 ? length + MAPPED_BITS : length;
    }

    /** What an address resolves to; when nothing, that has been said and the word is read again. */
    private List<IpAddress> resolve(Token token, String name, String address, String word) {
        // delete and get do not hold the original to IPv6
        boolean only6 = name.endsWith("6") && (verb.changes() || token == Token.SRC);
        List<IpAddress> found = names.addresses(address, only6);
        if (found.isEmpty()) {
            complaints.warn("Unknown address " + address + ".");
            complaints.collect("Unknown " + unknownWhat(token) + " \"" + word + "\"\n");
            at--;
        } else {
            draft.resolved(found.get(0));
        }
        return found;
    }

    private String unknownWhat(Token token) {
        if (verb.changes() && token == Token.SRC) {
            return "src address";
        }
        return verb.changes() && token == Token.DST ? "dst address" : token.what();
    }

    private static String vague(Token token, String word) {
        String what = token.what();
        return Character.toUpperCase(what.charAt(0)) + what.substring(1) + " " + word + " is vague";
    }

    private void key(Token token) throws Abandoned {
        boolean encrypts = token == Token.ENCRKEY;
        if (encrypts && draft.encrypt() == EncryptionAlgorithm.NULL) {
            throw complaints.abandon("Cannot specify a key with NULL encryption algorithm.\n");
        }
        Extension key =
                KeyWord.parse(
                        encrypts ? ExtensionType.KEY_ENCRYPT : ExtensionType.KEY_AUTH,
                        next("a key"),
                        encrypts ? (int) draft.number(Token.RESERVED_BITS) : 0,
                        complaints);
        if (key == null) {
            complaints.collect("Invalid " + token.what() + ".\n");
        } else {
            draft.extension(token, key);
        }
    }

    private void identity(Token token) throws Abandoned {
        boolean source = token == Token.SRCIDTYPE;
        if (words.size() - at < 2) {
            if (source) {
                throw complaints.abandon("Unexpected end of command line - Expecting Src Type.\n");
            }
            complaints.collect("Unexpected end of command line - expecting dst type.\n");
            return;
        }
        String typeWord = words.get(at++);
        String text = words.get(at++);
        draft.extension(
                token,
                new Extension.Identity(
                        source ? ExtensionType.IDENTITY_SRC : ExtensionType.IDENTITY_DST,
                        identityType(typeWord),
                        0,
                        text));
    }

    private IdentityType identityType(String word) {
        IdentityType named = IdentityText.type(word);
        if (named != null) {
            return named;
        }
        Long number = NumberText.parse(word);
        if (number != null && number >= 0 && number <= HIGHEST_IDENTITY) {
            return Numbers.identityType(number.intValue());
        }
        complaints.warn("Unknown identity type \"" + word + "\"\n");
        unknownName = true;
        return IdentityType.RESERVED;
    }

    private void label(Token token) throws Abandoned {
        String word = next("a label");
        boolean inner = token == Token.LABEL;
        Extension label =
                LabelWord.parse(
                        inner ? ExtensionType.SENSITIVITY : ExtensionType.X_OUTER_SENS,
                        token == Token.IMPLICIT_LABEL,
                        word);
        // the original takes an outer label only behind the inner one
        if (label == null || (!inner && !draft.saw(Token.LABEL))) {
            throw complaints.abandon("Malformed security label\n");
        }
        draft.extension(inner ? token : Token.OUTER_LABEL, label);
    }
}
