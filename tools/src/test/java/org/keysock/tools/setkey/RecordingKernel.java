package org.keysock.tools.setkey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.MessageWriter;
import org.keysock.tools.cli.FakeKernel;

/**
 * Writes down what a client sends, its pid as 0, and answers as a kernel with few ideas does: a
 * REGISTER with the algorithms that setkey can name, a DUMP with the ADDs of its type, everything
 * else with its base header.
 */
final class RecordingKernel extends FakeKernel {

    private static final int ADD = 3;
    private static final int REGISTER = 7;
    private static final int FLUSH = 9;
    private static final int DUMP = 10;
    private static final int PROMISC = 11;

    private final IntUnaryOperator errnos;
    private final List<String> heard = new ArrayList<>();
    private final List<byte[]> added = new ArrayList<>();

    /**
     * A kernel at that socket.
     *
     * @param errnos what it says to its n-th message
     */
    RecordingKernel(Path socket, IntUnaryOperator errnos) throws IOException {
        super(socket);
        this.errnos = errnos;
        start();
    }

    @Override
    protected void converse(SocketChannel client) throws IOException {
        byte[] message = read(client);
        while (message.length > 0 && answer(client, message)) {
            message = read(client);
        }
    }

    /** Answers a message; whether the client is worth listening to any longer. */
    private boolean answer(SocketChannel client, byte[] message) throws IOException {
        int errno = errnos.applyAsInt(heard.size());
        byte[] anonymous = message.clone();
        ByteBuffer.wrap(anonymous).putInt(12, 0);
        heard.add(HexFormat.of().formatHex(anonymous));
        int type = message[1];
        int saType = message[3];
        if (type == ADD && errno == 0) {
            added.add(message);
        } else if (type == FLUSH) {
            added.removeIf(sa -> saType == 0 || sa[3] == saType);
        } else if (type == REGISTER) {
            write(client, algorithms(pid(message)));
            return true;
        } else if (type == DUMP && errno == 0) {
            dump(client, saType);
            return true;
        }
        byte[] header = Arrays.copyOf(message, BaseHeader.BYTES);
        header[2] = (byte) errno;
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putShort(4, (short) 2);
        write(client, header);
        return type != PROMISC;
    }

    private static int pid(byte[] message) {
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    }

    private void dump(SocketChannel client, int saType) throws IOException {
        List<byte[]> shown = added.stream().filter(sa -> saType == 0 || sa[3] == saType).toList();
        for (int index = 0; index < shown.size(); index++) {
            byte[] entry = shown.get(index).clone();
            entry[1] = DUMP;
            int number = index == shown.size() - 1 ? 0 : index + 1;
            ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).putInt(8, number);
            write(client, entry);
        }
    }

    private static byte[] algorithms(int pid) {
        SadbMessage answer =
                SadbMessage.of(
                        BaseHeader.of(MessageType.REGISTER, SaType.UNSPEC, 0, pid),
                        list(ExtensionType.SUPPORTED_AUTH, Algorithm.Kind.AUTH),
                        list(ExtensionType.SUPPORTED_ENCRYPT, Algorithm.Kind.ENCRYPT));
        byte[] bytes = new MessageWriter(Numbers.LINUX).toBytes(answer);
        if (bytes == null) {
            throw new IllegalStateException("an answer that cannot be written");
        }
        return bytes;
    }

    private static Supported list(ExtensionType type, Algorithm.Kind kind) {
        return new Supported(
                type, Numbers.ALGORITHMS.listed(kind).stream().map(Algorithm::supported).toList());
    }

    /** What was heard, in hexadecimal. To be asked after the client has ended. */
    List<String> heard() throws IOException {
        close();
        return heard;
    }
}
