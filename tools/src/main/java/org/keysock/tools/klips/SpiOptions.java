package org.keysock.tools.klips;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.text.KeyText;
import org.keysock.pfkey.text.KlipsAddressText.Family;

/**
 * What the options of {@code ipsec spi} said: klips.md 5.2. They act in the order in which they are
 * given, and the first bad one is complained of.
 */
final class SpiOptions {

    private static final int MAX_WINDOW = 64;

    /** Of a whole command line; the second action may be spelt in two ways. */
    private static final String ONE_ACTION =
            "Only one of '--ah', '--esp', '--comp', '--ip4', '--ip6', '--del' or '--clear'";

    private final Tool tool;
    private final SaParts parts;
    private final LifeLimits life = new LifeLimits();
    private @Nullable SpiAction action;
    private Transform transform = Transform.NONE;
    private @Nullable EspName espName;
    private int replayWindow;
    private KeyMaterial authKey = KeyMaterial.EMPTY;
    private KeyMaterial encryptionKey = KeyMaterial.EMPTY;
    private int natt;
    private int sport;
    private int dport;
    private boolean debug;
    private boolean saref;
    private boolean listenReply;

    /** Words that ask for more than the table; as in the original, two for each label. */
    private int meaningful;

    private SpiOptions(Tool tool, int words) {
        this.tool = tool;
        this.parts = new SaParts(tool);
        this.meaningful = words;
    }

    /** Reads the words behind the tool's name. */
    static SpiOptions read(Tool tool, List<String> words) throws Stop {
        SpiOptions options = new SpiOptions(tool, words.size());
        OptionScan<SpiOption> scan = new OptionScan<>(tool.argv0(), SpiOption.values(), words);
        try {
            SpiOption option = scan.next();
            while (option != null) {
                options.apply(option, scan);
                option = scan.next();
            }
        } catch (OptionScan.BadOption e) {
            tool.err().print(e.getMessage() + "\n");
            throw SpiUsage.misused(tool);
        } catch (LifeLimits.Misuse e) {
            tool.err().print(tool.name() + ": " + e.getMessage() + "\n");
            throw SpiUsage.misused(tool);
        }
        return options;
    }

    private void apply(SpiOption option, OptionScan<SpiOption> scan)
            throws Stop, LifeLimits.Misuse {
        String value = scan.value();
        switch (option) {
            case AF -> parts.af(value);
            case EDST -> parts.edst(value);
            case SPI -> parts.spi(value);
            case PROTO -> parts.proto(value);
            case SAID -> parts.said(value);
            case SRC -> parts.src(value);
            case DST -> parts.dst(value);
            case AH, ESP, COMP, IP4, IP6, DEL, CLEAR -> act(option, value);
            case AUTHKEY -> authKey = key("authentication", value);
            case ENCKEY -> encryptionKey = key("encryption", value);
            case IV -> checkIv(value);
            case REPLAY_WINDOW -> replayWindow = window(value);
            case LIFE -> life.add(value, tool);
            case NATT -> natt = encapsulation(value);
            case SPORT -> sport = port(value);
            case DPORT -> dport = port(value);
            case OPTIONSFROM -> scan.insert(OptionsFile.words(tool, value));
            default -> modify(option, value);
        }
    }

    /** Options about the run: without others, the table is wanted. */
    private void modify(SpiOption option, String value) throws Stop {
        meaningful--;
        switch (option) {
            case LABEL -> {
                meaningful--;
                tool.label(value);
            }
            case DEBUG -> debug = true;
            case SAREF -> saref = true;
            case LISTENREPLY -> listenReply = true;
            case VERSION -> throw SpiUsage.version(tool);
            default -> throw SpiUsage.help(tool);
        }
    }

    private void act(SpiOption option, String value) throws Stop {
        boolean tunnel = option == SpiOption.IP4 || option == SpiOption.IP6;
        if (action != null) {
            throw tool.fail(ONE_ACTION + (tunnel ? "" : " ") + " options permitted.");
        }
        action = SpiAction.ADD;
        switch (option) {
            case AH -> transform = Transform.ofAh(value, tool);
            case ESP -> transform = esp(value);
            case COMP -> transform = Transform.ofComp(value, tool);
            case IP4 -> parts.tunnel(Family.INET);
            case IP6 -> parts.tunnel(Family.INET6);
            case DEL -> action = SpiAction.DELETE;
            default -> action = SpiAction.CLEAR;
        }
    }

    private Transform esp(String value) throws Stop {
        Transform known = Transform.ofEsp(value);
        if (known != null) {
            return known;
        }
        EspName name = EspName.parse(value, tool);
        espName = name;
        return name.transform();
    }

    private KeyMaterial key(String kind, String value) throws Stop {
        KeyMaterial key = KeyText.parse(value);
        if (key != null) {
            return key;
        }
        if (KeyText.unknownFormat(value)) {
            throw tool.fail(
                    Character.toUpperCase(kind.charAt(0))
                            + kind.substring(1)
                            + " key must have a '0x', '0t' or '0s' prefix to select the format: "
                            + Typed.key(value));
        }
        throw tool.fail("unknown format or syntax error in " + kind + " key: " + Typed.key(value));
    }

    /** Looked at and not used. */
    private void checkIv(String value) throws Stop {
        if (KeyText.parse(value) != null) {
            return;
        }
        if (KeyText.unknownFormat(value)) {
            throw tool.fail(
                    "IV must have a '0x', '0t' or '0s' prefix to select the format, found '"
                            + (value.length() > 1 ? value.substring(1, 2) : "\0")
                            + "'.");
        }
        throw tool.fail("unknown format or syntax error in IV: " + Typed.key(value));
    }

    private int window(String value) throws Stop {
        Integer window = CNumber.parse(value);
        if (window == null) {
            throw tool.fail("Invalid character in replay_window parameter: " + value);
        }
        if (window < 1 || window > MAX_WINDOW) {
            throw tool.fail(
                    ("Failed -- Illegal window size: arg=" + value)
                            + (", replay_window=" + window)
                            + ", must be 1 <= size <= 64.");
        }
        return window;
    }

    private int encapsulation(String value) throws Stop {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "none" -> 0;
            case "nonike" -> 1;
            case "nonesp" -> 2;
            default -> port(value);
        };
    }

    private int port(String value) throws Stop {
        Integer number = CNumber.parse(value);
        if (number == null) {
            throw tool.fail("Invalid character in source parameter: " + value);
        }
        return number;
    }

    /** Whether nothing is wanted but the table. */
    boolean lists() {
        return meaningful == 0;
    }

    /** What is to be done; throws what is to be said when that is nothing, or cannot be. */
    SpiAction checked() throws Stop {
        SpiAction chosen = action;
        if (chosen == null) {
            throw tool.fail("No action chosen.  See '" + tool.name() + " --help' for usage.");
        }
        if (espName != null) {
            espName.checkKeys(8 * encryptionKey.length(), 8 * authKey.length(), tool);
        }
        if (chosen != SpiAction.CLEAR) {
            parts.needAll();
        }
        parts.needOneFamily();
        return chosen;
    }

    SaParts parts() {
        return parts;
    }

    LifeLimits life() {
        return life;
    }

    Transform transform() {
        return transform;
    }

    int replayWindow() {
        return replayWindow;
    }

    KeyMaterial authKey() {
        return authKey;
    }

    KeyMaterial encryptionKey() {
        return encryptionKey;
    }

    /** {@code --natt}, 0 for none. */
    int natt() {
        return natt;
    }

    int sport() {
        return sport;
    }

    int dport() {
        return dport;
    }

    boolean debug() {
        return debug;
    }

    boolean saref() {
        return saref;
    }

    boolean listenReply() {
        return listenReply;
    }
}
