package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.tools.ipseckey.RecordedCase.Exchange;
import org.keysock.tools.ipseckey.Typist.Printed;

/** What the recorded cases do not show of a run by the service manager: solaris.md 4.16. */
@Timeout(60)
final class ServiceManagerTest {

    private static final String FLUSH = "02090000020000000100000067120000";

    /** EACCES. */
    private static final String REFUSED = "02090d00020000000100000067120000";

    @TempDir private Path home;

    /** SAs from before must not stand beside those of the file, so nothing of it is sent. */
    @Test
    void aRefusedFirstFlushIsTheEnd() throws IOException {
        System.setProperty("pfkey.hosts", "/dev/null");
        System.setProperty("pfkey.ipseckey.patience", "10000");
        List<Exchange> dialogue = List.of(new Exchange(FLUSH, List.of(), List.of(REFUSED)));
        try (ScriptedKernel kernel =
                new ScriptedKernel(home.resolve("solaris.stream"), dialogue, false)) {
            Map<String, String> env = Map.of("SMF_FMRI", "svc:/network/ipsec/manual-key:default");
            Printed seen = new Typist(home, home, env).file("flush ah\n");
            assertEquals(
                    new Printed(
                            "Flushing existing SA's before adding new SA's\n"
                                    + "ipseckey: Bad configuration of service"
                                    + " svc:/network/ipsec/manual-key:default.\n",
                            "ipseckey: return message (in doflush): Permission denied\n",
                            ServiceManager.CONFIGURATION_ERROR),
                    seen);
            assertEquals(List.of(), kernel.surprises());
        }
    }
}
