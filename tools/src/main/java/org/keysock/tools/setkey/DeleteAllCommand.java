package org.keysock.tools.setkey;

import java.util.ArrayList;
import java.util.List;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Sa;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;
import org.keysock.tools.setkey.Token.Kind;

/**
 * {@code deleteall [-46n] src dst proto ;}: all SAs of a type between two addresses. Linux takes no
 * DELETE without an SPI, so they are looked up first. The original loses its place in the dump
 * behind the first match; this one deletes them all.
 */
record DeleteAllCommand() implements Command {

    @Override
    public Statement read(Tokens tokens, Context context) throws ScriptError {
        SaName name = SaName.readWithoutSpi(tokens, context);
        tokens.of(Kind.SEMICOLON);
        return new DeleteAll(
                name.protocol().saType(),
                name.source().only(),
                name.destination().only(),
                context.pid());
    }

    private record DeleteAll(SaType saType, IpAddress source, IpAddress destination, int pid)
            implements Statement {

        @Override
        public boolean run(KernelTalk talk) throws Stop {
            List<Spi> found = new ArrayList<>();
            List<SadbMessage> all = talk.collect(Requests.bare(MessageType.DUMP, saType, pid));
            for (SadbMessage message : all) {
                Sa sa = message.sa();
                if (sa != null
                        && is(message, ExtensionType.ADDRESS_SRC, source)
                        && is(message, ExtensionType.ADDRESS_DST, destination)) {
                    found.add(sa.spi());
                }
            }
            for (Spi spi : found) {
                talk.ask(SaMessages.delete(saType, spi, source, destination, pid));
            }
            return true;
        }

        private static boolean is(SadbMessage message, ExtensionType type, IpAddress wanted) {
            Address address = message.address(type);
            return address != null && wanted.equals(address.address());
        }
    }
}
