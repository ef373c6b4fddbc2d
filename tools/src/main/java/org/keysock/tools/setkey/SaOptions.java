package org.keysock.tools.setkey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KameExtension.SecurityContext;
import org.keysock.tools.setkey.Token.Kind;

/** The options of an SA, which stand before its algorithms. */
final class SaOptions {

    /** SADB_X_EXT_OLD: RFC 1826 and 1827. */
    static final int OLD = 0x1;

    /** SADB_X_EXT_CYCSEQ: sequence numbers may begin anew. */
    static final int CYCLIC = 0x40;

    /** SADB_X_EXT_RAWCPI: the SPI is the CPI as it is. */
    static final int RAW_CPI = 0x80;

    private static final int RANDOM_PAD = 0x100;
    private static final int ZERO_PAD = 0x200;

    private int mode;
    private int reqid;
    private int replay;
    private int flags = CYCLIC;
    private long hardTime;
    private long softTime;
    private long hardBytes;
    private long softBytes;
    private @Nullable SecurityContext context;

    /** Reads options until something else stands there. */
    static SaOptions read(Tokens tokens, SaProtocol protocol) throws ScriptError {
        SaOptions options = new SaOptions();
        options.flags |= protocol.flags();
        while (options.take(tokens)) {
            // one more
        }
        return options;
    }

    private boolean take(Tokens tokens) throws ScriptError {
        Token option = tokens.peek();
        if (!option.is(Kind.WORD)) {
            return false;
        }
        switch (option.text()) {
            case "-m", "-u", "-r", "-f", "-lh", "-ls", "-bh", "-bs", "-ctx" -> tokens.next();
            default -> {
                return false;
            }
        }
        switch (option.text()) {
            case "-m" -> mode = mode(tokens);
            case "-u" -> reqid = (int) tokens.decimal(32);
            case "-r" -> replay = replay(tokens);
            case "-f" -> flag(tokens);
            case "-lh" -> hardTime = tokens.decimal(64);
            case "-ls" -> softTime = tokens.decimal(64);
            case "-bh" -> hardBytes = tokens.decimal(64);
            case "-bs" -> softBytes = tokens.decimal(64);
            default -> context = context(tokens);
        }
        return true;
    }

    private static int mode(Tokens tokens) throws ScriptError {
        Token word = tokens.word();
        int mode = Modes.number(word.text());
        if (mode < 0) {
            throw ScriptError.syntax(word);
        }
        return mode;
    }

    private int replay(Tokens tokens) throws ScriptError {
        Token word = tokens.peek();
        if ((flags & OLD) != 0) {
            throw new ScriptError("replay prevention cannot be used with old spec", word);
        }
        return (int) tokens.decimal(8);
    }

    private void flag(Tokens tokens) throws ScriptError {
        Token word = tokens.word();
        switch (word.text()) {
            case "random-pad" -> flags |= RANDOM_PAD;
            case "zero-pad" -> flags |= ZERO_PAD;
            case "seq-pad" -> flags |= 0;
            case "nocyclic-seq" -> flags &= ~CYCLIC;
            default -> throw ScriptError.syntax(word);
        }
    }

    /** The label behind {@code -ctx}: domain, algorithm and text. */
    static SecurityContext context(Tokens tokens) throws ScriptError {
        int domain = (int) tokens.decimal(8);
        int algorithm = (int) tokens.decimal(8);
        String text = tokens.of(Kind.QUOTED).text();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new SecurityContext(algorithm, domain, Arrays.copyOf(bytes, bytes.length + 1));
    }

    /** {@code sadb_x_sa2_mode}. */
    int mode() {
        return mode;
    }

    int reqid() {
        return reqid;
    }

    int replay() {
        return replay;
    }

    /** {@code sadb_sa_flags}. */
    int flags() {
        return flags;
    }

    @Nullable SecurityContext context() {
        return context;
    }

    /** The hard limits, or null when there are none. */
    @Nullable Lifetime hard() {
        return limits(ExtensionType.LIFETIME_HARD, hardBytes, hardTime);
    }

    /** The soft limits, or null when there are none. */
    @Nullable Lifetime soft() {
        return limits(ExtensionType.LIFETIME_SOFT, softBytes, softTime);
    }

    private static @Nullable Lifetime limits(ExtensionType type, long bytes, long time) {
        return bytes == 0 && time == 0 ? null : new Lifetime(type, 0, bytes, time, 0);
    }
}
