package org.keysock.tools.klips;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.text.BadText;
import org.keysock.pfkey.text.KlipsAddressText.Family;
import org.keysock.pfkey.text.KlipsNetworkText;
import org.keysock.pfkey.text.KlipsNetworkText.Network;
import org.keysock.tools.cli.IpProtocols;
import org.keysock.tools.cli.Services;

/** Which packets an eroute is for: two networks, a transport protocol, ports (klips.md 5.10). */
final class ErouteFlow {

    private static final int ANY_PORT = 0;
    private static final int HIGHEST_PROTOCOL = 255;
    private static final int HIGHEST_PORT = 0xffff;

    private final Tool tool;
    private Family family = Family.ANY;
    private @Nullable String familyWord;
    private @Nullable String sourceWord;
    private @Nullable String destinationWord;
    private @Nullable String protocolWord;
    private @Nullable String sourcePortWord;
    private @Nullable String destinationPortWord;
    private @Nullable Network source;
    private @Nullable Network destination;
    private int protocol;
    private int sourcePort;
    private int destinationPort;

    ErouteFlow(Tool tool) {
        this.tool = tool;
    }

    /** {@code --eraf}: the family of the networks that follow. */
    void family(String word) throws Stop {
        once("address family of eroute", word, familyWord);
        Family named = Protocols.family(word);
        if (named == null) {
            throw tool.fail("Invalid address family parameter for eroute: " + word);
        }
        family = named;
        familyWord = word;
    }

    /** {@code --src}. */
    void source(String word) throws Stop {
        once("--src parameter", word, sourceWord);
        source = network("--src", word);
        sourceWord = word;
    }

    /** {@code --dst}. */
    void destination(String word) throws Stop {
        once("--dst parameter", word, destinationWord);
        destination = network("--dst", word);
        destinationWord = word;
    }

    /** {@code --transport-proto}; the original spells what it says to a second one so. */
    void protocol(String word) throws Stop {
        once("--transport-proto paramter", word, protocolWord);
        protocolWord = word;
    }

    /** {@code --src-port}. */
    void sourcePort(String word) throws Stop {
        once("--src-port parameter", word, sourcePortWord);
        sourcePortWord = word;
    }

    /** {@code --dst-port}. */
    void destinationPort(String word) throws Stop {
        once("--dst-port parameter", word, destinationPortWord);
        destinationPortWord = word;
    }

    private void once(String what, String word, @Nullable String before) throws Stop {
        if (before != null) {
            throw tool.fail(
                    "Error, " + what + " redefined:" + word + ", already defined as:" + before);
        }
    }

    private Network network(String option, String word) throws Stop {
        try {
            return KlipsNetworkText.parse(word, family, tool.machine().names());
        } catch (BadText e) {
            throw tool.fail(
                    "Error, " + e.getMessage() + " converting " + option + " argument: " + word);
        }
    }

    /** Reads protocol and ports, all options being there. */
    void complete() throws Stop {
        if (protocolWord != null) {
            protocol = protocolNumber(protocolWord);
        }
        boolean ports = sourcePortWord != null || destinationPortWord != null;
        if (ports && protocol != IpProtocols.TCP && protocol != IpProtocols.UDP) {
            throw tool.fail(
                    "--transport-proto with either UDP or TCP must be specified if --src-port or"
                            + " --dst-port is used");
        }
        if (sourcePortWord != null) {
            sourcePort = port("--src-port", sourcePortWord);
        }
        if (destinationPortWord != null) {
            destinationPort = port("--dst-port", destinationPortWord);
        }
    }

    private int protocolNumber(String word) throws Stop {
        int named = IpProtocols.number(word.toLowerCase(Locale.ROOT));
        int number = named < 0 ? number("--transport-proto", word) : named;
        if (number > HIGHEST_PROTOCOL) {
            throw tool.fail(outOfRange("--transport-proto", word, HIGHEST_PROTOCOL));
        }
        return number & HIGHEST_PROTOCOL;
    }

    /** A port that is too large is told and its low bits are taken all the same. */
    private int port(String option, String word) throws Stop {
        int named = Services.port(word);
        int number = named < 0 ? number(option, word) : named;
        if (number > HIGHEST_PORT) {
            String told = outOfRange(option, word, HIGHEST_PORT);
            tool.err().print(tool.name() + ": " + told + "\n");
        }
        return number & HIGHEST_PORT;
    }

    private int number(String option, String word) throws Stop {
        Integer number = word.isEmpty() ? null : CNumber.parse(word);
        if (number == null) {
            throw tool.fail("Invalid character in " + option + " parameter: " + word);
        }
        return number;
    }

    private static String outOfRange(String option, String word, int highest) {
        return option
                + " parameter: "
                + word
                + " must be in the range 0 to "
                + highest
                + " inclusive";
    }

    /**
     * The four addresses, and the protocol if there is one.
     *
     * @param action what is told to need a network that is missing
     */
    List<Extension> extensions(String action) throws Stop {
        Network from = needed(action, "--src", source);
        Network to = needed(action, "--dst", destination);
        List<Extension> all = new ArrayList<>();
        all.add(address(ExtensionType.X_ADDRESS_SRC_FLOW, from, sourcePort));
        all.add(address(ExtensionType.X_ADDRESS_DST_FLOW, to, destinationPort));
        all.add(mask(ExtensionType.X_ADDRESS_SRC_MASK, from.mask(), sourcePort));
        all.add(mask(ExtensionType.X_ADDRESS_DST_MASK, to.mask(), destinationPort));
        all.addAll(protocol());
        return all;
    }

    /** The protocol alone, if there is one. */
    List<Extension> protocol() {
        return protocol == 0 ? List.of() : List.of(new KlipsExtension.Protocol(protocol, 0));
    }

    private Network needed(String action, String option, @Nullable Network network) throws Stop {
        if (network == null) {
            throw tool.fail("Error -- " + action + " option '" + option + "' is required.");
        }
        return network;
    }

    private static Extension address(ExtensionType type, Network network, int port) {
        int shown = port == ANY_PORT ? network.port() : port;
        return new Extension.Address(type, 0, 0, Sockaddr.of(network.address(), shown));
    }

    private static Extension mask(ExtensionType type, IpAddress mask, int port) {
        int bits = port == ANY_PORT ? ANY_PORT : HIGHEST_PORT;
        return new Extension.Address(type, 0, 0, Sockaddr.of(mask, bits));
    }
}
