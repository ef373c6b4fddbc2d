package org.keysock.tools.ipseckey;

import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.text.AddressText;

/** Shows address extensions, two lines each. */
final class AddressPrinter {

    private final Names names;

    AddressPrinter(Names names) {
        this.names = names;
    }

    void print(StringBuilder text, Extension.Address extension) {
        String prefix = prefix(extension.type());
        text.append(prefix).append(label(extension.type())).append(" (proto=");
        text.append(extension.protocol());
        if (!names.numeric()) {
            text.append('/').append(protocol(extension.protocol()));
        }
        text.append(")\n").append(prefix);
        IpAddress address = extension.address();
        if (address == null) {
            // nothing, not even a line end: the original knows no such family
            return;
        }
        text.append(address instanceof Ipv4Address ? "AF_INET: port " : "AF_INET6: port ");
        text.append(extension.port()).append(", ").append(AddressText.format(address));
        if (extension.prefixLength() != 0) {
            text.append('/').append(extension.prefixLength());
        }
        if (!names.numeric()) {
            host(text, address);
        }
        text.append(".\n");
    }

    private void host(StringBuilder text, IpAddress address) {
        if (address.unspecified()) {
            text.append(" <unspecified>");
            return;
        }
        String name = names.name(address);
        if (name == null) {
            text.append(" <unknown>");
        } else {
            text.append(" (").append(name).append(')');
        }
    }

    private static String protocol(int number) {
        String name = number == 0 ? "<unspecified>" : Names.protocol(number);
        return name == null ? "<unknown>" : name;
    }

    private static String prefix(ExtensionType type) {
        if (type == ExtensionType.ADDRESS_SRC) {
            return "SRC: ";
        }
        if (type == ExtensionType.ADDRESS_DST) {
            return "DST: ";
        }
        if (type == ExtensionType.ADDRESS_PROXY) {
            return "INS: ";
        }
        if (type == ExtensionType.X_ADDRESS_INNER_DST) {
            return "IND: ";
        }
        return type == ExtensionType.X_ADDRESS_NATT_LOC ? "NLC: " : "NRM: ";
    }

    private static String label(ExtensionType type) {
        if (type == ExtensionType.ADDRESS_SRC) {
            return "Source address";
        }
        if (type == ExtensionType.ADDRESS_DST) {
            return "Destination address";
        }
        if (type == ExtensionType.ADDRESS_PROXY) {
            return "Inner source address";
        }
        if (type == ExtensionType.X_ADDRESS_INNER_DST) {
            return "Inner destination address";
        }
        return type == ExtensionType.X_ADDRESS_NATT_LOC
                ? "NAT-T local address"
                : "NAT-T remote address";
    }
}
