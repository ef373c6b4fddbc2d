package org.keysock.tools.klips;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.text.MessageText;

/** {@code ipsec spi}: adds and deletes SAs, and shows them (klips.md 5.2 to 5.8). */
final class Spi implements Command {

    /** Of {@code write()}: spi tells of missing SAs, and what the library says of the rest. */
    private static final ErrnoTexts WRITE =
            new WriteTexts() {
                @Override
                @Nullable String own(int errno, boolean root) {
                    return errno == LinuxErrno.ESRCH ? ErrnoTexts.NO_SA : super.own(errno, root);
                }

                @Override
                String general(int errno) {
                    return "Unknown socket write error "
                            + errno
                            + (" (" + Strerror.of(errno) + ")" + PLEASE_REPORT);
                }
            };

    @Override
    public int run(Tool tool, List<String> words) throws Stop {
        SpiOptions options = SpiOptions.read(tool, words);
        int code = options.lists() ? tool.list("ipsec_spi") : 0;
        if (options.debug()) {
            tool.out().print(tool.name() + ": All options processed.\n");
        }
        if (!options.lists()) {
            SpiAction action = options.checked();
            try (KeySocket socket = tool.open(new SocketTexts())) {
                SadbMessage request = SpiRequest.of(tool, options, action);
                send(tool, options, socket, request);
            }
        }
        return code;
    }

    private static void send(Tool tool, SpiOptions options, KeySocket socket, SadbMessage request)
            throws Stop {
        byte[] bytes = Numbers.bytes(request, tool);
        if (options.debug()) {
            tool.out().print(tool.name() + ": writing:\n");
            tool.out().print(MessageText.in(DialectName.KLIPS).of(request) + "\n");
        }
        try {
            int written = socket.write(bytes);
            if (written != bytes.length) {
                throw tool.fail("pfkey write truncated to " + written + " bytes");
            }
        } catch (CallFailed e) {
            throw tool.fail(
                    ("pfkey write failed (errno=" + e.errno() + "): ")
                            + WRITE.of(e.errno(), tool.machine().root()));
        }
        if (options.listenReply() || options.saref()) {
            listen(tool, options, socket);
        }
    }

    private static void listen(Tool tool, SpiOptions options, KeySocket socket) {
        SadbMessage reply = Replies.first(socket, tool.machine().processId());
        if (reply != null && options.saref()) {
            var sa = reply.sa();
            int reference = sa == null ? -1 : sa.reference();
            tool.out().print(tool.name() + ": saref=" + reference + "\n");
        }
        if (options.listenReply()) {
            tool.out().print(tool.name() + ": exited normally\n");
        }
    }
}
