import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;

/**
 * What tun-pair.sh carries through a tunnel, with nothing but a JDK: {@code java Carry.java reach
 * HOST}, an echo (as root by ICMP), or a TCP transfer of random bytes and its SHA-256 at both ends:
 * {@code receive ADDRESS PORT} here, {@code send HOST PORT MEGABYTES} there.
 */
public final class Carry {

    private static final int SEED = 20261121;
    private static final int MILLIS = 10_000;
    private static final int MEGABYTE = 1_000_000;

    private Carry() {}

    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "reach" -> reach(words[1]);
            case "receive" -> receive(words[1], Integer.parseInt(words[2]));
            case "send" ->
                    send(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static void reach(String host) throws Exception {
        boolean answered = InetAddress.getByName(host).isReachable(MILLIS);
        System.out.println(host + (answered ? " answers" : " does not answer"));
        System.exit(answered ? 0 : 1);
    }

    private static void receive(String address, int port) throws Exception {
        try (ServerSocket listening = new ServerSocket()) {
            listening.bind(new InetSocketAddress(address, port));
            System.out.println("listening");
            try (Socket socket = listening.accept()) {
                InputStream in = socket.getInputStream();
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                byte[] buffer = new byte[1 << 16];
                for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                    digest.update(buffer, 0, count);
                }
                System.out.println(HexFormat.of().formatHex(digest.digest()));
                socket.getOutputStream().write(1);
            }
        }
    }

    private static void send(String host, int port, int megabytes) throws Exception {
        Random random = new Random(SEED);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] bytes = new byte[MEGABYTE];
        try (Socket socket = new Socket(host, port)) {
            OutputStream out = socket.getOutputStream();
            long begin = System.nanoTime();
            for (int count = 0; count < megabytes; count++) {
                random.nextBytes(bytes);
                digest.update(bytes);
                out.write(bytes);
            }
            socket.shutdownOutput();
            if (socket.getInputStream().read() != 1) {
                throw new IllegalStateException("not all of it arrived");
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.err.printf(
                    "%d MB in %.1f s: %.1f MB/s%n", megabytes, seconds, megabytes / seconds);
        }
        System.out.println(HexFormat.of().formatHex(digest.digest()));
    }
}
