package org.keysock.kernel.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.keysock.pfkey.socket.EmulatorFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** {@code pfkey serve}: the emulated kernel in the foreground. */
@Command(
        name = "pfkey serve",
        description = "Runs the emulated kernel until SIGINT or SIGTERM.",
        mixinStandardHelpOptions = true,
        versionProvider = Serve.Version.class)
public final class Serve implements Callable<Integer> {

    private static final int FAILED = 1;

    @Mixin private final KernelArguments arguments = new KernelArguments();

    /** Runs the command; the process ends with its status. */
    public static void main(String[] args) {
        System.exit(KernelArguments.commandLine(new Serve()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        arguments.startLog();
        Logger log = LoggerFactory.getLogger(Serve.class);
        Path named = arguments.dir();
        Path folder = named != null ? named : EmulatorFolder.of(System.getenv());
        ServerOptions options = arguments.options(folder);
        if (arguments.seed() != null) {
            log.info("seed {}", arguments.seed());
        }
        PfKeyServer server;
        try {
            server = PfKeyServer.start(options);
        } catch (IllegalArgumentException wrongSwitch) {
            throw arguments.wrong(String.valueOf(wrongSwitch.getMessage()));
        } catch (IOException failed) {
            log.error("cannot serve: {}", failed.getMessage());
            return FAILED;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, log)));
        log.info("serving in {}", server.folder());
        System.out.println("pfkey: ready " + server.folder());
        System.out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    /** A signal has come; having closed in peace is a success. */
    private static void stop(PfKeyServer server, Logger log) {
        int status = 0;
        try {
            server.close();
            log.info("stopped");
        } catch (IOException failed) {
            log.error("did not close in peace: {}", failed.getMessage());
            status = FAILED;
        }
        Runtime.getRuntime().halt(status);
    }

    /** The project's version. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() throws IOException {
            return new String[] {"pfkey " + StatusVerb.version()};
        }
    }
}
