package org.keysock.tools.klips;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** Makes the message of {@code ipsec spi} of what its options said: klips.md 5.8. */
final class SpiRequest {

    /** The largest key whose bits can be counted in an extension. */
    private static final int MAX_KEY_BYTES = 0xffff / 8;

    private static final int SEQUENCE = 1;

    private final Tool tool;
    private final SpiOptions options;
    private final List<Extension> extensions = new ArrayList<>();

    private SpiRequest(Tool tool, SpiOptions options) {
        this.tool = tool;
        this.options = options;
    }

    /** The message. */
    static SadbMessage of(Tool tool, SpiOptions options, SpiAction action) throws Stop {
        SaType named = options.parts().saType();
        SaType saType = named == null || clearsAll(options, action) ? SaType.UNSPEC : named;
        SpiRequest request = new SpiRequest(tool, options);
        if (action != SpiAction.CLEAR) {
            request.addSa(action, saType);
        }
        request.addNatt();
        BaseHeader header =
                BaseHeader.of(type(action), saType, SEQUENCE, tool.machine().processId());
        return SadbMessage.of(header, request.extensions);
    }

    /** A SAID does not say which SAs to clear, {@code --proto} does. */
    private static boolean clearsAll(SpiOptions options, SpiAction action) {
        return action == SpiAction.CLEAR && options.parts().named();
    }

    private static MessageType type(SpiAction action) {
        return switch (action) {
            case ADD -> MessageType.ADD;
            case DELETE -> MessageType.DELETE;
            case CLEAR -> MessageType.FLUSH;
        };
    }

    private void addSa(SpiAction action, SaType saType) throws Stop {
        Transform transform = options.transform();
        extensions.add(
                new Extension.Sa(
                        new Spi(options.parts().spi()),
                        options.replayWindow(),
                        SaState.MATURE,
                        Numbers.KLIPS.authAlgorithms().code(transform.auth()),
                        Numbers.KLIPS.encryptionAlgorithms(saType).code(transform.encrypt()),
                        SaFlags.NONE));
        options.life().addTo(extensions);
        addAddress(ExtensionType.ADDRESS_SRC, "address_s", options.parts().source());
        addAddress(ExtensionType.ADDRESS_DST, "address_d", options.parts().destination());
        if (action == SpiAction.ADD && transform.keyed()) {
            if (transform.auth() != 0) {
                addKey(ExtensionType.KEY_AUTH, "key_a", options.authKey());
            }
            if (transform.encrypt() != 0) {
                addKey(ExtensionType.KEY_ENCRYPT, "key_e", options.encryptionKey());
            }
        }
    }

    private void addAddress(ExtensionType type, String name, @Nullable IpAddress address)
            throws Stop {
        if (address == null) {
            throw tool.fail("Trouble building " + name + " extension (<invalid>), error=-22.");
        }
        extensions.add(Extension.Address.of(type, address));
    }

    private void addKey(ExtensionType type, String name, KeyMaterial key) throws Stop {
        if (key.length() == 0 || key.length() > MAX_KEY_BYTES) {
            throw tool.fail("Trouble building " + name + " extension, error=-22.");
        }
        extensions.add(new Extension.Key(type, 8 * key.length(), 0, key));
    }

    /** The original puts each port into the extension of the other, and so do we. */
    private void addNatt() {
        if (options.natt() == 0) {
            return;
        }
        extensions.add(new KameExtension.NatTType(options.natt() & 0xff));
        addPort(ExtensionType.X_NAT_T_SPORT, options.dport());
        addPort(ExtensionType.X_NAT_T_DPORT, options.sport());
    }

    private void addPort(ExtensionType type, int port) {
        if ((port & 0xffff) != 0) {
            extensions.add(new KameExtension.NatTPort(type, port & 0xffff));
        }
    }
}
