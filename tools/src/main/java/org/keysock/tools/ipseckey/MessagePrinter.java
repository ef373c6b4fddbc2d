package org.keysock.tools.ipseckey;

import java.nio.file.Path;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension;
import org.keysock.tools.cli.Dates;

/**
 * Shows a message: base header, the extensions in their order, lifetimes at the end. Solaris.md
 * 5.1.
 */
final class MessagePrinter {

    private final Options options;
    private final AddressPrinter addresses;
    private final Dates dates;
    private final Path folder;

    /** A printer for the emulator of that folder. */
    MessagePrinter(Options options, Names names, Dates dates, Path folder) {
        this.options = options;
        this.addresses = new AddressPrinter(names);
        this.dates = dates;
        this.folder = folder;
    }

    /**
     * Appends the lines of a message.
     *
     * @param bytes its length on the wire
     * @param now seconds since 1970
     */
    void print(StringBuilder text, SadbMessage message, int bytes, long now) {
        header(text, message.header(), bytes);
        LifetimePrinter lifetimes = new LifetimePrinter(text, dates, now, options.verbose());
        for (int index = 0; index < message.size(); index++) {
            Extension extension = message.extension(index);
            if (extension instanceof Extension.Lifetime lifetime) {
                lifetimes.keep(lifetime);
            } else {
                extension(text, message, index, extension);
            }
        }
        lifetimes.print();
    }

    /** Appends the date line that messages have in a monitor. */
    void timestamp(StringBuilder text, long now) {
        text.append("Timestamp: ");
        dates.append(text, now);
        text.append('\n');
    }

    /** Appends the lines of a base header. */
    void header(StringBuilder text, BaseHeader header, int bytes) {
        text.append("Base message (version ").append(header.version()).append(") type ");
        text.append(type(header.type())).append(", SA type ");
        saType(text, header.saType());
        text.append(".\n");
        if (header.errno() != Errno.OK) {
            text.append("Error ").append(ErrnoText.of(header.errno())).append(" from PF_KEY.\n");
            diagnostic(text, header);
        }
        text.append("Message length ").append(bytes).append(" bytes, seq=");
        text.append(Integer.toUnsignedString(header.sequence())).append(", pid=");
        text.append(Integer.toUnsignedString(header.pid())).append(".\n");
    }

    /** Appends the line of a diagnostic. */
    static void diagnostic(StringBuilder text, BaseHeader header) {
        text.append("  Diagnostic code ").append(header.reserved()).append(":  ");
        text.append(wording(header)).append(".\n");
    }

    /** What a header's diagnostic says. */
    static String wording(BaseHeader header) {
        Diagnostic diagnostic = Diagnostic.of(header.reserved());
        return diagnostic == null ? "unknown diagnostic" : diagnostic.wording();
    }

    private static String type(MessageType type) {
        int number = Numbers.of(type);
        if (type == MessageType.X_UPDATEPAIR) {
            return "UPDATE PAIR";
        }
        if (type == MessageType.X_DELPAIR) {
            return "DELETE PAIR";
        }
        if (number == 0) {
            return "RESERVED (warning: set to 0)";
        }
        return type.known() && type != MessageType.X_DELPAIR_STATE
                ? type.toString()
                : "Unknown (" + number + ")";
    }

    private static void saType(StringBuilder text, SaType saType) {
        if (saType == SaType.UNSPEC) {
            text.append("<unspecified/all>");
        } else if (saType == SaType.AH || saType == SaType.ESP || saType == SaType.RSVP) {
            text.append(saType);
        } else if (saType == SaType.OSPFV2) {
            text.append("OSPFv2");
        } else if (saType == SaType.RIPV2) {
            text.append("RIPv2");
        } else if (saType == SaType.MIP) {
            text.append("Mobile IP");
        } else {
            text.append("<unknown ").append(Numbers.of(saType)).append('>');
        }
    }

    private void extension(
            StringBuilder text, SadbMessage message, int index, Extension extension) {
        if (extension instanceof Extension.Sa sa) {
            SaPrinter.print(text, sa);
        } else if (extension instanceof Extension.Address address) {
            addresses.print(text, address);
        } else if (extension instanceof Extension.Key key && keyOfSa(key)) {
            KeyPrinter.print(text, key, options.paranoid());
        } else if (extension instanceof SolarisExtension.Pair pair) {
            text.append("OTH: Paired with spi=").append(pair.spi()).append('\n');
        } else if (extension instanceof SolarisExtension.ReplayValue value) {
            replayValue(text, value);
        } else if (extension instanceof Extension.Identity identity) {
            identity(text, identity);
        } else if (extension instanceof SolarisExtension.KmCookie cookie) {
            CookiePrinter.print(text, cookie, folder);
        } else if (extension instanceof Extension.Sensitivity label) {
            SensitivityPrinter.print(text, label, options.numeric());
        } else if (extension instanceof Extension.Proposal proposal) {
            ProposalPrinter.print(text, proposal);
        } else if (extension instanceof SolarisExtension.ExtendedProposal proposal) {
            ProposalPrinter.print(text, proposal);
        } else if (extension instanceof Extension.Supported supported) {
            SupportedPrinter.print(text, supported);
        } else if (extension instanceof Extension.SpiRange range) {
            text.append("SPR: SPI Range, min=").append(range.min());
            text.append(", max=").append(range.max()).append('\n');
        } else {
            WordPrinter.print(text, message, index);
        }
    }

    private static boolean keyOfSa(Extension.Key key) {
        return key.type() == ExtensionType.KEY_AUTH || key.type() == ExtensionType.KEY_ENCRYPT;
    }

    private static void replayValue(StringBuilder text, SolarisExtension.ReplayValue value) {
        text.append("RPL: Replay Value ");
        if (value.value32() != 0) {
            text.append(Integer.toUnsignedString(value.value32()));
        } else {
            text.append(value.value64() == 0 ? "<Value not found.>" : "");
            text.append(Long.toUnsignedString(value.value64()));
        }
        text.append('\n');
    }

    private static void identity(StringBuilder text, Extension.Identity identity) {
        boolean source = identity.type() == ExtensionType.IDENTITY_SRC;
        String prefix = source ? "SID: " : "DID: ";
        text.append(prefix).append(source ? "Source" : "Destination").append(" identity, uid=");
        text.append((int) identity.id()).append(", type ");
        text.append(IdentityText.shown(identity.kind())).append('\n');
        boolean encoded = IdentityText.encoded(identity.kind());
        text.append(prefix).append(encoded ? "<cannot interpret>" : identity.text()).append('\n');
    }
}
